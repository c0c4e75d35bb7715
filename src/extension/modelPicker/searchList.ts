import { ThemeIcon, type QuickPick, type QuickPickItem } from "vscode";
import { describeFailure } from "../../wording/describeFailure";
import { failureIn } from "../../protocol/failureError";
import type { HubRow } from "./hubRows";
import { t } from "../../wording/localize";

/** An entry of the list. */
export interface HubItem<T> extends QuickPickItem {
	/** The result that the entry stands for; `undefined` if it is a message. */
	readonly found: T | undefined;
}

export interface HubQuestion<T> {
	/** The pause after a keystroke before a new search, in ms; `undefined` if keystrokes filter the first results. */
	readonly pauseMs: number | undefined;
	/** Returns the results; `undefined` if the query is too short. */
	readonly search: (signal: AbortSignal) => Promise<readonly HubRow<T>[] | undefined>;
	/** The text of an empty result. */
	readonly nothing: string;
}

/** A list that a search fills. If the search fails, the list says why and offers to search again. */
export class SearchList<T> {
	readonly #picker: QuickPick<HubItem<T>>;
	readonly #question: HubQuestion<T>;
	#running = new AbortController();
	#timer: NodeJS.Timeout | undefined;

	constructor(picker: QuickPick<HubItem<T>>, question: HubQuestion<T>) {
		this.#picker = picker;
		this.#question = question;
	}

	/** Searches now. A search in progress is aborted. */
	start(): void {
		this.#startAfter(0);
	}

	/** Searches once the user pauses, unless keystrokes only filter the results. */
	onTyped(): void {
		if (this.#question.pauseMs !== undefined) {
			this.#startAfter(this.#question.pauseMs);
		}
	}

	dispose(): void {
		clearTimeout(this.#timer);
		this.#running.abort();
	}

	#startAfter(delayMs: number): void {
		this.dispose();
		const running = new AbortController();
		this.#running = running;
		this.#timer = setTimeout(() => void this.#run(running.signal), delayMs);
	}

	async #run(signal: AbortSignal): Promise<void> {
		this.#picker.busy = true;
		const items = await this.#search(signal);
		if (!signal.aborted) {
			this.#picker.items = items;
			this.#picker.busy = false;
		}
	}

	async #search(signal: AbortSignal): Promise<readonly HubItem<T>[]> {
		const { search, nothing } = this.#question;
		try {
			const rows = await search(signal);
			return rows?.length === 0 ? [message(nothing, "info")] : (rows ?? []).map(this.#asItem);
		} catch (error) {
			const failure = failureIn(error);
			return [
				message(
					failure ? describeFailure(failure).sentence : t("The search failed."),
					"warning",
					t("Choose this entry to search again"),
				),
			];
		}
	}

	readonly #asItem = ({ found, ...words }: HubRow<T>): HubItem<T> => ({
		...words,
		found,
		// The hub has already filtered the results by its own rules.
		alwaysShow: this.#question.pauseMs !== undefined,
	});
}

function message<T>(label: string, icon: string, detail = ""): HubItem<T> {
	return { label, detail, iconPath: new ThemeIcon(icon), alwaysShow: true, found: undefined };
}
