import { Uri, window, workspace } from "vscode";
import type { Disposable } from "../base/disposableStore";
import type { OnCrash } from "../inference/restart/crashRecorder";
import { describeError, type Log } from "../base/log";
import { UserError } from "../base/userError";
import type { CrashSurroundings } from "./keepCrash";

const scheme = "local-llm-crash";

export interface CrashReportParts {
	/** Where reports are kept; made with the first. */
	readonly folder: string;
	readonly surroundings: CrashSurroundings;
	readonly log: Log;
}

/** Crash reports, each a read-only document that its address names. */
export class CrashReportView implements Disposable {
	readonly #parts: CrashReportParts;
	readonly #registration: Disposable;
	/** The report that is being written. */
	#kept: Promise<void> = Promise.resolve();

	constructor(parts: CrashReportParts) {
		this.#parts = parts;
		this.#registration = workspace.registerTextDocumentContentProvider(scheme, {
			provideTextDocumentContent: async ({ query }) => {
				const { onDemand } = await import("../composition/onDemand");
				return onDemand.crashReportPage(parts.folder, query);
			},
		});
	}

	/** Keeps what is known of a crash. */
	readonly keep: OnCrash = (crash, texts) => {
		this.#kept = this.#kept.then(() => this.#write(crash, texts));
	};

	/** Opens a report, the newest one unless `reportId` is given. @throws {UserError} if there is none. */
	async show(reportId?: string): Promise<void> {
		await this.#kept;
		const { onDemand } = await import("../composition/onDemand");
		const id = reportId ?? (await onDemand.latestCrashReport(this.#parts.folder));
		if (id === undefined) {
			throw new UserError("There is no crash report: the model's process has not crashed so far.");
		}
		const document = await workspace.openTextDocument(
			Uri.from({ scheme, path: "/Crash Report.md", query: id }),
		);
		await window.showTextDocument(document, { preview: true });
	}

	dispose(): void {
		this.#registration.dispose();
	}

	async #write(...[crash, texts]: Parameters<OnCrash>): Promise<void> {
		const { folder, surroundings, log } = this.#parts;
		try {
			const { onDemand } = await import("../composition/onDemand");
			await onDemand.keepCrash(folder, crash, texts, surroundings);
		} catch (error) {
			log.warn(`the crash report could not be written: ${describeError(error)}`);
		}
	}
}
