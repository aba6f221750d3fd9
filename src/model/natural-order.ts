/**
 * Compares two names as a person sorts them: runs of digits by their number, so that p2 comes
 * before p10; the rest by code unit, so that the answer is the same on every machine.
 */
export function compareNaturally(a: string, b: string): number {
  const [as, bs] = [chunks(a), chunks(b)];
  for (let i = 0; i < as.length && i < bs.length; i++) {
    const difference = compareChunks(as[i]!, bs[i]!);
    if (difference !== 0) return difference;
  }
  // "p01" and "p1" are the same to the numbers alone.
  return as.length - bs.length || compareText(a, b);
}

const chunks = (text: string) => text.match(/\d+|\D+/g) ?? [];
const isNumber = (chunk: string) => /^\d/.test(chunk);

function compareChunks(a: string, b: string): number {
  return isNumber(a) && isNumber(b) ? Number(a) - Number(b) : compareText(a, b);
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
