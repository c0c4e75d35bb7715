import assert from "node:assert/strict";
import { assertSound, randomConversation } from "../../support/chats/conversationTrees";
import { exportedChat } from "../../../src/extension/exchange/exportFormat";
import { fixture, importText } from "../../support/exchange/importing";
import { chosenSeed, seededRandom } from "../../support/random";

const strange: readonly unknown[] = [
	null,
	undefined,
	true,
	0,
	-1,
	1e308,
	Number.MAX_SAFE_INTEGER,
	"",
	"root",
	"question",
	"__proto__",
	"constructor",
	'<details type="reasoning"><details type="reasoning">',
	"x".repeat(100_000),
	[],
	{},
	[[[[]]]],
	JSON.parse('{"__proto__": {"message": 1}, "toString": 1, "length": 1e9}'),
];

/** Changes one place of a JSON value, or of its text, as `random` decides. */
function mutated(text: string, random: () => number): string {
	const at = (length: number): number => Math.floor(random() * length);
	if (random() < 0.3) {
		const place = at(text.length);
		const kind = at(3);
		return kind === 0
			? text.slice(0, place)
			: kind === 1
				? text.slice(0, place) + text.slice(place + 1 + at(20))
				: text.slice(0, place) + String.fromCharCode(at(0x10000)) + text.slice(place);
	}
	const json = JSON.parse(text) as unknown;
	const places: [holder: Record<string, unknown>, key: string][] = [];
	const waiting = [json];
	for (let value = waiting.pop(); value !== undefined; value = waiting.pop()) {
		if (typeof value === "object" && value !== null) {
			const holder = value as Record<string, unknown>;
			for (const key of Object.keys(holder)) {
				places.push([holder, key]);
				waiting.push(holder[key]);
			}
		}
	}
	for (let count = at(4); count >= 0; count -= 1) {
		const [holder, key] = places[at(places.length)]!;
		const [other, otherKey] = places[at(places.length)]!;
		const copied = JSON.stringify(other[otherKey]) as string | undefined;
		switch (at(4)) {
			case 0:
				// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- a field of any name may be missing
				delete holder[key];
				break;
			case 1:
				holder[key] = copied === undefined ? null : (JSON.parse(copied) as unknown);
				break;
			case 2:
				if (!Array.isArray(holder)) {
					const renamed = typeof other[otherKey] === "string" ? other[otherKey] : otherKey;
					holder[renamed] = holder[key];
				}
				break;
			default:
				holder[key] = strange[at(strange.length)];
		}
	}
	return JSON.stringify(json);
}

describe("an import of damaged files", () => {
	const seed = chosenSeed();
	const own = JSON.stringify({
		format: "local-llm-chats",
		version: 1,
		chats: [exportedChat(randomConversation(seededRandom(4), 12))],
	});
	const files: readonly (readonly [name: string, text: string])[] = [
		["ChatGPT's", fixture("chatGpt.json")],
		["LM Studio's", fixture("lmStudio.conversation.json")],
		["Open WebUI's", fixture("openWebUi.json")],
		["our own", own],
	];
	for (const [name, text] of files) {
		it(`refuses, leaves out or reads whatever becomes of ${name}, seed ${seed}`, () => {
			const random = seededRandom(seed);
			let imported = 0;
			let notImported = 0;
			for (let round = 0; round < 500; round += 1) {
				const { conversations, leftOut, problem } = importText(mutated(text, random));
				conversations.forEach(assertSound);
				imported += conversations.length;
				notImported += leftOut.length + (problem ? 1 : 0);
			}
			// Otherwise the mutations would be too wild, or too tame, to show anything.
			assert.ok(imported > 50 && notImported > 50, `${imported} and ${notImported}`);
			assert.equal(({} as { message?: unknown }).message, undefined);
		});
	}
});
