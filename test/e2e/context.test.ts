import assert from "node:assert/strict";
import { until } from "../support/until";
import type { ChatView } from "./support/chatView";
import { describeInVsCode } from "./support/describeInVsCode";

const contextTokens = 256;
/** Fills most of that context. */
const longMessage = "Count from 1 to 10. ".repeat(28);

describeInVsCode(
	"The context",
	{ machine: { "localLlm.contextSize": contextTokens } },
	(window) => {
		/** Returns the tokens that the meter shows; `undefined` while it shows none. */
		async function shownTokens(chat: ChatView): Promise<{ used: number; of: number } | undefined> {
			const meter = chat.contextMeter;
			const name = (await meter.count()) === 0 ? null : await meter.getAttribute("aria-label");
			const [, used = "", of = ""] =
				/^Context \d+%: ([\d,]+) of ([\d,]+) tokens$/.exec(name ?? "") ?? [];
			return of === ""
				? undefined
				: { used: Number(used.replace(",", "")), of: Number(of.replace(",", "")) };
		}

		it("is counted from the first answer on, and with every typed word", async () => {
			const { chat } = window();
			assert.equal(await shownTokens(chat), undefined, "no model is loaded to count with");
			await chat.ask("What is 7 * 8?");
			const before = await until("it is counted", () => shownTokens(chat));
			assert.equal(before.of, contextTokens);
			await chat.write("How old is Zelda?");
			await until("the words are counted", async () => {
				return ((await shownTokens(chat))?.used ?? 0) > before.used;
			});
			await chat.write("");
			await until("what is taken back takes nothing", async () => {
				return (await shownTokens(chat))?.used === before.used;
			});
		});

		it("shows a breakdown on a click", async () => {
			const { chat } = window();
			await chat.contextMeter.click();
			await chat.text("Left for the answer").waitFor();
			await window().screenshot("context");
			await chat.contextMeter.press("Escape");
			await until(
				"it is closed",
				async () => !(await chat.text("Left for the answer").isVisible()),
			);
		});

		it("reports a message that is too long, and a larger context makes room for it", async () => {
			const { chat, workbench } = window();
			await chat.write(longMessage);
			await chat.text("This message is too long").waitFor();
			await window().screenshot("context-nearly-full");
			await chat.button("Larger Context…").click();
			await workbench.choose("512 tokens");
			await until("the model has it", async () => (await shownTokens(chat))?.of === 512);
			await until(
				"the notice is gone",
				async () => (await chat.button("Larger Context…").count()) === 0,
			);
			assert.equal(await chat.messageBox.inputValue(), longMessage, "the draft is as it was");
			await chat.write("");
		});

		it("continues in a new chat that starts with a summary", async () => {
			const { chat, workbench } = window();
			await chat.ask("Who are you?");
			await chat.ask("What can you do?");
			let draft = longMessage;
			await until("the draft fits, but not with all of the conversation", async () => {
				await chat.write(draft);
				if (await chat.button("New Chat with Summary").isVisible()) {
					return true;
				}
				draft += "Count from 1 to 10. ";
				return false;
			});
			await chat.button("New Chat with Summary").click();
			await until("the summary is there", async () => {
				const said = await chat.said();
				return said.length === 2 && said[0]?.startsWith("Summarize our conversation");
			});
			assert.notEqual((await chat.said())[1], "");
			await chat.text("What is 7 * 8? (continued)").waitFor();
			assert.equal(await chat.messageBox.inputValue(), draft);
			await chat.button("History").click();
			await until("the chat before is there as well", async () =>
				(await workbench.entries()).some((entry) =>
					/^What is 7 \* 8\?(?! \(continued\))/.test(entry),
				),
			);
			await workbench.pressInPick("Escape");
		});
	},
);
