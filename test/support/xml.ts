/**
 * Whether a text is well-formed XML, as far as our documents use it: elements, attributes in double quotes,
 * text and numeric character references.
 * @throws Error saying where it is not
 */
export function mustBeWellFormed(document: string): void {
  const open: string[] = [];
  const TOKEN =
    /<(?<end>\/)?(?<name>[A-Za-z]+)(?<attributes>(?: [\w:-]+="[^"<&]*")*)(?<empty>\/)?>|(?<text>[^<]+)/gy;
  let at = 0;
  let roots = 0;
  for (const match of document.matchAll(TOKEN)) {
    const wrong = (what: string) =>
      new Error(`${what} at ${match.index}: ${match[0].slice(0, 80)}`);
    const { end, name, attributes, empty, text } = match.groups!;
    at = match.index + match[0].length;
    if (text !== undefined) {
      if (/&(?!#\d+;)/.test(text)) throw wrong("an ampersand");
      if (/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u.test(text))
        throw wrong("a sign that is none");
      if (open.length === 0 && text.trim() !== "") throw wrong("text outside of everything");
    } else if (end) {
      if (open.pop() !== name) throw wrong("the end of what is not open");
    } else {
      const names = [...attributes!.matchAll(/ ([\w:-]+)=/g)].map(([, name]) => name);
      if (new Set(names).size < names.length) throw wrong("an attribute given twice");
      if (open.length === 0) roots++;
      if (!empty) open.push(name!);
    }
  }
  if (at !== document.length) throw new Error(`no XML: ${document.slice(at, at + 80)}`);
  if (open.length > 0 || roots !== 1) throw new Error(`not closed, or not one: ${open.join(", ")}`);
}
