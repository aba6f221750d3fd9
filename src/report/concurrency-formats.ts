import type { ConcurrencyResult } from "../check/concurrency-result.js";
import { concurrencyJson } from "./concurrency-json.js";
import { concurrencyMarkdown } from "./concurrency-markdown.js";
import { concurrencyText } from "./concurrency-text.js";
import type { Appearance } from "./format.js";

/** The ways to print concurrency sets, by name, in the order in which help shows them. */
export const CONCURRENCY_FORMATS: ReadonlyMap<
  string,
  (result: ConcurrencyResult, appearance?: Appearance) => string
> = new Map([
  ["text", concurrencyText],
  ["json", concurrencyJson],
  ["markdown", concurrencyMarkdown],
]);
