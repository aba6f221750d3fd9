/** Rules about the sources that no compiler checks: who may import whom, and what must not be there. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { describe, expect, it } from "vitest";

const root = path.resolve(import.meta.dirname, "..");

function filesIn(folder: string, suffix = ".ts"): string[] {
  return readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(suffix))
    .map((file) => path.posix.join(folder, file.split(path.sep).join("/")))
    .sort();
}

const read = (file: string) => readFileSync(path.join(root, file), "utf8");

interface Source {
  readonly file: string;
  /** Own files that it imports, types included. */
  readonly imports: readonly string[];
  /** Those of them that are there when the program runs, and at once: not lazily. */
  readonly importsToRun: readonly string[];
  readonly identifiers: ReadonlySet<string>;
  readonly hasAny: boolean;
}

function sourceOf(file: string): Source {
  const parsed = ts.createSourceFile(file, read(file), ts.ScriptTarget.Latest, true);
  const imports: string[] = [];
  const importsToRun: string[] = [];
  const identifiers = new Set<string>();
  let hasAny = false;
  const note = (specifier: ts.Node | undefined, runs: boolean) => {
    if (!specifier || !ts.isStringLiteral(specifier) || !specifier.text.startsWith(".")) return;
    const target = path.posix.join(
      path.posix.dirname(file),
      specifier.text.replace(/\.js$/, ".ts"),
    );
    imports.push(target);
    if (runs) importsToRun.push(target);
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) note(node.moduleSpecifier, runs(node));
    if (ts.isExportDeclaration(node)) note(node.moduleSpecifier, !node.isTypeOnly);
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      note(node.arguments[0], false);
    if (ts.isIdentifier(node)) identifiers.add(node.text);
    if (node.kind === ts.SyntaxKind.AnyKeyword) hasAny = true;
    ts.forEachChild(node, visit);
  };
  visit(parsed);
  return { file, imports, importsToRun, identifiers, hasAny };
}

/** Whether anything of an import is left once the types are gone. */
function runs({ importClause: clause }: ts.ImportDeclaration): boolean {
  if (!clause) return true;
  if (clause.isTypeOnly) return false;
  const named = clause.namedBindings;
  return (
    clause.name !== undefined ||
    !named ||
    ts.isNamespaceImport(named) ||
    named.elements.some(({ isTypeOnly }) => !isTypeOnly)
  );
}

const SHIPPED = ["src", "models", "properties"].flatMap((folder) => filesIn(folder));
const sources = new Map(
  [...SHIPPED, ...filesIn("test"), ...filesIn("bench")].map((file) => [file, sourceOf(file)]),
);
const shipped = SHIPPED.map((file) => sources.get(file)!);

/** The layers of ARCHITECTURE.md: a folder, and the folders below it that it may know. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  "src/cli": ["src/index.ts", "src/report", "src/check", "src/model", "models"],
  "src/report": ["src/check", "src/model"],
  "src/check": ["src/engine", "src/model"],
  "src/engine": ["src/model"],
  "src/model": [],
  "src/protocol": ["src/model"],
  properties: ["src/protocol", "src/model"],
  models: ["properties", "src/protocol", "src/model"],
  "src/index.ts": ["src/report", "src/check", "src/protocol", "src/model"],
};

const layerOf = (file: string) =>
  Object.keys(MAY_IMPORT).find((layer) => file === layer || file.startsWith(`${layer}/`));

describe("the layers", () => {
  it("leave no file out", () => {
    expect(shipped.filter(({ file }) => layerOf(file) === undefined)).toEqual([]);
  });

  it("know only those below them", () => {
    const upwards = shipped.flatMap(({ file, imports }) => {
      const layer = layerOf(file)!;
      return imports
        .filter((target) => {
          const other = layerOf(target);
          return other !== layer && !(other && MAY_IMPORT[layer]!.includes(other));
        })
        .map((target) => `${file} imports ${target}`);
    });
    expect(upwards).toEqual([]);
  });

  it("have no cycle among their files once the types are gone", () => {
    const cycles: string[] = [];
    const done = new Set<string>();
    const visit = (file: string, way: readonly string[]): void => {
      const at = way.indexOf(file);
      if (at >= 0) cycles.push([...way.slice(at), file].join(" → "));
      if (at >= 0 || done.has(file)) return;
      for (const target of sources.get(file)?.importsToRun ?? []) visit(target, [...way, file]);
      done.add(file);
    };
    for (const { file } of shipped) visit(file, []);
    expect(cycles).toEqual([]);
  });
});

describe("every file", () => {
  it("is imported by another, unless it is where something begins", () => {
    const BEGINNINGS = [
      "src/cli/main.ts",
      "src/cli/matrix/worker.ts",
      "src/index.ts",
      "bench/main.ts",
    ];
    const imported = new Set([...sources.values()].flatMap(({ imports }) => imports));
    const lost = [...sources.keys()].filter(
      (file) =>
        !imported.has(file) &&
        !BEGINNINGS.includes(file) &&
        !file.endsWith(".test.ts") &&
        !file.endsWith(".d.ts"),
    );
    expect(lost).toEqual([]);
  });

  it("that it imports is there", () => {
    const missing = [...sources.values()].flatMap(({ file, imports }) =>
      imports.filter((target) => !sources.has(target)).map((target) => `${file}: ${target}`),
    );
    expect(missing).toEqual([]);
  });

  it("does without `any`", () => {
    expect([...sources.values()].filter(({ hasAny }) => hasAny).map(({ file }) => file)).toEqual(
      [],
    );
  });

  it("leaves printing to the command line", () => {
    const PRINTERS = ["console", "stdout", "stderr"];
    const prints = shipped.filter(
      ({ file, identifiers }) =>
        !file.startsWith("src/cli/") && PRINTERS.some((name) => identifiers.has(name)),
    );
    expect(prints.map(({ file }) => file)).toEqual([]);
  });
});

describe("nothing that is committed", () => {
  it("names a host that packages come from", () => {
    const { packages } = JSON.parse(read("package-lock.json")) as {
      packages: Record<string, { resolved?: string; funding?: unknown }>;
    };
    // Whom to fund is the one address that may stand there.
    for (const { funding: _, ...entry } of Object.values(packages)) {
      expect(entry.resolved).toBe(undefined);
      expect(JSON.stringify(entry)).not.toContain("://");
    }
    expect(read(".npmrc")).not.toMatch(/:\/\//);
  });

  it("names a path of the machine that it was written on", () => {
    const texts = [
      ...sources.keys(),
      ...["package.json", ".ci/run"],
      ...filesIn("scripts", ".mjs"),
      ...filesIn("reports", ".md"),
      ...filesIn("reports", ".svg"),
      ...filesIn("docs", ".md"),
      ...readdirSync(root).filter((file) => file.endsWith(".md")),
    ];
    const HOME = new RegExp(["", "(home|root|Users|work|tmp)", "[a-z]"].join("/"));
    expect(texts.filter((file) => HOME.test(read(file)))).toEqual([]);
  });
});

it("every model file is in the list of models, under its own name", async () => {
  const { MODELS } = await import("../models/index.js");
  const names = filesIn("models").map((file) => path.basename(file, ".ts"));
  expect([...MODELS.keys()].sort()).toEqual(names.filter((name) => name !== "index").sort());
  for (const [name, load] of MODELS) expect((await load()).default.name).toBe(name);
});
