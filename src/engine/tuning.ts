/** Sizes that change how fast a search is, never what it finds; the tests hold every setting to that. */
export interface Tuning {
  /** Successors that wait to be looked up together, so that their loads from memory overlap. */
  readonly batch: number;
  /** After this many states without news the trees are compiled; each time they go stale, later. */
  readonly calm: number;
  /** More states than this that compiled code handed back: it is compiled again with what is new. */
  readonly handedBack: number;
  /** A store smaller than this is packed from scratch when a domain outgrows its bits; it costs little. */
  readonly denseBelow: number;
  /** A tree with more nodes is walked: a machine's instruction cache is no place for it. */
  readonly compiledNodes: number;
}

export const DEFAULT_TUNING: Tuning = {
  batch: 4096,
  calm: 1500,
  handedBack: 4000,
  denseBelow: 1 << 14,
  compiledNodes: 600,
};
