/*
 * What is needed only when a person asks for it. It is a bundle of its own, loaded then (docs/adr/0015), so what it
 * throws is not of the classes that the rest of the extension knows.
 */
export { describeDeviceReport } from "../reports/describeDeviceReport";
export { describeFailure } from "../../wording/describeFailure";
export { askForTitle } from "../prompt/askForTitle";
export { crashReportPage } from "../reports/crashReportPage";
export { latestCrashReport } from "../reports/crashReports";
export { keepCrash } from "../reports/keepCrash";
export { installCuda } from "../cuda/installCuda";
export { privateNames } from "../reports/privateNames";
export { withoutNames } from "../reports/withoutNames";
export { withoutSecrets } from "../../protocol/text/withoutSecrets";
export { exchangeCommands } from "../exchange/exchangeCommands";
export { showHistory } from "../history/showHistory";
export { forgetStates } from "../inference/forgetStates";
export { findLocalModels } from "../localModels/findLocalModels";
export { chooseContextSize } from "../model/chooseContextSize";
export { chooseThinking } from "../model/chooseThinking";
export { whyNoModel } from "../../gguf/whyNoModel";
export { selectModel } from "../modelPicker/modelSelection";
export { summarizeChat } from "../commands/summarizeChat";
