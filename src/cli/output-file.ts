import { access, constants, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { type Appearance, PLAIN } from "../report/index.js";
import type { Terminal } from "./terminal.js";
import { UsageError } from "./usage.js";

/** @throws UsageError when a file could not be written there, as far as one can know before. */
export async function ensureWritable(file: string): Promise<void> {
  const status = await stat(file).catch(() => null);
  if (status?.isDirectory()) throw new UsageError(`cannot write ${file}: it is a folder`);
  const target = status ? file : path.dirname(file);
  await access(target, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(file, error);
  });
}

/** A report, to standard output or to the file that was asked for. */
export async function writeOutput(
  file: string | undefined,
  { out, err }: Terminal,
  render: (appearance: Appearance) => string,
): Promise<void> {
  if (file === undefined) {
    out.write(render({ color: out.color, width: out.width }));
    return;
  }
  await writeFile(file, render(PLAIN)).catch((error: NodeJS.ErrnoException) => {
    throw cannotWrite(file, error);
  });
  err.write(`written to ${file}\n`);
}

export const cannotWrite = (file: string, error: NodeJS.ErrnoException) =>
  new UsageError(`cannot write ${file}: ${reason(error)}`);

function reason({ code, message }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
      return "there is no such folder";
    case "ENOTDIR":
      return "a part of the path is not a folder";
    case "EACCES":
    case "EPERM":
    case "EROFS":
      return "it is not permitted";
    case "EEXIST":
      return "there is a file of that name";
    case "ENOSPC":
      return "there is no room left";
    default:
      return message;
  }
}
