export * from "./command.js";
export * from "./json.js";
export * from "./markdown.js";
export * from "./pages.js";
export * from "./text.js";
export { labelOf } from "./view.js";
