/** A folder of generated files. */
import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";

export interface FolderDifference {
  readonly missing: readonly string[];
  readonly different: readonly string[];
  readonly stray: readonly string[];
}

export async function compareFolder(
  folder: string,
  pages: ReadonlyMap<string, string>,
): Promise<FolderDifference> {
  const present = await filesIn(folder);
  const shared = [...pages.keys()].filter((file) => present.includes(file));
  const same = await Promise.all(
    shared.map(
      async (file) => (await readFile(path.join(folder, file), "utf8")) === pages.get(file),
    ),
  );
  return {
    missing: [...pages.keys()].filter((file) => !present.includes(file)),
    different: shared.filter((_, i) => !same[i]),
    stray: present.filter((file) => !pages.has(file)),
  };
}

/** Makes the folder hold these files and no others. @returns how many were changed. */
export async function writeFolder(
  folder: string,
  pages: ReadonlyMap<string, string>,
): Promise<number> {
  const { missing, different, stray } = await compareFolder(folder, pages);
  await addToFolder(
    folder,
    new Map([...missing, ...different].map((file) => [file, pages.get(file)!])),
  );
  for (const file of stray) await rm(path.join(folder, file));
  return missing.length + different.length + stray.length;
}

/** Writes these files into a folder, and leaves all others in it alone. */
export async function addToFolder(
  folder: string,
  pages: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [file, contents] of pages) {
    const target = path.join(folder, file);
    await mkdir(path.dirname(target), { recursive: true });
    await writeFile(target, contents);
  }
}

async function filesIn(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(
    (error: NodeJS.ErrnoException) => {
      if (error.code === "ENOENT") return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => !entry.isDirectory())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .map((file) => file.split(path.sep).join("/"))
    .sort();
}
