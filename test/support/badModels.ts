export * from "./models/badModels";
export * from "./temporaryFolder";
