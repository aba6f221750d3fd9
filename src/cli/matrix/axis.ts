import type { Given } from "../given.js";
import { UsageError } from "../usage.js";

/** More values than any parameter is worth varying over: such a range is a slip. */
const LONGEST_RANGE = 1000;

/** The values that `--NAME` asks for: `3`, `2..4`, `2,3`, `none,cooperative`. */
export function axisOf(given: Given, name: string): readonly unknown[] | undefined {
  const text = given.text(name);
  if (text === undefined) return undefined;
  const wrong = (why: string) =>
    new UsageError(`--${name} is "${text}": ${why}`, [
      "write one value, a range as 2..4, or a list as 2,3",
    ]);
  return text.split(",").flatMap((part) => {
    const value = part.trim();
    if (value === "") throw wrong("a value is missing");
    const range = /^(-?\d+)\.\.(-?\d+)$/.exec(value);
    if (range) {
      const [from, to] = [Number(range[1]), Number(range[2])];
      if (from > to) throw wrong("the range is empty");
      if (to - from >= LONGEST_RANGE) throw wrong("the range is too long");
      return Array.from({ length: to - from + 1 }, (_, i) => from + i);
    }
    if (value.includes("..")) throw wrong("a range is of whole numbers");
    return [/^-?\d+$/.test(value) ? Number(value) : value];
  });
}
