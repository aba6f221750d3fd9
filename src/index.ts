/** What `import … from "faultline"` gives: the vocabularies of models and protocols, checking, reports. */
export * from "./check/index.js";
export * from "./model/index.js";
// The model vocabulary has a type of that name as well, which only the command line needs.
export type { Choice } from "./protocol/index.js";
export * from "./protocol/index.js";
export {
  type Appearance,
  asCommands,
  CONCURRENCY_FORMATS,
  FORMATS,
  type Format,
  type MatrixMarkdown,
  matrixJson,
  matrixMarkdown,
  matrixText,
  readMatrix,
  type Showing,
  type TracePages,
  tracePages,
} from "./report/index.js";
