import { describeDeviceReport } from "../reports/describeDeviceReport";
import { describeFailure } from "../../wording/describeFailure";
import { askForTitle } from "../prompt/askForTitle";
import { crashReportPage } from "../reports/crashReportPage";
import { latestCrashReport } from "../reports/crashReports";
import { keepCrash } from "../reports/keepCrash";
import { installCuda } from "../cuda/installCuda";
import { privateNames } from "../reports/privateNames";
import { withoutNames } from "../reports/withoutNames";
import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { exchangeCommands } from "../exchange/exchangeCommands";
import { showHistory } from "../history/showHistory";
import { clearPromptCache } from "../inference/clearPromptCache";
import { findLocalModels } from "../localModels/findLocalModels";
import { chooseContextSize } from "../model/chooseContextSize";
import { chooseThinking } from "../model/chooseThinking";
import { whyNoModel } from "../../gguf/whyNoModel";
import { selectModel } from "../modelPicker/modelSelection";
import { summarizeChat } from "../commands/summarizeChat";

/*
 * Code that is needed only on request. It is in its own bundle, loaded then (docs/adr/0015), so its errors are not
 * instances of the classes that the rest of the extension uses.
 */
export const onDemand = {
	describeDeviceReport,
	describeFailure,
	askForTitle,
	crashReportPage,
	latestCrashReport,
	keepCrash,
	installCuda,
	privateNames,
	withoutNames,
	withoutSecrets,
	exchangeCommands,
	showHistory,
	clearPromptCache,
	findLocalModels,
	chooseContextSize,
	chooseThinking,
	whyNoModel,
	selectModel,
	summarizeChat,
};
