/** Where a command's output goes, and what can be shown there. */
export interface Terminal {
  readonly out: Output;
  readonly err: Output;
  /** Aborted when the user wants it to end. */
  readonly signal: AbortSignal;
}

export interface Output {
  write(text: string): void;
  readonly isTerminal: boolean;
  readonly color: boolean;
  readonly width: number;
}

type Stream = Pick<NodeJS.WriteStream, "write" | "isTTY" | "columns">;
type Environment = Readonly<Record<string, string | undefined>>;

export function outputTo(stream: Stream, environment: Environment): Output {
  return {
    write: (text) => stream.write(text),
    isTerminal: stream.isTTY === true,
    color: wantsColor(stream, environment),
    get width() {
      return stream.columns || 80;
    },
  };
}

/** As Node itself decides: FORCE_COLOR before NO_COLOR before what the stream is. */
function wantsColor({ isTTY }: Stream, environment: Environment): boolean {
  const { FORCE_COLOR, NO_COLOR, TERM } = environment;
  if (FORCE_COLOR !== undefined) return FORCE_COLOR !== "0" && FORCE_COLOR !== "false";
  if (NO_COLOR) return false;
  return isTTY === true && TERM !== "dumb";
}
