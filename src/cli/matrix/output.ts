/** Prints a matrix in the format that was asked for, and writes the pages that it links to. */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import type { Options } from "yargs";
import type { Cell, MatrixRun } from "../../check/index.js";
import type { Model } from "../../model/index.js";
import {
  asCommands,
  matrixJson,
  matrixMarkdown,
  matrixText,
  type Showing,
  type TracePages,
  tracePages,
} from "../../report/index.js";
import { addToFolder } from "../folder.js";
import type { Given } from "../given.js";
import { cannotWrite, ensureWritable, writeOutput } from "../output-file.js";
import type { Terminal } from "../terminal.js";

const FORMAT_NAMES = ["text", "markdown", "json"] as const;

export const OUTPUT_OPTIONS = {
  format: { describe: "text (the default), markdown or json" },
  output: { describe: "Write the table to this file" },
  traces: { describe: "Write a page for each counterexample to this folder, and link to it" },
} as const satisfies Readonly<Record<string, Options>>;

export interface Destination {
  readonly format: (typeof FORMAT_NAMES)[number];
  readonly file: string | undefined;
  readonly folder: string | undefined;
}

/** @throws UsageError when something could not be written there: better before a long search than after. */
export async function destinationOf(given: Given): Promise<Destination> {
  const format = given.word("format", FORMAT_NAMES) ?? "text";
  const [file, folder] = [given.text("output"), given.text("traces")];
  if (folder !== undefined)
    await mkdir(folder, { recursive: true }).catch((error) => {
      throw cannotWrite(folder, error);
    });
  if (file !== undefined) await ensureWritable(file);
  return { format, file, folder };
}

export async function writeMatrix(
  run: MatrixRun,
  { format, file, folder }: Destination,
  modelOf: (name: string) => Model,
  terminal: Terminal,
): Promise<void> {
  const pages = folder === undefined ? null : tracePages(run, modelOf);
  if (folder !== undefined && pages !== null)
    await addToFolder(folder, pages.files).catch((error) => {
      throw cannotWrite(folder, error);
    });
  const base = file === undefined ? "." : path.dirname(file);
  const link = linkFrom(base, folder, pages);
  await writeOutput(file, terminal, (appearance) => {
    if (format === "json") return matrixJson(run, link);
    if (format === "markdown") return matrixMarkdown(run, { link });
    const words = new Map(run.plan.models.map(({ name, word }) => [name, word]));
    const showing = pages ? asPages(link) : asCommands((model) => words.get(model)!);
    return matrixText(run, showing, appearance);
  });
}

type Link = (cell: Cell, property: string) => string | null;

/** A path as Markdown has it, with slashes. */
function linkFrom(base: string, folder: string | undefined, pages: TracePages | null): Link {
  return (cell, property) => {
    const page = pages?.pageOf(cell, property) ?? null;
    if (page === null || folder === undefined) return null;
    return path.relative(base, path.join(folder, page)).split(path.sep).join("/");
  };
}

function asPages(link: Link): Showing {
  return {
    title: "The counterexamples are told in",
    lines: (cell, violated) => {
      const files = violated.flatMap((name) => link(cell, name) ?? []);
      return [...new Set(files)].map((page) => `  ${page}`);
    },
  };
}
