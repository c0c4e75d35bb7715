import type { Page } from "playwright-core";
import { ChatView } from "../../e2e/support/chatView";
import type { Workbench } from "../../e2e/support/workbench";
import { until } from "../../support/until";
import { median } from "../median";
import type { BenchServer } from "./benchServer";
import { quietMachine } from "./quietMachine";

/** An extension with a view that a command opens. */
interface Opened {
	readonly name: string;
	readonly command: string;
}

const ours: Opened = { name: "Local LLM Chatbot", command: "Local LLM: Open Chat" };
const empty: Opened = { name: "Empty View", command: "Empty View: Open" };

/** The figures of one window. */
interface Opening {
	readonly activationMs: number;
	readonly first: Duration;
	readonly later: readonly Duration[];
}

/** From running the command in the palette, in milliseconds. */
interface Duration {
	/** Until a text box of the view has the focus. */
	readonly focusMs: number;
	/** Until the whole view is drawn. */
	readonly wholeMs: number;
}

export interface OpeningFigures {
	readonly activationMs: number;
	readonly longestActivationMs: number;
	readonly firstMs: number;
	readonly longestFirstMs: number;
	readonly laterMs: number;
	readonly longestLaterMs: number;
	readonly firstWholeMs: number;
	readonly laterWholeMs: number;
}

/**
 * Set in every frame: the time of the last key press in the window, and the first time that the frame reached each state.
 */
interface Marks {
	pressedAtMs?: number;
	/** A text box could be typed into. */
	focusedAtMs?: number;
	/** The permanent text box was there. */
	wholeAtMs?: number;
}

const laterOpenings = 5;

/** Opens our view and the empty view alternately, each in a new window. */
export async function measureOpenings(
	server: BenchServer,
	rounds: number,
): Promise<{ readonly ours: OpeningFigures; readonly empty: OpeningFigures }> {
	const openings = { ours: [] as Opening[], empty: [] as Opening[] };
	for (let round = -1; round < rounds; round++) {
		const ofOurs = await openIn(server, ours);
		const ofEmpty = await openIn(server, empty);
		// The server starts its first windows with cold caches.
		if (round >= 0) {
			openings.ours.push(ofOurs);
			openings.empty.push(ofEmpty);
		}
	}
	return { ours: summarize(openings.ours), empty: summarize(openings.empty) };
}

function summarize(openings: readonly Opening[]): OpeningFigures {
	const activations = openings.map(({ activationMs }) => activationMs);
	const firsts = openings.map(({ first }) => first.focusMs);
	const later = openings.flatMap((opening) => opening.later);
	const laters = later.map(({ focusMs }) => focusMs);
	return {
		activationMs: median(activations),
		longestActivationMs: Math.max(...activations),
		firstMs: median(firsts),
		longestFirstMs: Math.max(...firsts),
		laterMs: median(laters),
		longestLaterMs: Math.max(...laters),
		firstWholeMs: median(openings.map(({ first }) => first.wholeMs)),
		laterWholeMs: median(later.map(({ wholeMs }) => wholeMs)),
	};
}

function openIn(server: BenchServer, opened: Opened): Promise<Opening> {
	return server.inNewWindow(async (page, workbench) => {
		// A window that has just appeared is still starting the rest of VS Code.
		await quietMachine();
		const first = await timeToOpen(page, workbench, opened);
		const later: Duration[] = [];
		while (later.length < laterOpenings) {
			await workbench.runCommand("View: Hide Secondary Side Bar");
			await until("the view is hidden", async () => {
				return !(await page.locator(".part.auxiliarybar").isVisible());
			});
			later.push(await timeToOpen(page, workbench, opened));
		}
		return { activationMs: await shownActivation(page, workbench, opened), first, later };
	}, keepMarks);
}

async function timeToOpen(
	page: Page,
	workbench: Workbench,
	{ command }: Opened,
): Promise<Duration> {
	await workbench.runCommand(command);
	const { body } = new ChatView(page, "sideBar");
	const [focusedAtMs, wholeAtMs] = await until("the text box has the keyboard", () =>
		body.evaluate(() => {
			const { focusedAtMs, wholeAtMs } = globalThis as Marks;
			return focusedAtMs !== undefined && wholeAtMs !== undefined
				? ([focusedAtMs, wholeAtMs] as const)
				: undefined;
		}),
	);
	const pressedAtMs = await page.evaluate(() => (globalThis as Marks).pressedAtMs ?? NaN);
	return { focusMs: focusedAtMs - pressedAtMs, wholeMs: wholeAtMs - pressedAtMs };
}

/** Runs in every frame. It uses a timer, because VS Code rewrites a view's document, which removes its listeners. */
function keepMarks(): void {
	const marks = globalThis as Marks;
	const now = (): number => performance.timeOrigin + performance.now();
	addEventListener(
		"pointerup",
		() => {
			marks.pressedAtMs = now();
		},
		true,
	);
	const look = (): void => {
		if (document.hasFocus() && document.activeElement instanceof HTMLTextAreaElement) {
			marks.focusedAtMs ??= now();
		}
		if (document.querySelector("chat-composer textarea, body > textarea")) {
			marks.wholeAtMs ??= now();
		}
		if (marks.focusedAtMs === undefined || marks.wholeAtMs === undefined) {
			setTimeout(look, 1);
		}
	};
	if (window !== top) {
		look();
	}
}

/** Returns VS Code's own figures, in whole milliseconds: loading the extension's code, and calling `activate`. */
async function shownActivation(
	page: Page,
	workbench: Workbench,
	{ name }: Opened,
): Promise<number> {
	// Tall enough for the whole list, whose shortest times are at the end.
	await page.setViewportSize({ width: 1280, height: 2400 });
	const row = page.locator(".runtime-extensions-editor .monaco-list-row", { hasText: name });
	const text = await until("the extension is listed", async () => {
		await workbench.runCommand("Developer: Show Running Extensions");
		return row.innerText({ timeout: 5000 }).catch(() => undefined);
	});
	const activation = /Activation: (\d+)\s*ms/.exec(text)?.[1];
	if (activation === undefined) {
		throw new Error(`VS Code shows no time of the activation: ${text}`);
	}
	return Number(activation);
}
