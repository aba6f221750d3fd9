/** What is searched, and how far; everything has a default. */
export interface SearchOptions {
  /** A scenario of the model by name; without it the first that agrees with what else is given. */
  readonly scenario?: string;
  /** Parameters by name, as numbers or as text from a command line. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** What may fail, in the notation of the command line. */
  readonly faults?: string;
  /** Breadth-first (shortest traces, the default) or depth-first. */
  readonly search?: "bfs" | "dfs";
  readonly maxStates?: number;
  readonly timeoutSeconds?: number;
  /** Bytes of process memory after which the search ends undecided; by default most of what is free. */
  readonly maxMemoryBytes?: number;
  /** How many remembered outcomes are compared with a fresh call of the model's functions. */
  readonly audit?: "off" | "sample" | "all";
  /** Ends the search; what was found so far is returned. */
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: Progress) => void;
}

/** How a check is run. */
export interface CheckOptions extends SearchOptions {
  /** Only these properties; all when absent. */
  readonly properties?: readonly string[];
}

/** How far a running search is. */
export interface Progress {
  readonly states: number;
  readonly transitions: number;
  /** The breadth-first level (or the depth-first depth) that is being expanded. */
  readonly depth: number;
  /** States found and not yet expanded. */
  readonly frontier: number;
  readonly elapsedSeconds: number;
  readonly memoryBytes: number;
}
