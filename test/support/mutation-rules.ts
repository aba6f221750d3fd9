/**
 * How a guard can be weakened, rule by rule. Each looks at one node of a source file and says what could
 * be written there instead; whether anybody notices is for a test to find out.
 */
import ts from "typescript";

/** One change of the text: `node` gives way to `text`. */
export interface Edit {
  readonly node: ts.Node;
  readonly text: string;
  /** What is no longer so, for whoever has to find the test that is missing. */
  readonly what: string;
}

export type Rule = (node: ts.Node) => readonly Edit[];

const replaced = (node: ts.Node, text: string): Edit => ({
  node,
  text,
  what: `${brief(node)} → ${text}`,
});

const without = (node: ts.Node, text: string, dropped: string): Edit => ({
  node,
  text,
  what: `without ${dropped}`,
});

/** Source text on one line. */
const brief = (node: ts.Node) => node.getText().replace(/\s+/g, " ");

function isLogical(node: ts.Node, operator: ts.SyntaxKind): node is ts.BinaryExpression {
  return ts.isBinaryExpression(node) && node.operatorToken.kind === operator;
}

/** `a && b && c` as its three operands; nothing for what is itself an operand of such a chain. */
function operands(node: ts.Node, operator: ts.SyntaxKind): readonly ts.Expression[] {
  if (!isLogical(node, operator) || isLogical(node.parent, operator)) return [];
  const flat = (e: ts.Expression): readonly ts.Expression[] =>
    isLogical(e, operator) ? [...flat(e.left), ...flat(e.right)] : [e];
  return flat(node);
}

/** Each conjunct is dropped. */
const conjuncts: Rule = (node) =>
  operands(node, ts.SyntaxKind.AmpersandAmpersandToken).map((e) => replaced(e, "true"));

/** Each of several ways to be allowed is closed. */
const disjuncts: Rule = (node) =>
  operands(node, ts.SyntaxKind.BarBarToken).map((e) => replaced(e, "false"));

/** A condition goes one way, whatever is the case; where it guards against misuse, it is left alone. */
const conditions: Rule = (node) => {
  if (ts.isIfStatement(node) && ts.isThrowStatement(node.thenStatement)) return [];
  const condition = ts.isIfStatement(node)
    ? node.expression
    : ts.isConditionalExpression(node)
      ? node.condition
      : null;
  return condition ? [replaced(condition, "true"), replaced(condition, "false")] : [];
};

const GUARDS = ["when", "arises"];

/** A guard of a single condition asks for nothing any more. */
const wholeGuards: Rule = (node) =>
  ts.isPropertyAssignment(node) &&
  GUARDS.includes(node.name.getText()) &&
  ts.isArrowFunction(node.initializer) &&
  !isLogical(node.initializer.body, ts.SyntaxKind.AmpersandAmpersandToken)
    ? [replaced(node.initializer.body, "true")]
    : [];

/** A method call, and what it is called on. */
interface MethodCall {
  readonly of: ts.Expression;
  readonly name: ts.MemberName;
  readonly call: ts.CallExpression;
}

function methodCall(node: ts.Node): MethodCall | null {
  return ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)
    ? { of: node.expression.expression, name: node.expression.name, call: node }
    : null;
}

const dropCall = ({ of, name, call }: MethodCall): Edit =>
  without(
    call,
    of.getText(),
    `.${name.text}(${call.arguments.map((argument) => brief(argument)).join(", ")})`,
  );

/** A filter lets everything through; whoever is looked for is the first that comes along. */
const searches: Rule = (node) => {
  const method = methodCall(node);
  if (method?.name.text === "filter") return [dropCall(method)];
  const [predicate] = method?.call.arguments ?? [];
  return predicate &&
    ts.isArrowFunction(predicate) &&
    ["some", "find"].includes(method!.name.text) &&
    !isLogical(predicate.body, ts.SyntaxKind.AmpersandAmpersandToken)
    ? [replaced(predicate.body, "true")]
    : [];
};

const EFFECTS = [
  ...["become", "write", "vote", "propose", "decide", "send", "broadcast", "repeat", "ignoring"],
  ...["awaiting", "awaitingAll", "awaitingNobody", "heardFrom"],
];

/** Each effect of a handler is left out, the log's among them. */
const effects: Rule = (node) => {
  const method = methodCall(node);
  return method && EFFECTS.includes(method.name.text) ? [dropCall(method)] : [];
};

/** What is logged is entered only; or it is logged, and not entered. */
const logs: Rule = (node) => {
  const method = methodCall(node);
  if (method?.name.text !== "log") return [];
  const [state] = method.call.arguments as unknown as readonly [ts.Expression];
  const of = method.of.getText();
  return [
    without(node, `${of}.become(${state.getText()})`, `logging ${brief(state)}`),
    without(node, `${of}.write({ state: ${state.getText()} })`, `entering ${brief(state)}`),
  ];
};

/** What is sent only where it is not under way is sent anyway. */
const repetitions: Rule = (node) => {
  const method = methodCall(node);
  return method?.name.text === "repeat" ? [replaced(method.name, "broadcast")] : [];
};

/** One of those that are waited for is not waited for. */
const awaitedSets: Rule = (node) => {
  const method = methodCall(node);
  const whom = method?.name.text === "awaitingAll" ? method.call.arguments[0] : undefined;
  return whom ? [replaced(whom, `[...${whom.getText()}].slice(1)`)] : [];
};

/** Each alternative of a choice is left out. */
const alternatives: Rule = (node) =>
  ts.isCallExpression(node) && node.expression.getText() === "oneOf"
    ? node.arguments.map((dropped) => {
        const rest = node.arguments.filter((argument) => argument !== dropped);
        return without(
          node,
          `oneOf(${rest.map((argument) => argument.getText()).join(", ")})`,
          `the alternative ${brief(dropped)}`,
        );
      })
    : [];

const objectOf = (node: ts.Node | undefined): readonly ts.ObjectLiteralElementLike[] =>
  node && ts.isObjectLiteralExpression(node) ? node.properties : [];

/** An event is not handled in a state of the diagram; a role begins without its timers. */
const handlers: Rule = (node) => {
  if (!ts.isPropertyAssignment(node)) return [];
  const entries =
    node.name.getText() === "states"
      ? objectOf(node.initializer).flatMap((state) =>
          ts.isPropertyAssignment(state) ? objectOf(state.initializer) : [],
        )
      : node.name.getText() === "initially"
        ? [node]
        : node.name.getText() === "recover"
          ? objectOf(node.initializer)
          : [];
  return entries.map((entry) => {
    const state = entry === node ? "" : `${entry.parent.parent.getFirstToken()!.getText()}.`;
    const unhandled = `"${entry.name!.getText()}, unhandled": undefined`;
    return without(entry, unhandled, `${state}${entry.name!.getText()}`);
  });
};

/** A process does nothing about what it finds on stable storage. */
const recoveries: Rule = (node) => {
  if (!ts.isMethodDeclaration(node) || node.name.getText() !== "recover") return [];
  const nothing = `return ${node.parameters[0]!.name.getText()};`;
  const returns: ts.ReturnStatement[] = [];
  const visit = (inner: ts.Node): void => {
    if (ts.isReturnStatement(inner)) returns.push(inner);
    else ts.forEachChild(inner, visit);
  };
  visit(node);
  return returns
    .filter((statement) => statement.getText() !== nothing)
    .map((statement) => replaced(statement, nothing));
};

/** What plays the part of a guard in a model's file. */
export const MODEL_RULES: readonly Rule[] = [
  conjuncts,
  disjuncts,
  conditions,
  wholeGuards,
  effects,
  logs,
  repetitions,
  awaitedSets,
  alternatives,
  handlers,
  recoveries,
];

/** What plays it where protocols are lowered. */
export const LOWERING_RULES: readonly Rule[] = [
  conjuncts,
  disjuncts,
  conditions,
  wholeGuards,
  searches,
];
