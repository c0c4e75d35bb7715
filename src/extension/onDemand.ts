/*
 * What is needed only when a person asks for it. It is a bundle of its own, loaded then (docs/adr/0015), so what it
 * throws is not of the classes that the rest of the extension knows.
 */
export { describeDeviceReport } from "../protocol/describeDeviceReport";
export { describeFailure } from "../protocol/describeFailure";
export { askForTitle } from "./chat/askForTitle";
export { crashReportPage } from "./crash/crashReportPage";
export { latestCrashReport } from "./crash/crashReports";
export { keepCrash } from "./crash/keepCrash";
export { installCuda } from "./cuda/installCuda";
export { privateNames } from "./device/privateNames";
export { withoutNames } from "./device/withoutNames";
export { withoutSecrets } from "../protocol/withoutSecrets";
export { exchangeCommands } from "./exchange/exchangeCommands";
export { showHistory } from "./history/showHistory";
export { forgetStates } from "./inference/forgetStates";
export { findLocalModels } from "./localModels/findLocalModels";
export { chooseContextSize } from "./model/chooseContextSize";
export { chooseThinking } from "./model/chooseThinking";
export { whyNoModel } from "../gguf/whyNoModel";
export { selectModel } from "./model/modelSelection";
export { summarizeChat } from "./summarizeChat";
