/** A matrix as one JSON document, and back: parts of a plan are merged from such documents. */

import { withId } from "../../check/matrix/plan.js";
import type { Cell, CellResult, MatrixRun, Plan, ReadRun } from "../../check/matrix.js";
import type { ParameterValues } from "../../model/index.js";
import { documentIn, type Field } from "../field.js";

/** The version of the document; raised when a field changes its meaning or goes. */
export const MATRIX_VERSION = 1;

export function matrixJson(
  { plan, shard, results }: MatrixRun,
  pageOf: (cell: Cell, property: string) => string | null = () => null,
): string {
  const document = {
    version: MATRIX_VERSION,
    matrix: plan.id,
    shard: shard && { part: shard.part, of: shard.of },
    limits: plan.limits,
    models: plan.models,
    cells: plan.cells.map(({ index, ...cell }) => {
      const result = results[index] ?? null;
      const pages = (result?.properties ?? []).flatMap(({ name }) => {
        const page = pageOf(plan.cells[index]!, name);
        return page === null ? [] : [[name, page] as const];
      });
      return { ...cell, result, pages: Object.fromEntries(pages) };
    }),
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** @throws Mistake (matrix-not-read) saying what is wrong with it. */
export function readMatrix(contents: string, file: string): ReadRun {
  const root = documentIn(contents, file, "matrix-not-read");
  if (!root.has("matrix")) throw root.wrong('it has no "matrix"');
  mustBeVersion(root, MATRIX_VERSION);
  const cells = root.at("cells").list();
  const plan = withId({
    limits: { maxStates: limit(root, "maxStates"), timeoutSeconds: limit(root, "timeoutSeconds") },
    models: root
      .at("models")
      .list()
      .map((model) => ({
        name: model.at("name").text(),
        title: model.at("title").text(),
        word: model.at("word").text(),
        code: model.at("code").text(),
      })),
    cells: cells.map(readCell),
  });
  if (plan.id !== root.at("matrix").data) throw root.wrong("its plan was changed by hand");
  const shard = root.at("shard");
  return {
    file,
    run: {
      plan,
      shard:
        shard.data === null ? null : { part: shard.at("part").count(), of: shard.at("of").count() },
      results: cells.map((cell) => {
        const result = cell.at("result");
        return result.data === null ? null : readCellResult(result);
      }),
      interrupted: false,
    },
  };
}

export function mustBeVersion(root: Field, known: number): void {
  const version = root.at("version").data;
  if (version !== known)
    throw root.wrong(`its version is ${JSON.stringify(version)}, where ${known} is read`);
}

function limit(root: Field, name: keyof Plan["limits"]): number | null {
  const { data } = root.at("limits").at(name);
  return typeof data === "number" ? data : null;
}

function readCell(cell: Field, index: number): Cell {
  return {
    index,
    model: cell.at("model").text(),
    parameters: cell.at("parameters").object() as ParameterValues,
    faults: cell.at("faults").textOrNull(),
    scenario: cell.at("scenario").textOrNull(),
    properties: cell
      .at("properties")
      .list()
      .map((name) => name.text()),
    refusal: cell.at("refusal").textOrNull(),
  };
}

/** A result as it was written; what its readers rely on is looked at. */
export function readCellResult(result: Field): CellResult {
  for (const name of ["states", "transitions", "depth"]) result.at(name).count();
  result.at("complete").boolean();
  for (const name of ["stoppedBy", "stopNote"]) result.at(name).textOrNull();
  result.at("warnings").list();
  const mistake = result.at("mistake");
  if (mistake.data !== null) mistake.at("message").text();
  for (const property of result.at("properties").list()) {
    for (const name of ["name", "kind"]) property.at(name).text();
    for (const name of ["claims", "expected"]) property.at(name).textOrNull();
    property.at("verdict").verdict();
    property.at("shortest").boolean();
    for (const line of property.at("explanation").list()) line.text();
    for (const name of ["steps", "caughtIn"])
      if (property.at(name).data !== null) property.at(name).count();
    const trace = property.at("trace");
    if (trace.data === null) continue;
    const steps = trace.list();
    if (steps.length === 0) throw trace.wrong("a trace has no states");
    for (const step of steps) {
      step.at("action").textOrNull();
      step.at("state").object();
    }
  }
  return result.data as CellResult;
}
