/** The folder of a matrix's counterexamples: for each a page, and a document that `faultline replay` reads. */

import { restored } from "../../check/matrix/restore.js";
import type { Cell, CellProperty, MatrixRun } from "../../check/matrix.js";
import type { Model } from "../../model/index.js";
import { JSON_VERSION } from "../json.js";
import { counterexamplePage } from "../markdown.js";
import { diagramSvg } from "../svg/svg.js";
import { counterexamples } from "../traces.js";

export interface TracePages {
  /** The contents of each file by its path within the folder. */
  readonly files: ReadonlyMap<string, string>;
  /** The page about a property of a cell; null where there is none. */
  pageOf(cell: Cell, property: string): string | null;
}

/** @throws Mistake (trace-not-read) when a model is another than that of the results. */
export function tracePages(
  { plan, results }: MatrixRun,
  modelOf: (name: string) => Model,
): TracePages {
  const folders = foldersOf(plan.cells);
  const files = new Map<string, string>();
  const pages = new Map<string, string>();
  const key = ({ index }: Cell, property: string) => `${index} ${property}`;
  for (const cell of plan.cells) {
    const result = results[cell.index] ?? null;
    if (!result?.properties.some(({ trace }) => trace !== null)) continue;
    const told = restored(modelOf(cell.model), cell, result);
    for (const found of counterexamples(told)) {
      const names = found.properties.map(({ name }) => name);
      const page = `${folders.get(cell)!}/${slug(names[0]!)}`;
      files.set(`${page}.md`, counterexamplePage(told, found, `${slug(names[0]!)}.svg`));
      files.set(`${page}.svg`, diagramSvg(told, found));
      const own = result.properties.filter(({ name }) => names.includes(name));
      files.set(`${page}.json`, traceDocument(cell, own));
      for (const name of names) pages.set(key(cell, name), `${page}.md`);
    }
  }
  return { files, pageOf: (cell, property) => pages.get(key(cell, property)) ?? null };
}

function traceDocument(
  { model, scenario, parameters, faults }: Cell,
  own: readonly CellProperty[],
) {
  const properties = own.map((property) => ({ ...property, witness: null, nearestGood: null }));
  const document = { version: JSON_VERSION, model, scenario, parameters, faults, properties };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** Told by what a cell is and not by its place, so that a plan with more cells leaves them alone. */
function foldersOf(cells: readonly Cell[]): ReadonlyMap<Cell, string> {
  const taken = new Map<string, number>();
  return new Map(
    cells.map((cell) => {
      const parameters = Object.entries(cell.parameters).map(([name, value]) => `${name}-${value}`);
      const parts = [cell.model, parameters.join("-"), cell.faults ?? ""];
      const name = parts.map(slug).filter(Boolean).join("/");
      const before = taken.get(name) ?? 0;
      taken.set(name, before + 1);
      return [cell, before === 0 ? name : `${name}-${before + 1}`];
    }),
  );
}

const LONGEST_NAME = 100;

/** `crash(coordinator)=1, recover=1` as `crash-coordinator-1-recover-1`, which any file system takes. */
function slug(text: string): string {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.join("-").slice(0, LONGEST_NAME);
}
