import { QuickInputButtons, window, type QuickPick } from "vscode";
import type { FreeMemory } from "../../protocol/inference/modelFit";
import type { FoundModel, FoundRepository } from "../../protocol/download/modelSearch";
import { DisposableStore } from "../base/disposableStore";
import type { HubSession } from "../download/hubSession";
import { modelRows, repositoryRows } from "./hubRows";
import { SearchList, type HubItem, type HubQuestion } from "./searchList";
import { t } from "../../wording/localize";

/** The pause after a keystroke before a search, in milliseconds. */
const pauseMs = 300;
const shortestQuery = 2;

/**
 * Lets the user search a hub for a model and choose one of its quantizations.
 *
 * @param memory returns the memory that a model can use now
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
	const picker = window.createQuickPick<HubItem<FoundRepository>>();
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
	const picker = window.createQuickPick<HubItem<FoundModel>>();
	picker.title = name;
	picker.placeholder = t("Smaller models are faster. Larger models give better answers.");
	picker.buttons = [QuickInputButtons.Back];
	picker.matchOnDescription = true;
	return ask(picker, {
		pauseMs: undefined,
		search: async (signal) => modelRows(await hub.list(name, signal), memory()),
		nothing: t("The repository contains no GGUF model. Go back and choose another one."),
	});
}

/** Shows a list that a search fills, and returns the result that the user chooses; `undefined` if the list was closed. */
async function ask<T>(
	picker: QuickPick<HubItem<T>>,
	question: HubQuestion<T>,
): Promise<T | "back" | undefined> {
	const search = new SearchList(picker, question);
	picker.ignoreFocusOut = true;
	try {
		return await answerOf(picker, search);
	} finally {
		search.dispose();
		picker.dispose();
	}
}

async function answerOf<T>(
	picker: QuickPick<HubItem<T>>,
	search: SearchList<T>,
): Promise<T | "back" | undefined> {
	const listening = new DisposableStore();
	const answer = new Promise<T | "back" | undefined>((resolve) => {
		listening.own(
			picker.onDidChangeValue(() => {
				search.onTyped();
			}),
		);
		listening.own(
			picker.onDidAccept(() => {
				const [item] = picker.selectedItems;
				if (item?.found !== undefined) {
					resolve(item.found);
				} else {
					search.start();
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
		search.start();
	});
	return answer.finally(() => {
		listening.dispose();
	});
}
