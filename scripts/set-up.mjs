/**
 * Makes a checkout ready to run: installs what package-lock.json names and compiles the sources, each
 * only when that is out of date. Run before `npm start`, `npm test` and `npm run faultline`; a run
 * with nothing to do takes some tens of milliseconds and says nothing. Whatever is said goes to
 * standard error: standard output belongs to the command that follows.
 *
 *   node scripts/set-up.mjs            installs and builds
 *   node scripts/set-up.mjs --build    builds; what `npm ci` itself runs at its end
 */
import { spawnSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const inRoot = (...parts) => path.join(root, ...parts);

const SOURCES = ["src", "models", "properties", "bench"];
const CONFIGURATION = ["package.json", "tsconfig.json", "tsconfig.build.json"];
/** What was compiled last, so that also a file that is gone or became older is noticed. */
const STAMP = inRoot("dist", ".built.json");
const ENTRY = inRoot("dist", "src", "cli", "main.js");

if (!process.argv.includes("--build") && !isInstalled()) install();
if (!isBuilt()) build();

/** Whether node_modules holds the versions of package-lock.json, as npm's own note of it says. */
function isInstalled() {
  const wanted = readJson(inRoot("package-lock.json"));
  const present = readJson(inRoot("node_modules", ".package-lock.json"));
  if (wanted === null) fail("package-lock.json cannot be read: it belongs to the sources.");
  if (present === null) return false;
  return Object.entries(wanted.packages).every(([name, { version, optional }]) => {
    if (name === "") return true;
    const installed = present.packages[name];
    // What is only for other platforms is left out.
    return installed ? installed.version === version : optional === true;
  });
}

function install() {
  say("installing from package-lock.json");
  // Under npm its own program is known; by itself this script takes the one on the path.
  const { npm_execpath: npm } = process.env;
  const [program, before] = npm ? [process.execPath, [npm]] : ["npm", []];
  run(program, [...before, "ci", "--no-audit", "--no-fund"], "`npm ci` failed");
}

function isBuilt() {
  return existsSync(ENTRY) && readText(STAMP) === fingerprint();
}

function build() {
  const compiler = inRoot("node_modules", "typescript", "bin", "tsc");
  if (!existsSync(compiler)) fail("the compiler is not installed: run `npm ci`.");
  say("compiling");
  const before = fingerprint();
  // What a file that is gone was compiled to must go as well.
  if (!existsSync(ENTRY) || filesOf(readText(STAMP)) !== filesOf(before))
    rmSync(inRoot("dist"), { recursive: true, force: true });
  rmSync(STAMP, { force: true });
  run(process.execPath, [compiler, "-p", "tsconfig.build.json"], "the sources do not compile");
  mkdirSync(path.dirname(STAMP), { recursive: true });
  writeFileSync(STAMP, before);
}

/** Each source with its time and size, a line each. */
function fingerprint() {
  const files = [...CONFIGURATION, ...SOURCES.flatMap(sourcesIn)];
  return files
    .map((file) => {
      const { mtimeMs, size } = statSync(inRoot(file));
      return `${file} ${mtimeMs} ${size}`;
    })
    .join("\n");
}

function filesOf(stamp) {
  return stamp?.replaceAll(/ .*$/gm, "");
}

function sourcesIn(folder) {
  if (!existsSync(inRoot(folder))) return [];
  return readdirSync(inRoot(folder), { recursive: true })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => `${folder}/${file}`)
    .sort();
}

function run(program, args, failure) {
  const { status, error } = spawnSync(program, args, { cwd: root, stdio: ["ignore", 2, 2] });
  if (error) fail(`${failure}: ${error.message}`);
  if (status !== 0) fail(`${failure}; what is wrong stands above.`);
}

function readText(file) {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return null;
  }
}

function readJson(file) {
  const text = readText(file);
  try {
    return text === null ? null : JSON.parse(text);
  } catch {
    return null;
  }
}

function say(what) {
  process.stderr.write(`faultline: ${what} …\n`);
}

function fail(why) {
  process.stderr.write(`faultline: ${why}\n`);
  process.exit(1);
}
