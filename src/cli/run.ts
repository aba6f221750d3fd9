import yargs, { type Argv } from "yargs";
import { Parser } from "yargs/helpers";
import { Mistake } from "../model/index.js";
import { hanging, mistakeLines, paintFor } from "../report/index.js";
import { type Command, operandNames } from "./command.js";
import { EXIT } from "./exit.js";
import { Given } from "./given.js";
import type { Terminal } from "./terminal.js";
import { didYouMean, UsageError, unknown } from "./usage.js";

/** Each command's file is loaded when it is used: starting must take no time. */
const COMMANDS: ReadonlyMap<string, () => Promise<{ readonly default: Command }>> = new Map([
  ["list", () => import("./commands/list.js")],
  ["check", () => import("./commands/check.js")],
  ["concurrency", () => import("./commands/concurrency.js")],
  ["matrix", () => import("./commands/matrix.js")],
  ["merge", () => import("./commands/merge.js")],
  ["replay", () => import("./commands/replay.js")],
  ["report", () => import("./commands/report.js")],
]);

/** Values stay the text that was given: what they mean is for their readers to say. */
const PARSING = {
  "parse-numbers": false,
  "parse-positional-numbers": false,
  "dot-notation": false,
  "camel-case-expansion": false,
  "boolean-negation": false,
} as const;

/** Runs one command line. @returns the exit status; nothing is thrown for what the user can mend. */
export async function run(args: readonly string[], terminal: Terminal): Promise<number> {
  try {
    return await dispatch(args, terminal);
  } catch (error) {
    return complain(error, terminal);
  }
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const { words, asksVersion, asksHelp } = firstLook(args);
  const [name, ...operands] = words;
  if (asksVersion) {
    const { version } = await import("./version.js");
    terminal.out.write(`${await version()}\n`);
    return EXIT.asExpected;
  }
  if (name === undefined) {
    const help = await overview(terminal);
    (asksHelp ? terminal.out : terminal.err).write(help);
    return asksHelp ? EXIT.asExpected : EXIT.usage;
  }
  const load = COMMANDS.get(name);
  if (!load) throw unknown("command", name, [...COMMANDS.keys()]);
  const { default: command } = await load();
  return runCommand(command, name, args, operands, terminal);
}

/** Which words are operands depends on which options take a value; here all but these do. */
function firstLook(args: readonly string[]) {
  const { _: words, ...options } = Parser([...args], {
    boolean: ["help", "version", "check"],
    array: ["property"],
    alias: { help: ["h"], version: ["V"] },
    configuration: PARSING,
  });
  return {
    words: words.map(String),
    asksHelp: options.help === true,
    asksVersion: options.version === true,
  };
}

async function runCommand(
  command: Command,
  name: string,
  args: readonly string[],
  operands: readonly string[],
  terminal: Terminal,
): Promise<number> {
  const options = await command.options(operands);
  const parser = withoutTypes(yargs())
    .scriptName("faultline")
    .locale("en")
    .parserConfiguration(PARSING)
    .usage(`faultline ${command.signature} [options]\n\n${command.summary}.`)
    .options(
      Object.fromEntries(
        Object.entries(options).map(([key, option]) => [
          key,
          option.type === "boolean"
            ? option
            : { type: "string" as const, ...option, requiresArg: true },
        ]),
      ),
    )
    .alias("help", "h")
    .version(false)
    .wrap(Math.min(100, terminal.out.width))
    .epilogue(command.epilogue ?? "")
    .exitProcess(false)
    .fail(false);
  for (const [line, what] of command.examples) parser.example(`faultline ${line}`, what);
  const { help, values, words } = await parsed(parser, args);
  if (help !== "") {
    terminal.out.write(`${help}\n`);
    return EXIT.asExpected;
  }
  const given = words.slice(1).map(String);
  refuseUnknown(Object.keys(values), [...Object.keys(options), "help", "h"], [name, ...given]);
  refuseOperands(given, operandNames(command.signature), name);
  return command.run(new Given(given, values), terminal);
}

/** What yargs makes of the arguments; help, where it was asked for, comes as text. */
async function parsed(parser: Argv, args: readonly string[]) {
  let help = "";
  try {
    const {
      _: words,
      $0: _,
      ...values
    } = await parser.parseAsync(
      [...args],
      {},
      (_error: unknown, _argv: unknown, output: string) => {
        help = output;
      },
    );
    return { help, values, words };
  } catch (error) {
    // What yargs refuses is a value that is missing, and it may throw before it returns a promise.
    const [, option] =
      /^Not enough arguments following: (.+)$/.exec(String((error as Error).message)) ?? [];
    throw option === undefined ? error : new UsageError(`--${option} is given without a value`);
  }
}

function refuseUnknown(
  given: readonly string[],
  known: readonly string[],
  words: readonly string[],
): void {
  const wrong = given.find((name) => !known.includes(name));
  if (wrong === undefined) return;
  const dashed = known.filter((name) => name.length > 1).map((name) => `--${name}`);
  throw new UsageError(`unknown option "--${wrong}"`, [
    didYouMean(`--${wrong}`, dashed),
    `\`faultline ${words.join(" ")} --help\` shows the options`,
  ]);
}

/** An operand that may be given several times: `MODEL...`. */
const REPEATED = /\.{3}$/;

function refuseOperands(
  given: readonly string[],
  expected: readonly string[],
  command: string,
): void {
  const missing = expected.slice(given.length).find((name) => !name.startsWith("["));
  if (missing !== undefined) {
    const name = missing.replace(REPEATED, "");
    throw new UsageError(`${name} is missing`, [
      `usage: faultline ${command} ${expected.join(" ")}`,
      name === "MODEL" ? "`faultline list` shows the models" : null,
    ]);
  }
  const extra = given[expected.length];
  if (extra !== undefined && !REPEATED.test(expected.at(-1) ?? ""))
    throw new UsageError(`"${extra}" is one word too many`, [
      `usage: faultline ${[command, ...expected].join(" ")}`,
    ]);
}

/** Help says in words what an option takes: that it is text is no news. (The types know no such method.) */
function withoutTypes(parser: Argv): Argv {
  const { usageConfiguration } = parser as Argv & {
    usageConfiguration(config: { readonly "hide-types": boolean }): Argv;
  };
  return usageConfiguration.call(parser, { "hide-types": true });
}

async function overview({ out }: Terminal): Promise<string> {
  const parser = withoutTypes(yargs([]))
    .scriptName("faultline")
    .locale("en")
    .usage(
      "faultline COMMAND [options]\n\nAn exhaustive model checker for fault-tolerance protocols.",
    )
    .alias("help", "h")
    .version(false)
    .option("version", { alias: "V", type: "boolean", describe: "Show the version" })
    .wrap(Math.min(100, out.width))
    .epilogue("`faultline COMMAND --help` shows a command's options.");
  for (const load of COMMANDS.values()) {
    const { signature, summary, examples } = (await load()).default;
    parser.command(signature, summary);
    const [first] = examples;
    if (first) parser.example(`faultline ${first[0]}`, first[1]);
  }
  return `${await parser.getHelp()}\n`;
}

function complain(error: unknown, { err }: Terminal): number {
  const paint = paintFor(err);
  if (error instanceof UsageError) {
    const lines = [
      ...hanging(`${paint("bad", "faultline:")} `, error.message, err.width),
      ...error.hints.flatMap((hint) => hanging("  ", hint, err.width)),
    ];
    err.write(`${lines.join("\n")}\n`);
    return EXIT.usage;
  }
  if (error instanceof Mistake) {
    err.write(`${mistakeLines(error, { paint, width: err.width }).join("\n")}\n`);
    return EXIT.usage;
  }
  const detail = error instanceof Error ? (error.stack ?? error.message) : String(error);
  err.write(
    `${paint("bad", "faultline:")} this is a fault of Faultline itself; please report it\n${detail}\n`,
  );
  return EXIT.internal;
}
