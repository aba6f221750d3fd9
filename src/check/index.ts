export { setUp } from "./build.js";
export { check } from "./check.js";
export { type ConcurrencyOptions, concurrency } from "./concurrency.js";
export * from "./concurrency-result.js";
export * from "./matrix.js";
export * from "./options.js";
export * from "./outcome.js";
export * from "./replay.js";
export * from "./result.js";
