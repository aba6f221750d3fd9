import { readFile } from "node:fs/promises";
import path from "node:path";
import { packageRoot } from "./package-root.js";

export async function version(): Promise<string> {
  const contents = await readFile(path.join(packageRoot(), "package.json"), "utf8");
  return (JSON.parse(contents) as { version: string }).version;
}
