import assert from "node:assert/strict";
import { chatState, settingsState, thinkingModel } from "../../../support/view/chatStates";
import { openView } from "./openView";

describe("the status line", () => {
	it("shows the model's full name and its device, and follows their changes", async () => {
		const view = await openView();
		const status = view.find('[role="status"]');
		assert.equal(status.textContent, "tiny-chat · CPU, 1 thread");
		assert.equal(status.querySelector(".visually-hidden"), null);
		view.port.publish({
			type: "modelChanged",
			model: { kind: "loading", name: "tiny-chat", fraction: 0.4 },
		});
		await view.drawn();
		assert.equal(status.textContent, "Loading tiny-chat… 40%");
	});

	it("names the model on the button that changes it, and nowhere else below the conversation", async () => {
		const view = await openView();
		const button = view.button("Change model: tiny-chat");
		await view.click(button);
		assert.equal(view.port.sentOf("chooseModel").length, 1);
		assert.match(button.title, /\/models\/tiny-chat\.gguf.*No GPU backend works on this machine./s);
		assert.doesNotMatch(view.find("chat-composer").textContent, /tiny-chat/);
	});

	it("shows the thinking budget if the model can think, and changes it on click", async () => {
		const view = await openView();
		assert.equal(view.app.querySelector(".thinking-button"), null);
		view.port.publish({ type: "modelChanged", model: thinkingModel });
		view.port.publish({
			type: "settingsChanged",
			settings: { ...settingsState(), thinking: 1024 },
		});
		await view.drawn();
		const button = view.button("Change thinking: Up to 1,024 tokens");
		assert.equal(button.textContent.trim(), "Thinking: Up to 1,024 tokens");
		await view.click(button);
		assert.deepEqual(view.port.sentOf("chooseThinking"), [{ type: "chooseThinking" }]);
	});

	it("shows nothing else if no model is selected", async () => {
		const view = await openView(
			chatState({ model: { kind: "unloaded", name: "No model", detail: "", gpu: "auto" } }),
		);
		assert.equal(view.find('[role="status"]').textContent, "No model");
	});
});
