import assert from "node:assert/strict";
import * as v from "valibot";
import { chatIntentSchema, type ChatIntent } from "../../../../src/protocol/chat/chatIntent";
import {
	maxTextLength,
	maxUnsentEdits,
	maxUnsentLength,
} from "../../../../src/protocol/text/textLimit";
import { intents } from "../../../support/view/intents";

function isTaken(message: unknown): boolean {
	return v.safeParse(chatIntentSchema, message).success;
}

/**
 * The values that a field accepts, by its path in the intent: the ends of its range, and the values just beyond them.
 */
interface FieldLimits {
	readonly takes: readonly unknown[];
	readonly refuses: readonly unknown[];
	/** Whether it may be missing. */
	readonly isOptional?: boolean;
}

const id: FieldLimits = {
	takes: ["x", "x".repeat(64)],
	refuses: ["", "../x", "a b", "x".repeat(65)],
};
const text: FieldLimits = {
	takes: ["", "x".repeat(maxTextLength)],
	refuses: ["x".repeat(maxTextLength + 1)],
};
const flag: FieldLimits = { takes: [true, false], refuses: ["true", 0, 1] };

const limits: Readonly<Record<string, FieldLimits>> = {
	"resync.haveRevision": { takes: [-1, 0, 1e9], refuses: [0.5, Number.NaN, Infinity, "1"] },
	"focusMoved.hasFocus": flag,
	"keepUnsent.unsent.draft": {
		takes: ["", "x".repeat(maxUnsentLength - 2)],
		refuses: ["x".repeat(maxUnsentLength - 1)],
	},
	"keepUnsent.unsent.edits.0.editedId": id,
	"keepUnsent.unsent.edits.0.text": {
		takes: ["", "x".repeat(maxUnsentLength - 3)],
		refuses: ["x".repeat(maxUnsentLength - 2)],
	},
	"keepUnsent.unsent.edits.0.sentAs": { ...id, isOptional: true },
	"keepUnsent.unsent.revision": { takes: [0, 1e9], refuses: [-1, 0.5, Number.NaN, Infinity, "1"] },
	"draftTyped.text": text,
	"submit.turnId": id,
	"submit.text": text,
	"regenerate.answerId": id,
	"continue.answerId": id,
	"answerNow.answerId": id,
	"edit.editedId": id,
	"edit.turnId": id,
	"edit.text": text,
	"showVersion.turnId": id,
	"deleteTurn.turnId": id,
	"attachText.attachmentId": id,
	"attachText.text": text,
	"removeAttachment.attachmentId": id,
	"revealAttachment.attachmentId": id,
	"showCrashReport.reportId": id,
	"copyText.text": text,
	"openDiagram.text": text,
	"insertCode.text": text,
	"openLink.url": {
		takes: ["http://a/", "HTTPS://example.com", `https://a/${"x".repeat(8192 - 10)}`],
		refuses: [
			`https://a/${"x".repeat(8192 - 9)}`,
			...["https://", "http://a b/", "//a/", "a", "", " ", "https"],
			...["command:x", "vscode://x/y", "file:///a", "javascript:x", "data:,x"],
			...["javascript://a/%0ax", "xhttps://a/", "httpsx://a/", "ws://https:/"],
		],
	},
	"saveSettings.settings.systemPrompt": {
		takes: ["", "x".repeat(32_768)],
		refuses: ["x".repeat(32_769)],
	},
	"saveSettings.settings.maxTokens": {
		takes: [1, 131_072],
		refuses: [0, 131_073, 1.5, Number.NaN, Infinity, "1"],
	},
	"saveSettings.settings.temperature": {
		takes: [0, 0.5, 2],
		refuses: [-0.1, 2.1, Number.NaN, Infinity, "1"],
	},
	"saveSettings.settings.streaming": flag,
	"saveSettings.settings.markdown": flag,
};

type Fields = Readonly<Record<string, unknown>>;

/** Returns the paths of all fields except the type, such as "saveSettings.settings.markdown". */
function fieldsOf(value: Fields, place: string): string[] {
	return Object.entries(value).flatMap(([name, inside]) =>
		typeof inside === "object" && inside !== null
			? fieldsOf(inside as Fields, `${place}.${name}`)
			: name === "type"
				? []
				: [`${place}.${name}`],
	);
}

/** Returns the intent with another value at `place`; `undefined` removes the field. */
function changed(place: string, value: unknown): unknown {
	const [type = "", ...path] = place.split(".");
	const copy = structuredClone(intents[type as ChatIntent["type"]]) as Record<string, unknown>;
	const holder = path
		.slice(0, -1)
		.reduce((inside, name) => inside[name] as Record<string, unknown>, copy);
	const last = path.at(-1)!;
	holder[last] = value;
	if (value === undefined) {
		Reflect.deleteProperty(holder, last);
	}
	return copy;
}

/** One value of every kind in JSON and in structured clones. */
const kinds: readonly unknown[] = [
	...[undefined, null, true, 0, -1, "", "x", [], ["x"], {}, { toString: "x" }],
	...[new Date(0), new Map(), new Uint8Array(1), 1n],
];

describe("An intent of the view", () => {
	const fields = Object.values(intents).flatMap((intent) => fieldsOf(intent, intent.type));

	it("is accepted unchanged if its type is known", () => {
		for (const intent of Object.values(intents)) {
			assert.deepEqual(v.parse(chatIntentSchema, intent), intent);
		}
		const known = chatIntentSchema.options.map(({ entries }) => entries.type.literal);
		assert.deepEqual(known.toSorted(), Object.keys(intents).toSorted());
	});

	it("limits every field", () => {
		assert.deepEqual(fields.toSorted(), Object.keys(limits).toSorted());
	});

	for (const [place, { takes, refuses, isOptional = false }] of Object.entries(limits)) {
		it(`is dropped if ${place} is beyond its limits`, () => {
			for (const value of takes) {
				assert.ok(isTaken(changed(place, value)), `takes ${String(value).slice(0, 80)}`);
			}
			for (const value of refuses) {
				assert.ok(!isTaken(changed(place, value)), `refuses ${String(value).slice(0, 80)}`);
			}
		});

		it(`is dropped if ${place} has another type or is missing`, () => {
			const [good] = takes;
			for (const value of kinds.filter((kind) => typeof kind !== typeof good)) {
				const isTakenWithout = isOptional && value === undefined;
				assert.equal(isTaken(changed(place, value)), isTakenWithout, typeof value);
			}
		});
	}

	it("is dropped if it has more edits than are kept, or none", () => {
		const edits = (count: number): unknown => Array(count).fill({ editedId: "u1", text: "" });
		assert.ok(isTaken(changed("keepUnsent.unsent.edits", edits(maxUnsentEdits))));
		assert.ok(!isTaken(changed("keepUnsent.unsent.edits", edits(maxUnsentEdits + 1))));
		for (const value of kinds.filter((kind) => !Array.isArray(kind) || kind.length > 0)) {
			assert.ok(!isTaken(changed("keepUnsent.unsent.edits", value)));
			assert.ok(!isTaken({ type: "keepUnsent", unsent: value }));
		}
	});

	it("is dropped if its settings are not an object", () => {
		for (const value of kinds) {
			assert.ok(!isTaken({ type: "saveSettings", settings: value }));
		}
	});

	it("is dropped if it is not an object or its type is unknown", () => {
		for (const value of kinds) {
			assert.ok(!isTaken(value));
			assert.ok(!isTaken({ type: value }));
		}
		for (const type of ["runCommand", "Stop", "stop ", "__proto__", "constructor", "toString"]) {
			assert.ok(!isTaken({ ...intents.submit, type }), type);
		}
		assert.ok(!isTaken([intents.stop]));
		assert.ok(!isTaken(JSON.stringify(intents.stop)));
	});

	it("loses fields that the host does not expect", () => {
		for (const intent of Object.values(intents)) {
			const more = { ...structuredClone(intent), command: "x", text2: "x", url2: "command:x" };
			assert.deepEqual(v.parse(chatIntentSchema, more), intent);
		}
		const settings = {
			...intents.saveSettings.settings,
			model: "/x",
			gpu: "off",
			modelEndpoint: "x",
		};
		assert.deepEqual(
			v.parse(chatIntentSchema, { type: "saveSettings", settings }),
			intents.saveSettings,
		);
	});

	it("never changes a prototype, whatever its keys", () => {
		const hostile = [
			'{"type":"stop","__proto__":{"polluted":true}}',
			'{"type":"stop","constructor":{"prototype":{"polluted":true}}}',
			'{"type":"saveSettings","settings":{"systemPrompt":"","maxTokens":1,"temperature":0,"streaming":true,"markdown":true,"__proto__":{"polluted":true}}}',
		];
		for (const json of hostile) {
			const parsed = v.parse(chatIntentSchema, JSON.parse(json)) as Fields;
			assert.equal(parsed.polluted, undefined);
			assert.equal(Object.getPrototypeOf(parsed), Object.prototype);
			assert.deepEqual(
				Object.keys(parsed).toSorted(),
				Object.keys(intents[parsed.type as ChatIntent["type"]]).toSorted(),
			);
		}
		assert.equal(({} as Fields).polluted, undefined);
		assert.ok(!isTaken(JSON.parse('{"__proto__":{"type":"stop"}}')));
	});
});
