import {
	CodeLens,
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

/** Of the report's address; the manifest names it too. */
const scheme = "local-llm-report";

export interface DeviceReportParts {
	readonly languageModel: Pick<LanguageModel, "reportDevices">;
	readonly surroundings: (part: ReportPart) => ReportSurroundings;
}

/** The device report: a read-only document, and its copy for bug reports. */
export class DeviceReportView implements Disposable {
	readonly #parts: DeviceReportParts;
	readonly #owned = new DisposableStore();
	readonly #changed = this.#owned.own(new EventEmitter<Uri>());
	readonly #uri = Uri.from({ scheme, path: "/Device Report.md" });
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

	/** Looks at the machine and shows what was found. */
	async show(): Promise<void> {
		if (await this.#look()) {
			this.#changed.fire(this.#uri);
			const document = await workspace.openTextDocument(this.#uri);
			await window.showTextDocument(document, { preview: true });
		}
	}

	/** Copies the report without paths and names; looks at the machine first if that was not done yet. */
	async copy(): Promise<void> {
		if (this.#report || (await this.#look())) {
			const { onDemand } = await import("../composition/onDemand");
			const text = onDemand.withoutNames(
				await this.#describe("withoutPaths"),
				onDemand.privateNames(),
			);
			await env.clipboard.writeText(text);
			window.setStatusBarMessage("Copied the device report, without paths and names", 5000);
		}
	}

	dispose(): void {
		this.#owned.dispose();
	}

	/** @returns whether there is a report now; not if the person cancelled. */
	async #look(): Promise<boolean> {
		const found = await window.withProgress(
			{
				location: ProgressLocation.Notification,
				title: "Local LLM: looking at what there is to run a model on…",
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
			: "Run “Local LLM: Show Device Report” to look at this machine.\n";
	}
}

const copyAndRefresh: CodeLensProvider = {
	provideCodeLenses: () => {
		const top = new Range(0, 0, 0, 0);
		return [
			new CodeLens(top, {
				title: "Copy for a bug report, without paths and names",
				command: "localLlm.copyDeviceReport",
			}),
			new CodeLens(top, { title: "Look again", command: "localLlm.showDeviceReport" }),
		];
	},
};
