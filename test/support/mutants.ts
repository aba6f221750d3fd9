/** Sources with one guard weakened. */
import ts from "typescript";
import type { Rule } from "./mutation-rules.js";
import type { SourceText } from "./sources.js";

export interface Mutant extends SourceText {
  readonly line: number;
  /** Where and what, without the line: a name that outlives other changes of the file. */
  readonly name: string;
}

/** How things are told is not part of the state space, so that no count could notice a change there. */
const TELLING = ["tell", "told", "label", "detail"];

/** One mutant for each edit that a rule proposes, in the order of the source. */
export function mutantsOf({ file, text }: SourceText, rules: readonly Rule[]): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const mutants: Mutant[] = [];
  const visit = (node: ts.Node, within: readonly string[]): void => {
    const name = nameOf(node);
    if (name !== null && TELLING.includes(name)) return;
    const here = name === null || name === within.at(-1) ? within : [...within, name];
    for (const edit of rules.flatMap((rule) => rule(node))) {
      const start = edit.node.getStart();
      mutants.push({
        file,
        text: text.slice(0, start) + edit.text + text.slice(edit.node.getEnd()),
        line: source.getLineAndCharacterOfPosition(start).line + 1,
        name: `${here.join(" ")}: ${edit.what}`,
      });
    }
    ts.forEachChild(node, (child) => visit(child, here));
  };
  visit(source, []);
  return mutants;
}

/** What a reader would call the place: a function, a state, an event, a role or an action. */
function nameOf(node: ts.Node): string | null {
  if (ts.isCaseClause(node)) return node.expression.getText();
  if (ts.isCallExpression(node)) {
    const [first] = node.arguments;
    const isNamed = first && ts.isStringLiteral(first) && ts.isIdentifier(node.expression);
    return isNamed ? first.text : null;
  }
  const isNamed =
    ts.isFunctionDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isVariableDeclaration(node) ||
    ts.isClassDeclaration(node);
  return isNamed && node.name ? node.name.getText() : null;
}
