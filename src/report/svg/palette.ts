/**
 * The style sheet of a picture: GitHub's colours, light and dark, as the reader has chosen. What a colour says
 * is said by words or a sign as well.
 */
interface Colors {
  readonly background: string;
  readonly band: string;
  readonly text: string;
  readonly muted: string;
  readonly aside: string;
  readonly line: string;
  /** Ink and tint by what they stand for. */
  readonly blue: readonly [string, string];
  readonly green: readonly [string, string];
  readonly red: readonly [string, string];
  readonly amber: readonly [string, string];
  readonly purple: readonly [string, string];
}

const LIGHT: Colors = {
  background: "#ffffff",
  band: "#f6f8fa",
  text: "#1f2328",
  muted: "#59636e",
  aside: "#818b98",
  line: "#b6bfc8",
  blue: ["#0969da", "#ddf4ff"],
  green: ["#1a7f37", "#dafbe1"],
  red: ["#cf222e", "#ffebe9"],
  amber: ["#855d00", "#fff8c5"],
  purple: ["#8250df", "#fbefff"],
};

const DARK: Colors = {
  background: "#0d1117",
  band: "#151b23",
  text: "#f0f6fc",
  muted: "#9198a1",
  aside: "#6e7681",
  line: "#4a525c",
  blue: ["#58a6ff", "#121d2f"],
  green: ["#3fb950", "#12261e"],
  red: ["#f85149", "#301b1f"],
  amber: ["#d29922", "#272115"],
  purple: ["#ab7df8", "#231c33"],
};

const FONTS = '-apple-system,BlinkMacSystemFont,"Segoe UI","Noto Sans",Helvetica,Arial,sans-serif';

export function styleSheet(): string {
  return [
    `text{font-family:${FONTS}}`,
    ".line{fill:none;stroke-width:1.5}",
    ".icon{fill:none;stroke-width:1.7;stroke-linecap:round;stroke-linejoin:round}",
    ".open,.down{stroke-dasharray:5 4}",
    ...rules(LIGHT),
    `@media (prefers-color-scheme:dark){${rules(DARK).join("")}}`,
  ].join("\n");
}

/** How each look is painted: `look` for chips and lines, `text look` for what is written. */
function rules({ background, band, text, muted, aside, line, ...inks }: Colors): string[] {
  const { blue, green, red, amber, purple } = inks;
  const chip = (look: string, [ink, tint]: readonly [string, string]) => [
    `.chip.${look}{fill:${tint};stroke:${ink}}`,
    `text.${look}{fill:${ink}}`,
    `.icon.${look}{stroke:${ink}}`,
  ];
  const plain = (look: string, ink: string, border: string) => [
    `.chip.${look}{fill:${background};stroke:${border}}`,
    `text.${look}{fill:${ink}}`,
    `.icon.${look}{stroke:${ink}}`,
  ];
  return [
    `.page{fill:${background}}`,
    `.band{fill:${band}}`,
    ...plain("name", text, line),
    ...plain("state", text, muted),
    ...plain("log", text, line),
    ...plain("note", muted, background),
    `.chip.note.banded{fill:${band};stroke:${band}}`,
    `text.title{fill:${text}}`,
    `text.plain{fill:${text}}`,
    `text.number{fill:${muted}}`,
    ...chip("message", blue),
    ...chip("good", green),
    ...chip("bad", red),
    ...chip("wait", amber),
    ...chip("deviant", purple),
    `.split{fill:${amber[1]}}`,
    `.life{stroke:${line}}`,
    `.line.down{stroke:${red[0]}}`,
    `.line.message,.line.open{stroke:${blue[0]}}`,
    `.line.bad{stroke:${red[0]}}`,
    `.line.deviant{stroke:${purple[0]}}`,
    `.line.unread{stroke:${muted}}`,
    `.line.hint{stroke:${amber[0]};stroke-dasharray:2 3}`,
    `.line.split-bar{stroke:${amber[0]};stroke-width:4}`,
    // What did not lead up to the violation; last, so that it prevails.
    `.aside.chip{fill:${background};stroke:${aside}}`,
    `.aside.chip.note{stroke:none}`,
    `.aside.icon,.aside.line{stroke:${aside}}`,
    `text.aside{fill:${aside}}`,
  ];
}
