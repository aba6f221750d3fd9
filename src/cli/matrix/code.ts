/**
 * Which code gave a verdict. What was saved of an earlier run is of use only as long as neither the
 * checker nor the model is another: a version does not tell, as models are edited between two runs.
 */
import { createHash } from "node:crypto";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { shippedNames } from "../load.js";

/** A short name for the code of a model and of all that checks it; of a file, with what it imports by path. */
export async function codeOf(word: string): Promise<string> {
  const own = await ownCode();
  if (shippedNames().includes(word)) return own;
  const files = new Map<string, string>();
  await gather(path.resolve(word), files);
  return digestOf([own, ...files.values()]);
}

let known: Promise<string> | null = null;

/** Faultline itself, as it runs: compiled, or from its sources. */
function ownCode(): Promise<string> {
  known ??= (async () => {
    const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../../..");
    const folders = ["src", "models", "properties"].map((name) => path.join(root, name));
    const files = (await Promise.all(folders.map(sourcesIn))).flat();
    return digestOf(await Promise.all(files.map((file) => readFile(file, "utf8"))));
  })();
  return known;
}

async function sourcesIn(folder: string): Promise<string[]> {
  const files = await readdir(folder, { recursive: true });
  return files
    .filter((file) => /\.[jt]s$/.test(file) && !file.endsWith(".d.ts"))
    .sort()
    .map((file) => path.join(folder, file));
}

/** Where a path is written in an import. One in a comment as well: that does no harm. */
const IMPORTED = /(?:from|import|require)\s*\(?\s*["'](\.{1,2}\/[^"']+)["']/g;

async function gather(file: string, files: Map<string, string>): Promise<void> {
  if (files.has(file)) return;
  const contents = await readFile(file, "utf8").catch(() => null);
  if (contents === null) return;
  files.set(file, contents);
  for (const [, target] of contents.matchAll(IMPORTED)) {
    const found = await resolved(path.resolve(path.dirname(file), target!));
    if (found !== null) await gather(found, files);
  }
}

/** As TypeScript finds it: `./x.js` may be `x.ts`, and the ending may be left out. */
async function resolved(target: string): Promise<string | null> {
  const candidates = [
    target,
    target.replace(/\.([cm]?)js$/, ".$1ts"),
    ...[".ts", ".js", "/index.ts", "/index.js"].map((ending) => target + ending),
  ];
  for (const candidate of candidates) {
    const status = await stat(candidate).catch(() => null);
    if (status?.isFile()) return candidate;
  }
  return null;
}

function digestOf(texts: readonly string[]): string {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length} ${text}`);
  return hash.digest("hex").slice(0, 16);
}
