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
 * Code that is needed only when somebody asks for it. It is a bundle of its own, loaded then (docs/adr/0015), so its
 * errors are instances of other classes than those of the rest of the extension.
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
