export * from "./codepoints";
export * from "./document";
export * from "./messages";
export * from "./operation";
export * from "./tree";
export * from "./workspace";
