import { access, stat } from "node:fs/promises";
import path from "node:path";
import { MODELS } from "../../models/index.js";
import { Mistake, type Model, mistake } from "../model/index.js";
import { didYouMean, UsageError } from "./usage.js";

/**
 * The model of that name, or the one in that file.
 * @throws UsageError for an unknown name, Mistake for a file that gives no model.
 */
export async function loadModel(name: string): Promise<Model> {
  const shipped = MODELS.get(name);
  if (shipped) return (await shipped()).default;
  if (looksLikeFile(name)) return loadFile(name);
  const asFile = `./${name}.ts`;
  throw new UsageError(`unknown model "${name}"`, [
    (await exists(asFile)) ? `did you mean the file ${asFile}?` : didYouMean(name, shippedNames()),
    `known: ${shippedNames().join(", ")}; or the path of a .ts or .js file`,
  ]);
}

export const shippedNames = (): readonly string[] => [...MODELS.keys()];

const looksLikeFile = (name: string) => /[\\/]|\.[cm]?[jt]s$/.test(name);

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

async function loadFile(file: string): Promise<Model> {
  const status = await stat(file).catch(() => null);
  if (status === null)
    throw mistake("model-not-loaded", { what: "there is no such file", where: file });
  if (!status.isFile())
    throw mistake("model-not-loaded", { what: "it is not a file", where: file });
  const { importModule } = await import("./import-module.js");
  let exported: Readonly<Record<string, unknown>>;
  try {
    exported = await importModule(path.resolve(file));
  } catch (cause) {
    if (cause instanceof Mistake) throw cause;
    throw mistake("model-not-loaded", { what: messageOf(cause), where: file, cause });
  }
  const wrong = whatIsWrong(exported);
  if (wrong !== null) throw mistake("model-not-found", { what: wrong, where: file });
  return exported.default as Model;
}

/** The first line says what is wrong, and of a syntax error where; the rest is the loader's own. */
function messageOf(cause: unknown): string {
  const [first, second] = String(cause instanceof Error ? cause.message : cause).split("\n");
  const place = /:(\d+):(\d+)$/.exec(second ?? "");
  if (!first?.startsWith("ParseError: ") || !place) return first ?? "it throws";
  return `${first.slice("ParseError: ".length).trim()}, line ${place[1]}, column ${Number(place[2]) + 1}`;
}

/** The parts by which a model is known from anything else that a file may export. */
const PARTS = {
  name: "string",
  title: "string",
  parameters: "object",
  scenarios: "object",
  instantiate: "function",
} as const satisfies { [K in keyof Model]?: string };

/** Why what a file exports is no model; null when it is one. */
function whatIsWrong(exported: Readonly<Record<string, unknown>>): string | null {
  if (!("default" in exported)) {
    const named = Object.keys(exported);
    return `it has no default export${named.length > 0 ? `, only ${named.join(", ")}` : ""}`;
  }
  const value = exported.default;
  if (typeof value !== "object" || value === null || Array.isArray(value))
    return `its default export is ${kindOf(value)}`;
  const missing = Object.entries(PARTS).filter(
    ([part, type]) => typeof (value as Record<string, unknown>)[part] !== type,
  );
  if (missing.length === 0) return null;
  return `its default export has no ${missing.map(([part]) => part).join(", no ")}`;
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return String(value);
  if (Array.isArray(value)) return "an array";
  const type = typeof value;
  return `${type === "object" ? "an" : "a"} ${type}`;
}
