import {
	CodeLens,
	commands,
	env,
	EventEmitter,
	languages,
	ProgressLocation,
	Range,
	Uri,
	window,
	workspace,
	type CodeLensProvider,
	type TextDocumentContentProvider,
} from "vscode";
import type { ReportPart, ReportSurroundings } from "./describeDeviceReport";
import type { DeviceReport } from "../../protocol/inference/deviceReport";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import type { LanguageModel } from "../inference/languageModel";
import { t } from "../../wording/localize";

/** The scheme of the report's address; the manifest names it too. */
const scheme = "local-llm-report";

export interface DeviceReportParts {
	readonly languageModel: Pick<LanguageModel, "reportDevices">;
	readonly surroundings: (part: ReportPart) => ReportSurroundings;
}

/** The device report: a read-only document that opens rendered, and its copy for bug reports. */
export class DeviceReportView implements Disposable {
	readonly #parts: DeviceReportParts;
	readonly #owned = new DisposableStore();
	readonly #changed = this.#owned.own(new EventEmitter<Uri>());
	readonly #uri = Uri.from({ scheme, path: `/${t("Device Report")}.md` });
	#report: DeviceReport | undefined;

	constructor(parts: DeviceReportParts) {
		this.#parts = parts;
		const content: TextDocumentContentProvider = {
			onDidChange: this.#changed.event,
			provideTextDocumentContent: () => this.#describe("whole"),
		};
		this.#owned.own(workspace.registerTextDocumentContentProvider(scheme, content));
		this.#owned.own(languages.registerCodeLensProvider({ scheme }, copyAndRefresh));
	}

	/** Detects the devices, and shows the report. */
	async show(): Promise<void> {
		if (await this.#detect()) {
			this.#changed.fire(this.#uri);
			await commands.executeCommand("markdown.showPreview", this.#uri);
		}
	}

	/** Copies the report without paths and names. Detects the devices first, if that was not done yet. */
	async copy(): Promise<void> {
		if (this.#report || (await this.#detect())) {
			const { onDemand } = await import("../composition/onDemand");
			const text = onDemand.withoutNames(
				await this.#describe("withoutPaths"),
				onDemand.privateNames(),
			);
			await env.clipboard.writeText(text);
			window.setStatusBarMessage(t("Copied the device report without paths and names"), 5000);
		}
	}

	dispose(): void {
		this.#owned.dispose();
	}

	/** Detects the devices. @returns `false` if the user canceled */
	async #detect(): Promise<boolean> {
		const found = await window.withProgress(
			{
				location: ProgressLocation.Notification,
				title: t("Local LLM: Detecting available devices…"),
				cancellable: true,
			},
			(_progress, token) => {
				const stop = new AbortController();
				const subscription = token.onCancellationRequested(() => {
					stop.abort();
				});
				return this.#parts.languageModel.reportDevices(stop.signal).finally(() => {
					subscription.dispose();
				});
			},
		);
		this.#report = found ?? this.#report;
		return found !== undefined;
	}

	async #describe(part: ReportPart): Promise<string> {
		const { onDemand } = await import("../composition/onDemand");
		return this.#report
			? onDemand.withoutSecrets(
					onDemand.describeDeviceReport(this.#report, this.#parts.surroundings(part), part),
				)
			: `${t("Run “Local LLM: Show Device Report” to detect the devices of this machine.")}\n`;
	}
}

const copyAndRefresh: CodeLensProvider = {
	provideCodeLenses: () => {
		const top = new Range(0, 0, 0, 0);
		return [
			new CodeLens(top, {
				title: t("Copy for a bug report, without paths and names"),
				command: "localLlm.copyDeviceReport",
			}),
			new CodeLens(top, { title: t("Update"), command: "localLlm.showDeviceReport" }),
		];
	},
};
