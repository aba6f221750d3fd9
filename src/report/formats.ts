import type { Format } from "./format.js";
import { itf } from "./itf.js";
import { json } from "./json.js";
import { markdown } from "./markdown.js";
import { mermaid } from "./mermaid.js";
import { svg } from "./svg/svg.js";
import { text } from "./text.js";

/** Every format by name, in the order in which help shows them. */
export const FORMATS: ReadonlyMap<string, Format> = new Map(
  [text, json, itf, mermaid, svg, markdown].map((format) => [format.name, format]),
);
