export * from "./action.js";
export * from "./identity.js";
export * from "./mistake.js";
export * from "./model.js";
export * from "./narrative.js";
export * from "./parameters.js";
export * from "./property.js";
export * from "./system.js";
