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

/** A view of the chat that can have the keyboard focus. */
export type ChatPlace = "sideBar" | "editor";

/**
 * How long after VS Code names a new active editor a chat page may still report that it lost the focus, in
 * milliseconds.
 */
const blurDelayMs = 1_000;

/**
 * Remembers the editor that the user is or was last in. While a chat tab is in front, VS Code reports none.
 *
 * VS Code does not report where the focus is, only which editor it considers active, and it errs in two ways. While a
 * tab closes or is covered, the other side of a diff is active for a moment. And while no editor has the focus, closing
 * any text in the background makes VS Code fall back to the main editor of the active tab: from a peek to the text
 * around it, from the left side of a diff to the right.
 *
 * Therefore an editor without an active tab counts only once VS Code has settled. An editor that becomes active while a
 * chat has the focus and the user's own editor is visible counts only if the chat then loses the focus, or if the
 * cursor moves in that editor.
 */
export class EditorTracker implements Disposable {
	#place: EditorPlace | undefined;
	/** The text changed while its tab was hidden, so the position of its cursor is no longer known. */
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

	/** Fires when the user may have moved to another editor, or the editor has closed. */
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
				// An event without a kind means that the cursor moved with the text, or was restored.
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

	/** The editor that the user is or was last in, as far as VS Code has reported. */
	get place(): EditorPlace | undefined {
		return this.#place && isOpen(this.#place) ? this.#place : onlyVisiblePlace();
	}

	/** Whether the text of that editor changed while the editor was hidden. */
	get changedUnseen(): boolean {
		return this.#changedUnseen;
	}

	/** Waits until VS Code has reported the effects of the latest action, then returns the editor. */
	async settledPlace(): Promise<EditorPlace | undefined> {
		await this.#settled.reached;
		return this.place;
	}

	/** Takes note that a chat page gained or lost the focus. */
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

	/** Returns whether VS Code may have made this editor active without the user going there. */
	#isFallback(place: EditorPlace): boolean {
		return (
			this.#place !== undefined &&
			!isSamePlace(place, this.#place) &&
			isInSight(this.#place) &&
			(this.#pagesWithFocus.size > 0 || isSamePlace(place, this.#fallback?.place))
		);
	}

	/**
	 * Returns the document in the active tab, unless the user is in a visible editor of that same tab: VS Code does not
	 * count every part of a tab as an editor.
	 */
	#closedPlace(): EditorPlace | undefined {
		const closed = closedPlace();
		const { place } = this;
		return place && closed?.tab === place.tab && isInSight(place) ? undefined : closed;
	}
}
