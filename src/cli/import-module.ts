/**
 * Loads a model's file, in TypeScript or JavaScript. Node 20 cannot load TypeScript by itself.
 *
 * A file may stand anywhere, also where neither Faultline nor Immutable.js is installed; and it must
 * get the very modules that the checker uses, or its identities would be of a foreign kind.
 */
import path from "node:path";
import * as immutable from "immutable";
import { createJiti } from "jiti";
import * as faultline from "../index.js";
import { packageRoot } from "./package-root.js";

/** What the models that come with Faultline import in place of "faultline". */
const OWN_LAYERS = { "../src/model/index.js": faultline, "../src/protocol/index.js": faultline };

export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  const isOwn = !path.relative(packageRoot(), file).startsWith("..");
  const jiti = createJiti(import.meta.url, {
    virtualModules: { faultline, immutable, ...(isOwn ? OWN_LAYERS : {}) },
    interopDefault: false,
    // A cache on the disk would be one more thing to be stale, for some milliseconds.
    fsCache: false,
    moduleCache: false,
  });
  return jiti.import(file);
}
