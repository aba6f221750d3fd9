/** What there is to check: models, their parameters, scenarios and properties. */
import type { Model, ParameterDeclaration, Property } from "../model/index.js";
import { type Appearance, PLAIN } from "./format.js";
import { hanging } from "./layout.js";
import { paintFor } from "./paint.js";

export interface CatalogueEntry {
  readonly model: Model;
  /** Of its first scenario, which has them all. */
  readonly properties: readonly Property[];
}

const LONGEST_BESIDE = 24;

export function catalogueText(
  entries: readonly CatalogueEntry[],
  appearance: Appearance = PLAIN,
): string {
  const blocks = entries.map((entry) => entryLines(entry, appearance).join("\n"));
  return `${blocks.join("\n\n")}\n`;
}

function entryLines({ model, properties }: CatalogueEntry, appearance: Appearance): string[] {
  const paint = paintFor(appearance);
  const { width } = appearance;
  const named = (title: string, rows: readonly (readonly [string, string])[]) => {
    const longest = Math.max(0, ...rows.map(([name]) => name.length));
    // Beside long names there is no room for what is said of them: it goes below.
    const below = longest > LONGEST_BESIDE;
    const lines = rows.flatMap(([name, help]) =>
      below
        ? [`    ${name}`, ...hanging("        ", help, width)]
        : hanging(`    ${name.padEnd(longest)}  `, help, width),
    );
    return lines.length > 0 ? [`  ${paint("faint", title)}`, ...lines] : [];
  };
  return [
    paint("strong", model.name),
    ...hanging("  ", model.title, width),
    ...hanging("  ", model.source, width, (line) => paint("faint", line)),
    ...named(
      "parameters",
      Object.entries(model.parameters).map(([name, declaration]) => [
        `--${name}`,
        parameterText(declaration),
      ]),
    ),
    ...named(
      "scenarios",
      model.scenarios.map(({ name, summary, faults }) => [
        name,
        faults ? `${summary} (faults: ${faults})` : summary,
      ]),
    ),
    ...named(
      "properties",
      properties.map(({ name, claims, kind }) => [name, claims ?? kind]),
    ),
  ];
}

/** `resource managers: 1 to 24, by default 3` */
export function parameterText(declaration: ParameterDeclaration): string {
  return `${declaration.help}: ${allowedText(declaration)}, by default ${declaration.default}`;
}

export function allowedText(declaration: ParameterDeclaration): string {
  switch (declaration.type) {
    case "integer":
      return `${declaration.min} to ${declaration.max}`;
    case "choice":
      return declaration.words.join(" or ");
  }
}

export function catalogueJson(entries: readonly CatalogueEntry[]): string {
  const models = entries.map(({ model, properties }) => ({
    name: model.name,
    title: model.title,
    source: model.source,
    parameters: model.parameters,
    takesFaults: model.takesFaults,
    scenarios: model.scenarios.map(({ name, summary, parameters, sizes, faults, expected }) => ({
      name,
      summary,
      parameters: parameters ?? {},
      sizes: sizes ?? [],
      faults: faults ?? null,
      expected: expected ?? {},
    })),
    properties: properties.map(({ name, kind, claims }) => ({
      name,
      kind,
      claims: claims ?? null,
    })),
  }));
  return `${JSON.stringify({ version: 1, models }, null, 2)}\n`;
}
