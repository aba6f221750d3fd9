/**
 * Loads models from their sources with one file changed, in memory. What lies between a model and
 * `src/model` is loaded anew for each change, so that nothing of a changed file outlives it; `src/model`
 * and Immutable.js are the test's own, so that `check` and the model speak of the same values.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import * as immutable from "immutable";
import ts from "typescript";
import * as model from "../../src/model/index.js";

type Exports = Record<string, unknown>;
type Body = (exports: Exports, require: (specifier: string) => unknown) => void;

/** A source file, by its path from the root of the repository with forward slashes. */
export interface SourceText {
  readonly file: string;
  readonly text: string;
}

const root = path.resolve(import.meta.dirname, "../..");
const OUTSIDE: Readonly<Record<string, unknown>> = { immutable, "src/model/index.ts": model };
const bodies = new Map<string, Body>();

export function readSource(file: string): SourceText {
  return { file, text: readFileSync(path.join(root, file), "utf8") };
}

/** The repository's sources, one of them as given and not as on the disk. */
export class Sources {
  readonly #changed: SourceText | null;
  readonly #loaded = new Map<string, Exports>();

  constructor(changed: SourceText | null = null) {
    this.#changed = changed;
  }

  /** The model that a file exports by default. */
  model(file: string): model.Model {
    return this.#load(file).default as model.Model;
  }

  /** The files that have been needed so far. */
  get files(): ReadonlySet<string> {
    return new Set(this.#loaded.keys());
  }

  #load(file: string): Exports {
    const known = this.#loaded.get(file);
    if (known) return known;
    const exports: Exports = {};
    this.#loaded.set(file, exports);
    this.#body(file)(exports, (specifier) => {
      const target = specifier.startsWith(".")
        ? path.posix.join(path.posix.dirname(file), specifier.replace(/\.js$/, ".ts"))
        : specifier;
      return OUTSIDE[target] ?? this.#load(target);
    });
    return exports;
  }

  #body(file: string): Body {
    if (this.#changed?.file === file) return compiled(this.#changed);
    const body = bodies.get(file) ?? compiled(readSource(file));
    bodies.set(file, body);
    return body;
  }
}

/** @throws when the text is no TypeScript: a change that does not parse would say nothing of the tests */
function compiled({ file, text }: SourceText): Body {
  const { outputText, diagnostics } = ts.transpileModule(text, {
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2023, module: ts.ModuleKind.CommonJS },
  });
  const [wrong] = diagnostics ?? [];
  if (wrong) throw new Error(`${file}: ${ts.flattenDiagnosticMessageText(wrong.messageText, " ")}`);
  return new Function("exports", "require", outputText) as Body;
}
