/**
 * What the documents say is what the program does. `npm run docs` writes the generated parts anew:
 * the transcripts (all but times and memory) and docs/errors.md.
 */
import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { promisify } from "node:util";
import ts from "typescript";
import { afterAll, describe, expect, it } from "vitest";
import twoPhaseCommit from "../models/two-phase-commit.js";
import { check, checkMatrix, concurrency } from "../src/check/index.js";
import { MISTAKES, type Model } from "../src/model/index.js";
import { concurrencyDocument, FORMATS, jsonDocument, matrixJson } from "../src/report/index.js";
import { faultline } from "./support/terminal.js";

const root = path.resolve(import.meta.dirname, "..");
const read = (file: string) => readFileSync(path.join(root, file), "utf8");

const markdownIn = (folder: string) =>
  readdirSync(path.join(root, folder))
    .filter((file) => file.endsWith(".md"))
    .map((file) => path.posix.join(folder, file));
const DOCUMENTS = [...markdownIn("."), ...markdownIn("docs")];

const scratch = mkdtempSync(path.join(tmpdir(), "faultline-docs-"));
afterAll(() => rmSync(scratch, { recursive: true }));

function place(file: string, text: string): string {
  const target = path.join(scratch, file);
  mkdirSync(path.dirname(target), { recursive: true });
  writeFileSync(target, text);
  return target;
}

interface Block {
  readonly language: string;
  readonly text: string;
  /** The last file that was named before it. */
  readonly about: string;
}

function blocksOf(markdown: string): Block[] {
  return [...markdown.matchAll(/^```(\w+)\n(.*?)^```$/gms)].map(
    ({ 1: language, 2: text, index }) => ({
      language: language!,
      text: text!,
      about: [...markdown.slice(0, index).matchAll(/`([\w/.-]+\.ts)`/g)].at(-1)?.[1] ?? "",
    }),
  );
}

/** The document with each transcript as the command prints it now; only figures of the run are kept. */
async function withTranscripts(
  markdown: string,
  outputOf: (command: string) => Promise<string>,
): Promise<string> {
  let result = markdown;
  for (const { language, text } of blocksOf(markdown)) {
    if (language !== "console") continue;
    const command = text.slice(2, text.indexOf("\n"));
    const before = text.match(FIGURES)?.[0];
    const printed = (await outputOf(command)).trimEnd();
    const now = before === undefined ? printed : printed.replace(FIGURES, before);
    result = result.replace(text, () => `$ ${command}\n\n${now}\n`);
  }
  return result;
}

const FIGURES = /\d+\.\d+ s · \d+ MB/;

/** What TypeScript has to say of a file that stands beside nothing. */
function complaintsOf(...files: string[]): string[] {
  const config = ts.readConfigFile(path.join(root, "tsconfig.json"), ts.sys.readFile).config;
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, root);
  const program = ts.createProgram(files, {
    ...options,
    paths: {
      faultline: [path.join(root, "src/index.ts")],
      immutable: [path.join(root, "node_modules/immutable")],
    },
    typeRoots: [path.join(root, "node_modules/@types")],
  });
  return files
    .flatMap((file) => ts.getPreEmitDiagnostics(program, program.getSourceFile(file)))
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

/** The worked example among links to the sources that it imports. */
function placeExample(): ReadonlyMap<string, string> {
  for (const name of ["src", "node_modules"])
    symlinkSync(path.join(root, name), path.join(scratch, name));
  for (const folder of ["models", "properties"]) {
    mkdirSync(path.join(scratch, folder), { recursive: true });
    for (const file of readdirSync(path.join(root, folder)))
      symlinkSync(path.join(root, folder, file), path.join(scratch, folder, file));
  }
  const files = blocksOf(read("CONTRIBUTING.md")).filter(
    ({ language, about }) => language === "ts" && about !== "models/index.ts",
  );
  place("package.json", '{ "type": "module" }');
  return new Map(files.map(({ about, text }) => [about, place(about, text)]));
}

describe("README.md", () => {
  const markdown = read("README.md");
  const [sample] = blocksOf(markdown).filter(({ language }) => language === "ts");
  const file = place(sample!.about, sample!.text);

  it("shows what its commands print", async () => {
    const { version, scripts } = JSON.parse(read("package.json")) as {
      version: string;
      scripts: Readonly<Record<string, string>>;
    };
    const scriptLines = (name: string) => `> faultline@${version} ${name}\n> ${scripts[name]}\n\n`;
    const outputOf = async (command: string) => {
      if (command === "npm start") {
        const { out } = await faultline(scripts.start!.replace("node dist/src/cli/main.js ", ""));
        return `${scriptLines("prestart")}\n${scriptLines("start")}${out}`;
      }
      const args = command.replace("npm run -s faultline -- ", "");
      return (await faultline(args.replace("./two-leaders.ts", file))).out;
    };
    await expect(await withTranscripts(markdown, outputOf)).toMatchFileSnapshot("../README.md");
  });

  it("has a sample that compiles, and exits as it says", async () => {
    expect(complaintsOf(file)).toEqual([]);
    const [, status] = /Its exit status is (\d)/.exec(markdown)!;
    expect((await faultline(["check", file])).status).toBe(Number(status));
  }, 120_000);
});

describe("CONTRIBUTING.md", () => {
  const files = placeExample();

  it("has an example whose every file compiles", () => {
    expect([...files.keys()]).toEqual([
      "properties/veto.ts",
      "models/one-phase-commit.ts",
      "test/models/one-phase-commit.test.ts",
    ]);
    expect(complaintsOf(...files.values())).toEqual([]);
  }, 120_000);

  it("shows what the example's model gives", async () => {
    const { default: model } = (await import(files.get("models/one-phase-commit.ts")!)) as {
      default: Model;
    };
    const outputOf = async (command: string) => {
      const scenario = command.replace(
        "npm run -s faultline -- check one-phase-commit --scenario ",
        "",
      );
      const result = await check(model, { scenario });
      return FORMATS.get("text")!.render(result);
    };
    const now = await withTranscripts(read("CONTRIBUTING.md"), outputOf);
    await expect(now).toMatchFileSnapshot("../CONTRIBUTING.md");
  });

  it("has tests for the example that pass", async () => {
    const vitest = path.join(root, "node_modules/vitest/vitest.mjs");
    const args = [vitest, "run", "--root", scratch, "test/models/one-phase-commit.test.ts"];
    const { stdout } = await promisify(execFile)(process.execPath, args, {
      env: { PATH: process.env.PATH, NO_COLOR: "1" },
    });
    expect(stdout).toMatch(/Tests +8 passed/);
  }, 120_000);

  it("adds the example to the list of models as the others are", () => {
    const [line] = blocksOf(read("CONTRIBUTING.md")).filter(
      ({ about }) => about === "models/index.ts",
    );
    const own = line!.text.trim().replaceAll("one-phase-commit", "two-phase-commit");
    expect(read("models/index.ts")).toContain(own);
  });
});

describe("docs/", () => {
  it("errors.md has every mistake that there is", async () => {
    await expect(errorsPage()).toMatchFileSnapshot("../docs/errors.md");
  });

  it("formats.md names every format and every field of the JSON document", async () => {
    const page = read("docs/formats.md");
    const document = jsonDocument(await check(twoPhaseCommit));
    const fields = [
      ...Object.keys(document),
      ...Object.keys(document.properties[0]!),
      ...Object.keys(document.properties.find(({ trace }) => trace)!.trace![0]!),
    ];
    const missing = [...fields, ...FORMATS.keys()].filter((name) => !page.includes(`\`${name}\``));
    expect(missing).toEqual([]);
  });

  it("formats.md names every field of a matrix", async () => {
    const page = read("docs/formats.md");
    const run = await checkMatrix({ models: [twoPhaseCommit], faults: ["crash(coordinator)=1"] });
    const document = JSON.parse(matrixJson({ ...run, shard: { part: 1, of: 1 } }));
    const [cell] = document.cells;
    const parts = [
      document,
      document.shard,
      document.limits,
      document.models[0],
      cell,
      cell.result,
    ];
    const fields = [...parts, ...cell.result.properties].flatMap((part) => Object.keys(part));
    expect(fields.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("formats.md names every field of concurrency sets", async () => {
    const page = read("docs/formats.md");
    const document = concurrencyDocument(await concurrency(twoPhaseCommit));
    const [violation] = document.conditions[0]!.violations;
    const fields = [
      document,
      document.tables[0]!,
      document.tables[0]!.states[0]!,
      document.conditions[0]!,
      violation!,
      violation!.sightings[0]!,
    ].flatMap((part) => Object.keys(part));
    expect(fields.filter((name) => !page.includes(`\`${name}\``))).toEqual([]);
  });

  it("limits.md names tests that there are", () => {
    const named = [
      ...read("docs/limits.md").matchAll(/`(test\/[\w/.-]+)`: ((?:"[^"]+"(?:,\s)?)+)/g),
    ];
    const tests = named.flatMap(({ 1: file, 2: names }) =>
      [...names!.matchAll(/"([^"]+)"/g)].map(
        ([, name]) => [file!, name!.replace(/\s+/g, " ")] as const,
      ),
    );
    expect(tests.length).toBeGreaterThan(15);
    expect(tests.filter(([file, name]) => !read(file).includes(`"${name}"`))).toEqual([]);
  });
});

function errorsPage(): string {
  const entries = Object.entries(MISTAKES).map(([code, { title, cause, remedy }]) =>
    [`## ${code}`, `${sentence(title)}`, `Usually: ${cause}.`, `What to do: ${remedy}.`].join(
      "\n\n",
    ),
  );
  return [
    "# Mistakes",
    "What Faultline refuses, by the code that stands with the message. Where a mistake was made in the middle of a search, the report shows the trace to it; the exit status is 2. (Generated by `npm run docs` from `src/model/mistake.ts`.)",
    ...entries,
    "",
  ]
    .join("\n\n")
    .trimEnd()
    .concat("\n");
}

const sentence = (text: string) => `${text[0]!.toUpperCase()}${text.slice(1)}.`;

it.each(DOCUMENTS)("every link of %s leads somewhere", (document) => {
  const links = [...read(document).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  const broken = links
    .filter((target) => !/^[a-z]+:/.test(target))
    .map((target) => target.split("#")[0]!)
    .filter((target) => !existsSync(path.join(root, path.dirname(document), target)));
  expect(broken).toEqual([]);
});

it("every document is reached from README.md", () => {
  const readme = read("README.md");
  const lost = DOCUMENTS.filter((file) => file !== "README.md" && !readme.includes(`(${file})`));
  expect(lost).toEqual([]);
});
