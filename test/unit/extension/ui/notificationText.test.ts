import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { withoutLinks } from "../../../../src/extension/ui/notificationText";
import { hostileCorpus } from "../../../support/hostile/hostileCorpus";

/** The pattern with which VS Code 1.106 finds links in notifications. */
const link = /\[([^\]]+)\]\(((?:https?:\/\/|command:|file:)[^)\s]+)(?: (["'])(.+?)(\3))?\)/i;

describe("A notification", () => {
	it("shows links in foreign text as plain text", () => {
		const texts = [
			"[Repair](command:workbench.action.terminal.new) is not there.",
			'[Repair](command:x "harmless") and [more](https://attacker.invalid)',
			"[[Repair]](file:///etc/passwd)",
			...Object.values(hostileCorpus).flatMap((fragments) => fragments.map(({ text }) => text)),
		];
		assert.ok(texts.filter((text) => link.test(text)).length > 20);
		for (const text of texts) {
			const shown = withoutLinks(text);
			assert.doesNotMatch(shown, link);
			assert.equal(shown.replaceAll("] (", "]("), text.replaceAll("] (", "]("));
		}
	});

	it("is stripped of links everywhere, except for our own text and for dialogs, which have no links", () => {
		const folder = path.join(process.cwd(), "src/extension");
		const unguarded = readdirSync(folder, { recursive: true, encoding: "utf8" })
			.filter((file) => file.endsWith(".ts"))
			.flatMap((file) => {
				const code = readFileSync(path.join(folder, file), "utf8");
				const calls = code.matchAll(
					/\bshow(?:Information|Warning|Error)Message\(\s*((?!\s|t\(\s*"[^"]*",?\s*\)|withoutLinks\()[\s\S]{0,160})|\btitle: (`[^`]*\$\{[^`]*`|t\(\s*"[^"]*",\s*\w.*)/g,
				);
				return [...calls]
					.filter(([call]) => !call.includes("modal: true") && !call.includes('title: t("Access'))
					.map(([call]) => `${file}: ${call}`);
			});
		assert.deepEqual(unguarded, []);
	});
});
