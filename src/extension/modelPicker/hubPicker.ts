import { QuickInputButtons, ThemeIcon, window, type QuickPick, type QuickPickItem } from "vscode";
import { describeFailure } from "../../wording/describeFailure";
import { failureIn } from "../../protocol/failureError";
import type { FreeMemory } from "../../protocol/inference/modelFit";
import type { FoundModel, FoundRepository } from "../../protocol/download/modelSearch";
import { DisposableStore } from "../base/disposableStore";
import type { HubSession } from "../download/hubSession";
import { modelRows, repositoryRows, type HubRow } from "./hubRows";
import { t } from "../../wording/localize";

/** How long to wait after a keystroke before searching. */
const pauseMs = 300;
const shortestQuery = 2;

interface Item<T> extends QuickPickItem {
	readonly found: T | undefined;
}

/**
 * Lets the user search a hub for a model and choose one of its quantizations.
 *
 * @param memory the memory that is free for a model now
 * @returns a value for `localLlm.model`; `undefined` if the user canceled
 */
export async function pickFromHub(
	hub: HubSession,
	memory: () => FreeMemory,
): Promise<string | undefined> {
	let query = "";
	for (;;) {
		const repository = await pickRepository(hub, query, (typed) => {
			query = typed;
		});
		if (!repository) {
			return undefined;
		}
		const model = await pickModel(hub, repository, memory);
		if (model !== "back") {
			return model?.address;
		}
	}
}

function pickRepository(
	hub: HubSession,
	query: string,
	onQuery: (query: string) => void,
): Promise<FoundRepository | undefined> {
	const picker = window.createQuickPick<Item<FoundRepository>>();
	picker.title = t("Search {0}", hub.host);
	picker.placeholder = t("Enter the name of a model, such as “qwen coder”");
	picker.value = query;
	return ask(picker, {
		pauseMs,
		search: async (signal) => {
			onQuery(picker.value);
			const words = picker.value.trim();
			return words.length < shortestQuery
				? undefined
				: repositoryRows(await hub.search(words, signal));
		},
		nothing: t("No chat model in GGUF format has this name."),
	}) as Promise<FoundRepository | undefined>;
}

function pickModel(
	hub: HubSession,
	{ name }: FoundRepository,
	memory: () => FreeMemory,
): Promise<FoundModel | "back" | undefined> {
	const picker = window.createQuickPick<Item<FoundModel>>();
	picker.title = name;
	picker.placeholder = t("Smaller models are faster. Larger models give better answers.");
	picker.buttons = [QuickInputButtons.Back];
	picker.matchOnDescription = true;
	return ask(picker, {
		pauseMs: undefined,
		search: async (signal) => modelRows(await hub.list(name, signal), memory()),
		nothing: t("The repository contains no GGUF model."),
	});
}

interface Question<T> {
	/** Time from a keystroke to a new search; `undefined`: there is one search, and keystrokes filter its results. */
	readonly pauseMs: number | undefined;
	/** Returns the results; `undefined` if the query is too short. */
	readonly search: (signal: AbortSignal) => Promise<readonly HubRow<T>[] | undefined>;
	/** The text of an empty result. */
	readonly nothing: string;
}

/** Shows a list that a search fills. If the search fails, the list says why, and choosing that entry searches again. */
async function ask<T>(
	picker: QuickPick<Item<T>>,
	{ pauseMs: pause, search, nothing }: Question<T>,
): Promise<T | "back" | undefined> {
	const listening = new DisposableStore();
	let running = new AbortController();
	let timer: NodeJS.Timeout | undefined;
	picker.ignoreFocusOut = true;

	const run = async ({ signal }: AbortController): Promise<void> => {
		picker.busy = true;
		try {
			const rows = await search(signal);
			if (!signal.aborted) {
				picker.items = rows?.length === 0 ? [message(nothing, "info")] : (rows ?? []).map(asItem);
			}
		} catch (error) {
			const failure = failureIn(error);
			if (!signal.aborted) {
				picker.items = [
					message(
						failure ? describeFailure(failure).sentence : t("The search failed."),
						"warning",
						t("Choose this entry to search again"),
					),
				];
			}
		} finally {
			if (!signal.aborted) {
				picker.busy = false;
			}
		}
	};
	const searchAfter = (delayMs: number): void => {
		clearTimeout(timer);
		running.abort();
		running = new AbortController();
		timer = setTimeout(() => void run(running), delayMs);
	};
	const asItem = ({ found, ...words }: HubRow<T>): Item<T> => ({
		...words,
		found,
		// The hub has already filtered the results by its own rules.
		alwaysShow: pause !== undefined,
	});
	try {
		return await new Promise<T | "back" | undefined>((resolve) => {
			listening.own(
				picker.onDidChangeValue(() => {
					if (pause !== undefined) {
						searchAfter(pause);
					}
				}),
			);
			listening.own(
				picker.onDidAccept(() => {
					const [item] = picker.selectedItems;
					if (item?.found !== undefined) {
						resolve(item.found);
					} else {
						searchAfter(0);
					}
				}),
			);
			listening.own(
				picker.onDidTriggerButton(() => {
					resolve("back");
				}),
			);
			listening.own(
				picker.onDidHide(() => {
					resolve(undefined);
				}),
			);
			picker.show();
			searchAfter(0);
		});
	} finally {
		clearTimeout(timer);
		running.abort();
		listening.dispose();
		picker.dispose();
	}

	function message(label: string, icon: string, detail = ""): Item<T> {
		return { label, detail, iconPath: new ThemeIcon(icon), alwaysShow: true, found: undefined };
	}
}
