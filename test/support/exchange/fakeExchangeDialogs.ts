import type {
	ExchangeDialogs,
	ExportFile,
	ExportFolder,
	ExportKind,
} from "../../../src/extension/exchange/exchangeDialogs";
import type { ChosenFile } from "../../../src/extension/exchange/chosenFile";
import type { ImportReader } from "../../../src/extension/exchange/importReader";
import { ImportStopped } from "../../../src/extension/exchange/importStopped";
import type { ImportPieces } from "../../../src/protocol/import/chatImport";
import { piecesOf } from "./importing";

/** A user of the export and import dialogs, and a disk in memory. */
export class FakeExchangeDialogs implements ExchangeDialogs {
	/** Files by name. */
	readonly files = new Map<string, string>();
	/** Every sentence that was shown, with the buttons below it. */
	readonly told: string[] = [];
	readonly reports: string[] = [];
	kind: ExportKind | undefined = "json";
	/** The file that is chosen to write to; `undefined` cancels. */
	fileName: string | undefined;
	choosesFolder = true;
	imports: readonly ChosenFile[] | undefined;
	/** The buttons that are pressed, in order. */
	readonly presses: string[] = [];
	/** Makes every write fail with this error. */
	writeError: Error | undefined;
	/** The number of the progress report at which Cancel is pressed. */
	cancelAtReport: number | undefined;

	chooseKind(): Promise<ExportKind | undefined> {
		return Promise.resolve(this.kind);
	}

	chooseFile(defaultName: string): Promise<ExportFile | undefined> {
		return Promise.resolve(
			this.fileName === undefined ? undefined : this.#file(this.fileName || defaultName),
		);
	}

	chooseFolder(): Promise<ExportFolder | undefined> {
		const folder: ExportFolder = {
			name: "folder",
			names: () => Promise.resolve([...this.files.keys()]),
			file: (name) => this.#file(name),
		};
		return Promise.resolve(this.choosesFolder ? folder : undefined);
	}

	chooseImports(): Promise<readonly ChosenFile[] | undefined> {
		return Promise.resolve(this.imports);
	}

	withProgress<T>(
		_title: string,
		task: (report: (message: string) => void, signal: AbortSignal) => Promise<T>,
	): Promise<T> {
		const cancelling = new AbortController();
		return task((message) => {
			this.reports.push(message);
			if (this.reports.length === this.cancelAtReport) {
				cancelling.abort();
			}
		}, cancelling.signal);
	}

	tellExported(sentence: string): void {
		this.told.push(sentence);
	}

	tell<Action extends string>(
		severity: "information" | "warning",
		sentence: string,
		actions: readonly { readonly action: Action; readonly label: string }[],
	): Promise<Action | undefined> {
		const labels = actions.map(({ label }) => label);
		this.told.push([`${severity}: ${sentence}`, ...labels].join(" | "));
		const pressed = this.presses.shift();
		return Promise.resolve(actions.find(({ label }) => label === pressed)?.action);
	}

	showText(text: string): Promise<void> {
		this.told.push(text);
		return Promise.resolve();
	}

	#file(name: string): ExportFile {
		return {
			name,
			write: async (pieces, signal) => {
				let text = "";
				for await (const piece of pieces) {
					signal.throwIfAborted();
					text += piece;
				}
				if (this.writeError) {
					throw this.writeError;
				}
				this.files.set(name, text);
			},
		};
	}
}

/** Returns a file that holds a text. */
export function chosenText(name: string, text: string): ChosenFile {
	return {
		name,
		// `TextReader` finds the text here.
		onDisk: () => Promise.resolve({ path: text, release: () => Promise.resolve() }),
	};
}

/** Reads chosen texts in this process, in answers of a fixed number of pieces. */
export class TextReader implements ImportReader {
	/** The name of a file whose reading stops after the first answer. */
	stopsAt: string | undefined;

	async *read(name: string, text: string): AsyncGenerator<ImportPieces, void> {
		const waiting = piecesOf(text).map((piece) =>
			"document" in piece ? { ...piece, document: name } : piece,
		);
		const totalBytes = waiting.length;
		do {
			const pieces = waiting.splice(0, 100);
			const done = waiting.length === 0;
			yield { pieces, readBytes: totalBytes - waiting.length, totalBytes, done };
			if (name === this.stopsAt) {
				throw new ImportStopped("ended");
			}
			await Promise.resolve();
		} while (waiting.length > 0);
	}

	stop(): Promise<void> {
		return Promise.resolve();
	}
}
