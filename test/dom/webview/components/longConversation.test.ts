import assert from "node:assert/strict";
import type { Turn } from "../../../../src/protocol/chat/chat";
import {
	answerStats,
	chatState,
	endedTurn,
	preparingTurn,
	userTurn,
} from "../../../support/view/chatStates";
import { until } from "../../../support/until";
import { openView, type OpenView } from "./openView";

const turns = Array.from({ length: 130 }, (_, index): Turn =>
	index % 2 === 0
		? userTurn(`turn ${index}`, `Question ${index}`)
		: endedTurn(`turn ${index}`, `Answer **${index}**`),
);
const long = chatState({ turns });

function shownTurns(view: OpenView): readonly string[] {
	return [...view.app.querySelectorAll<HTMLElement>("[data-turn-id]")].map(
		({ dataset }) => dataset.turnId ?? "",
	);
}

async function allShown(view: OpenView, count = turns.length): Promise<void> {
	await until(
		"all messages are drawn",
		() =>
			shownTurns(view).length === count &&
			view.app.querySelectorAll("answer-text strong").length >= turns.length / 2,
	);
}

describe("a long conversation", () => {
	it("is drawn completely after a while, in order", async () => {
		const view = await openView(long);
		await allShown(view);
		assert.deepEqual(
			shownTurns(view),
			turns.map(({ id }) => id),
		);
		assert.equal(view.app.querySelector("[waiting]"), null);
	});

	it("continues without changing its existing messages", async () => {
		const view = await openView(long);
		await allShown(view);
		const before = [...view.app.querySelectorAll("user-message, assistant-message")];
		for (let count = 0; count < 12; count += 1) {
			const [user, answer] = [userTurn(`q${count}`, "And?"), preparingTurn(`a${count}`)];
			view.port.publish({ type: "turnStarted", user, answer });
			view.port.publish({
				type: "textAppended",
				turnId: answer.id,
				channel: "reply",
				offset: 0,
				text: `Because ${count}.`,
			});
			view.port.publish({
				type: "turnEnded",
				turnId: answer.id,
				outcome: { kind: "complete", stats: answerStats },
			});
		}
		await allShown(view, turns.length + 24);
		const after = [...view.app.querySelectorAll("user-message, assistant-message")];
		assert.ok(before.every((message, index) => message === after[index]));
		assert.match(after.at(-1)?.textContent ?? "", /Because 11\./);
	});

	it("allows only its last message to be continued or regenerated", async () => {
		const stopped = endedTurn("stopped", "Hal", { kind: "stopped", stats: undefined });
		const view = await openView(chatState({ turns: [...turns.slice(0, 20), stopped] }));
		const named = (name: string): number =>
			[...view.app.querySelectorAll("vscode-button")].filter(
				({ textContent }) => textContent.trim() === name,
			).length;
		assert.equal(named("Continue"), 1);
		view.port.publish({
			type: "turnStarted",
			user: userTurn("next", "Next"),
			answer: preparingTurn("next answer"),
		});
		await view.drawn();
		assert.equal(named("Continue"), 0);
	});
});
