/** A matrix as Markdown. Nothing in it depends on the time or the machine. */

import { isSurprise } from "../../check/matrix/outcome.js";
import type { Cell, MatrixRun } from "../../check/matrix.js";
import { escapeMarkdown, sections, table } from "../markdown.js";
import { conclusionOf, notesOf } from "./notes.js";
import { type Group, mark, type Row, type View, viewOf } from "./view.js";

export interface MatrixMarkdown {
  /** The heading; none when empty. */
  readonly title?: string;
  /** What a verdict links to, relative to where this is written; null for no link. */
  readonly link?: (cell: Cell, property: string) => string | null;
}

export function matrixMarkdown(
  run: MatrixRun,
  { title = "Matrix", link = () => null }: MatrixMarkdown = {},
): string {
  const view = viewOf(run);
  return sections([
    title === "" ? "" : `# ${escapeMarkdown(title)}`,
    LEGEND,
    matrixTable(view, link),
    list(
      "Models",
      view.groups.map(({ model, title, fixed }) => [model, [title, ...fixed].join(", ")]),
    ),
    list("Properties", claimsIn(view)),
    ...notesOf(view).map((note) =>
      [`${note.title}:`, "", ...note.items.map((item) => `- ${escapeMarkdown(item)}`)].join("\n"),
    ),
    `**${escapeMarkdown(conclusionOf(run).text)}**`,
  ]);
}

const LEGEND =
  "✓ holds; ✗ 4 is violated, by a trace of 4 steps; ? is undecided; – does not apply. In bold, with an exclamation mark: not what the model's scenario leads one to expect. ≥: not the whole state space was searched, because a limit came first or every property was decided before.";

function matrixTable(view: View, link: NonNullable<MatrixMarkdown["link"]>): string {
  const { parameters, hasFaults, properties, groups } = view;
  const isOne = groups.length === 1;
  const head = [
    ...(isOne ? [] : ["model"]),
    ...parameters,
    ...(hasFaults ? ["faults"] : []),
    "states",
    ...properties,
  ];
  const cells = ({ model }: Group, row: Row) => [
    ...(isOne ? [] : [escapeMarkdown(model)]),
    ...row.parameters.map(escapeMarkdown),
    ...(hasFaults ? [escapeMarkdown(row.faults)] : []),
    row.states,
    ...properties.map((name, i) => verdict(row, i, link(row.cell, name))),
  ];
  return table(
    head.map(escapeMarkdown),
    groups.flatMap((group) => group.rows.map((row) => cells(group, row))),
  );
}

function verdict(row: Row, index: number, target: string | null): string {
  const property = row.verdicts[index]!;
  const text = mark(row, property);
  const linked = target === null ? text : `[${text}](${encodeURI(target)})`;
  return property !== null && isSurprise(property) ? `**${linked}**` : linked;
}

function claimsIn({ groups, properties }: View): [string, string][] {
  const claims = new Map(
    groups.flatMap(({ rows }) =>
      rows.flatMap(({ result }) =>
        (result?.properties ?? []).map(({ name, claims }) => [name, claims] as const),
      ),
    ),
  );
  return properties.flatMap((name) => {
    const claim = claims.get(name) ?? null;
    return claim === null ? [] : [[name, claim]];
  });
}

function list(title: string, items: readonly (readonly [name: string, text: string])[]): string {
  if (items.length === 0) return "";
  const lines = items.map(
    ([name, text]) => `- **${escapeMarkdown(name)}**: ${escapeMarkdown(text)}`,
  );
  return [`${title}:`, "", ...lines].join("\n");
}
