import { commands, Uri, workspace } from "vscode";
import type { Disposable } from "../base/disposableStore";
import type { OnCrash } from "../inference/restart/crashRecorder";
import { describeError, type Log } from "../base/log";
import { UserError } from "../base/userError";
import type { CrashSurroundings } from "./keepCrash";
import { t } from "../../wording/localize";

const scheme = "local-llm-crash";

export interface CrashReportParts {
	/** The folder of the reports; created with the first one. */
	readonly folder: string;
	readonly surroundings: CrashSurroundings;
	readonly log: Log;
}

/** Crash reports, each a read-only document with its own address. */
export class CrashReportView implements Disposable {
	readonly #parts: CrashReportParts;
	readonly #registration: Disposable;
	/** Settles when the report of the last crash is written. */
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

	/** Writes the report of a crash. */
	readonly keep: OnCrash = (crash, texts) => {
		this.#kept = this.#kept.then(() => this.#write(crash, texts));
	};

	/** Opens a report: by default, the newest one. @throws {UserError} if no report exists */
	async show(reportId?: string): Promise<void> {
		await this.#kept;
		const { onDemand } = await import("../composition/onDemand");
		const id = reportId ?? (await onDemand.latestCrashReport(this.#parts.folder));
		if (id === undefined) {
			throw new UserError(t("The model has not crashed, so no crash report exists."));
		}
		const page = Uri.from({ scheme, path: `/${t("Crash Report")}.md`, query: id });
		await commands.executeCommand("markdown.showPreview", page);
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
