import { type CatalogueEntry, catalogueJson, catalogueText } from "../../report/index.js";
import type { Command } from "../command.js";
import { loadModel, shippedNames } from "../load.js";
import { propertiesOf } from "../properties.js";

const FORMAT_NAMES = ["text", "json"] as const;

const command: Command = {
  signature: "list [MODEL]",
  summary: "Show the models with their parameters, scenarios and properties",
  examples: [
    ["list", "everything that comes with Faultline"],
    ["list two-phase-commit --format json", "one model, for a program"],
  ],

  async options() {
    return { format: { describe: "text (the default) or json" } };
  },

  async run(given, { out }) {
    const format = given.word("format", FORMAT_NAMES) ?? "text";
    const names = given.operands.length > 0 ? given.operands : shippedNames();
    const entries = await Promise.all(names.map(entryOf));
    const { color, width } = out;
    out.write(
      format === "json" ? catalogueJson(entries) : catalogueText(entries, { color, width }),
    );
    return 0;
  },
};

export default command;

async function entryOf(name: string): Promise<CatalogueEntry> {
  const model = await loadModel(name);
  return { model, properties: propertiesOf(model) };
}
