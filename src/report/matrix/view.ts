/** A matrix as a table before it is known how it will be set: which columns, which rows, what is noted. */

import { isSurprise } from "../../check/matrix/outcome.js";
import {
  type Cell,
  type CellProperty,
  type CellResult,
  cellsToRun,
  type Fate,
  fateOf,
  type MatrixRun,
} from "../../check/matrix.js";
import type { ParameterValue } from "../../model/index.js";
import { SYMBOLS } from "../verdict.js";
import { count } from "../words.js";

export interface Row {
  readonly cell: Cell;
  readonly result: CellResult | null;
  readonly fate: Fate;
  /** The values of the parameters that vary; `–` where the model has not that parameter. */
  readonly parameters: readonly string[];
  readonly faults: string;
  readonly states: string;
  /** By column; null where there is no verdict. */
  readonly verdicts: readonly (CellProperty | null)[];
}

/** The rows of one model, and what all of them share. */
export interface Group {
  readonly model: string;
  readonly title: string;
  readonly fixed: readonly string[];
  readonly rows: readonly Row[];
}

export interface View {
  /** The names of the parameters that vary. */
  readonly parameters: readonly string[];
  /** Whether any model takes failures. */
  readonly hasFaults: boolean;
  readonly properties: readonly string[];
  readonly groups: readonly Group[];
}

export const NOTHING = "–";

export function viewOf({ plan, shard, results }: MatrixRun): View {
  const own = new Set(cellsToRun(plan, shard));
  const cells = plan.cells.filter((cell) => own.has(cell) || cell.refusal !== null);
  const parameters = varying(cells);
  const properties = [...new Set(cells.flatMap((cell) => cell.properties))];
  const row = (cell: Cell): Row => {
    const result = results[cell.index] ?? null;
    const named = (name: string) => result?.properties.find((property) => property.name === name);
    return {
      cell,
      result,
      fate: fateOf(cell, result),
      parameters: parameters.map((name) => String(cell.parameters[name] ?? NOTHING)),
      faults: cell.faults ?? NOTHING,
      states: statesIn(result),
      verdicts: properties.map((name) => named(name) ?? null),
    };
  };
  return {
    parameters,
    hasFaults: cells.some(({ faults }) => faults !== null),
    properties,
    groups: plan.models.map(({ name, title }) => {
      const rows = cells.filter(({ model }) => model === name).map(row);
      return { model: name, title, fixed: fixedIn(rows, parameters), rows };
    }),
  };
}

/** The same rows with the parameters in the headings, where columns of them would be too wide. */
export function withoutParameters(view: View): View {
  const split = (group: Group): Group[] => {
    const settings = new Map<string, Row[]>();
    for (const row of group.rows) {
      const setting = JSON.stringify(row.cell.parameters);
      settings.set(setting, [...(settings.get(setting) ?? []), row]);
    }
    return [...settings.values()].map((rows) => ({
      ...group,
      fixed: fixedIn(rows, []),
      rows: rows.map((row) => ({ ...row, parameters: [] })),
    }));
  };
  return { ...view, parameters: [], groups: view.groups.flatMap(split) };
}

/** `✗ 4`: violated, by a trace of four steps; `!`: that was not expected. */
export function mark(row: Row, property: CellProperty | null): string {
  if (property === null) return row.fate === "refused" || row.fate === "decided" ? NOTHING : "?";
  const steps = property.steps === null ? "" : ` ${count(property.steps)}`;
  return `${SYMBOLS[property.verdict]}${steps}${isSurprise(property) ? "!" : ""}`;
}

export function settingOf({ parameters, faults }: Cell): string[] {
  const values = Object.entries(parameters).map(([name, value]) => named(name, value));
  return faults === null ? values : [...values, named("faults", faults)];
}

export const labelOf = (cell: Cell) => [cell.model, ...settingOf(cell)].join(", ");

const named = (name: string, value: ParameterValue) => `${name} ${value === "" ? "none" : value}`;

function statesIn(result: CellResult | null): string {
  if (!result?.states) return NOTHING;
  return `${result.complete ? "" : "≥ "}${count(result.states)}`;
}

function varying(cells: readonly Cell[]): string[] {
  const seen = new Map<string, Map<string, ParameterValue>>();
  const varied = new Set<string>();
  for (const { model, parameters } of cells)
    for (const [name, value] of Object.entries(parameters)) {
      const values = seen.get(name) ?? new Map<string, ParameterValue>();
      seen.set(name, values);
      if (values.has(model) && values.get(model) !== value) varied.add(name);
      values.set(model, value);
    }
  return [...seen.keys()].filter((name) => varied.has(name));
}

function fixedIn(rows: readonly Row[], varied: readonly string[]): string[] {
  const [first] = rows;
  return Object.entries(first?.cell.parameters ?? {})
    .filter(([name]) => !varied.includes(name))
    .map(([name, value]) => named(name, value));
}
