import { window, workspace } from "vscode";
import { DisposableStore, type Disposable } from "../base/disposableStore";
import { Emitter } from "../base/emitter";
import {
	activePlace,
	closedPlace,
	isInSight,
	isOpen,
	isSamePlace,
	onlyVisiblePlace,
	type EditorPlace,
} from "./editorPlace";
import { SettledMoment } from "./settledMoment";

/** Where a chat shows that can have the keyboard's focus. */
export type ChatPlace = "sideBar" | "editor";

/** A page tells that it lost the focus at most so long after VS Code named the editor that got it, in milliseconds. */
const blurDelayMs = 1_000;

/**
 * Remembers in which editor the person is or was last: while a chat tab is in front, VS Code knows of none.
 *
 * VS Code does not tell where the focus is, only which editor it takes for the active one, and errs in two ways. While
 * a tab closes or is covered, the other side of a comparison is active for a moment. And while the focus is in no
 * editor, whatever text is closed in the background lets it fall back to the main editor of the tab in front: from a
 * peek to the text around it, from the left of a comparison to the right. So an editor without a tab in front counts
 * only once VS Code has settled, and one that becomes active while a chat has the focus and the person's own editor is
 * in sight counts only if the chat then loses the focus, or the cursor moves in it.
 */
export class EditorTracker implements Disposable {
	#place: EditorPlace | undefined;
	/** The text changed behind another tab: nobody knows any more where its cursor was. */
	#changedUnseen = false;
	readonly #pagesWithFocus = new Set<ChatPlace>();
	/** The editor that VS Code fell back to, and when. */
	#fallback: { readonly place: EditorPlace; readonly atMs: number } | undefined;
	readonly #moved = new Emitter<undefined>();
	readonly #owned = new DisposableStore();
	readonly #settled = this.#owned.own(
		new SettledMoment(() => {
			this.#follow(true);
			this.#moved.fire(undefined);
		}),
	);

	/** The person may be in another editor, or that has closed. */
	readonly onDidMove = this.#moved.event;

	constructor() {
		this.#follow(true);
		const follow = (): void => {
			this.#follow(false);
			this.#settled.begin();
		};
		for (const event of [
			window.onDidChangeActiveTextEditor,
			window.onDidChangeActiveNotebookEditor,
			window.onDidChangeNotebookEditorSelection,
			window.onDidChangeVisibleTextEditors,
			window.tabGroups.onDidChangeTabs,
			window.tabGroups.onDidChangeTabGroups,
		] as ((listener: () => void) => Disposable)[]) {
			this.#owned.own(event(follow));
		}
		this.#owned.own(
			window.onDidChangeTextEditorSelection(({ textEditor, kind }) => {
				// Without a kind it moved with the text, or was restored.
				if (kind !== undefined && textEditor === window.activeTextEditor) {
					this.#move(activePlace());
				}
			}),
		);
		this.#owned.own(
			workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
				const place = this.#place;
				if (place?.kind === "text" && contentChanges.length > 0 && !isInSight(place)) {
					this.#changedUnseen ||= document.uri.toString() === place.editor.document.uri.toString();
				}
			}),
		);
	}

	/** The editor in which the person is or was last, as far as VS Code has told by now. */
	get place(): EditorPlace | undefined {
		return this.#place && isOpen(this.#place) ? this.#place : onlyVisiblePlace();
	}

	/** Whether the text of that editor has changed while it was out of sight. */
	get changedUnseen(): boolean {
		return this.#changedUnseen;
	}

	/** Settles, with the place, when VS Code has told all that comes of what was done a moment ago. */
	async settledPlace(): Promise<EditorPlace | undefined> {
		await this.#settled.reached;
		return this.place;
	}

	/** A chat's page got the focus or lost it. */
	focusMoved(page: ChatPlace, hasFocus: boolean): void {
		if (hasFocus) {
			this.#pagesWithFocus.add(page);
			return;
		}
		this.#pagesWithFocus.delete(page);
		if (this.#fallback && performance.now() - this.#fallback.atMs < blurDelayMs) {
			this.#fallback = undefined;
			this.#settled.begin();
		}
	}

	dispose(): void {
		this.#owned.dispose();
	}

	#follow(isSettled: boolean): void {
		const place = activePlace() ?? (isSettled ? this.#closedPlace() : undefined);
		if (place && this.#isFallback(place)) {
			this.#fallback ??= { place, atMs: performance.now() };
			return;
		}
		this.#fallback = undefined;
		if (isSettled || place?.tab !== undefined) {
			this.#move(place);
		}
	}

	#move(place: EditorPlace | undefined): void {
		if (place && !isSamePlace(place, this.#place)) {
			this.#changedUnseen = false;
		}
		if (place && !(isSamePlace(place, this.#place) && place.tab === undefined)) {
			this.#place = place;
		}
	}

	/** Whether VS Code may have taken this editor for the active one without anybody going there. */
	#isFallback(place: EditorPlace): boolean {
		return (
			this.#place !== undefined &&
			!isSamePlace(place, this.#place) &&
			isInSight(this.#place) &&
			(this.#pagesWithFocus.size > 0 || isSamePlace(place, this.#fallback?.place))
		);
	}

	/** Not where the person is in a part of that tab which VS Code does not count as an editor of its own. */
	#closedPlace(): EditorPlace | undefined {
		const closed = closedPlace();
		const { place } = this;
		return place && closed?.tab === place.tab && isInSight(place) ? undefined : closed;
	}
}
