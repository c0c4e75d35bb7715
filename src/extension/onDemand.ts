/*
 * What is needed only when a person asks for it. It is a bundle of its own, loaded then (docs/adr/0015), so what it
 * throws is not of the classes that the rest of the extension knows.
 */
export { askForTitle } from "./chat/askForTitle";
export { installCuda } from "./cuda/installCuda";
export { exchangeCommands } from "./exchange/exchangeCommands";
export { showHistory } from "./history/showHistory";
export { findLocalModels } from "./localModels/findLocalModels";
export { selectModel } from "./model/modelSelection";
