import { RuleTester } from "eslint";
import { parser } from "typescript-eslint";
import { literalSentences } from "../../../scripts/lint/literalSentences.mjs";
import { noBareSentences } from "../../../scripts/lint/noBareSentences.mjs";

const tester = new RuleTester({ languageOptions: { parser } });
const imports = 'import { plural, t, tParts as parts } from "../wording/localize";\n';

/** @param code the body of a function */
function inFunction(code: string): string {
	return `${imports}export function f(a, b, n) { ${code} }`;
}

tester.run("sentences are literals", literalSentences, {
	valid: [
		...[
			't("Stop");',
			't("{0} of {1}", a, b);',
			't("{0}, {1}, {0}", a, b);',
			't("Write {} or {x}");',
			'a ? t("On") : t("Off");',
			'plural(n, "{0} chat", "{0} chats");',
			'plural(n, "The chat", "All {0} chats");',
			'plural(n, "{0} chat in {1}", "{0} chats in {1}", a);',
			'parts("Run {0} first", a);',
			't("{0} {1}", ...a);',
		].map(inFunction),
		`${imports}class A { title = t("Title"); get name() { return t("Name"); } }`,
		`${imports}export const title = () => t("Title");`,
		'import { t } from "./other"; t(name); export const title = t(`a`);',
		'import { t } from "../wording/localize"; function f(t) { t(name); }',
	],
	invalid: [
		...(
			[
				["t(a);", "literal"],
				["t(`Stop`);", "literal"],
				["t(`Stop ${a}`);", "literal"],
				['t("Stop" + a);', "literal"],
				['t(a ? "On" : "Off");', "literal"],
				["t(5);", "literal"],
				['plural(n, a, "{0} chats");', "literal"],
				['plural(n, "{0} chat", `${a} chats`);', "literal"],
				["parts(a, b);", "literal"],
				['t("");', "trimmed"],
				['t(" now");', "trimmed"],
				['t("Name: ");', "trimmed"],
				['t("{0}");', "values"],
				['t("{0}", a, b);', "values"],
				['t("{1}", a);', "values"],
				['t("None", a);', "values"],
				['plural(n, "{0} chat", "{0} chats", a);', "values"],
				['plural(n, "{0} chat in {1}", "{0} chats in {1}");', "values"],
				["a.map(t);", "called"],
				["const say = t;", "called"],
			] as const
		).map(([code, messageId]) => ({ code: inFunction(code), errors: [{ messageId }] })),
		...[
			'export const title = t("Title");',
			'const titles = { a: [t("Title")] };',
			'class A { static title = t("Title"); }',
			'class A { @property({ attribute: t("Title") }) a = 1; }',
			'if (a) { b(t("Title")); }',
			'console.log(`${t("Title")}`);',
		].map((code) => ({ code: imports + code, errors: [{ messageId: "early" }] })),
	],
});

tester.run("sentences are not bare", noBareSentences, {
	valid: [
		...[
			'window.showErrorMessage(t("It failed"), t("Retry"));',
			'window.showErrorMessage(parts.join(" "));',
			'picker.placeholder = t("Search titles and text");',
			'log.info("the search has ended");',
			"this.#log.warn(`${n} lines left out`);",
			'output.debug("loaded"); context.log.error(`it ended: ${a}`);',
			'throw new Error("the list is empty");',
			"throw new TypeError(`no such kind: ${a}`);",
			'if (a === "not a thing" || a.includes("some words")) return;',
			'switch (a) { case "two words": return 1; default: return 2; }',
			'element.className = "message is-open"; element.classList.add("is open");',
			'document.querySelector("div p"); element.closest(".log > .turn a");',
			'commands.executeCommand("localLlm.openChat", "some words");',
			'const tags = "math row cell".split(" ");',
			'const units = ["kB", "MB"]; const key = "openChat"; const id = "localLlm.openChat";',
			'const address = "https://example.com/a b"; const file = "a.b c";',
			'item.text = "$(gear)"; const name = { label: "$(gear)", icon: "debug stop" };',
			'if (["Delete", "Two words"].includes(event.key)) { stop(); }',
			'onKey("Escape"); const backend = "Vulkan";',
			'const separator = ", "; const range = `${a}-${b}`; const both = `${a} ${b}`;',
			'html`<p class="a b" id="one two">${t("Stop")} &nbsp;·&times; ${a}</p>`;',
			'html`<p class=${a ? "message open" : "message"} data-kind="two words">12 %</p>`;',
			"html`<!-- a comment --><vscode-button secondary @click=${a}>${b}</vscode-button>`;",
			'html`<button title=${t("Stop")} aria-label="${t("Stop")}" ?disabled=${a} .value=${b}></button>`;',
			'frame.setAttribute("data-kind", "two words"); frame.setAttribute("aria-label", t("Code"));',
			'box.innerHTML = "<table data-rows><tr class=two words></tr></table>";',
			'const shape = { text: "plain" };',
			"css`p > a { color: red }`;",
		].map((code) => `function f() { ${code} }`),
		'type Kind = "two words" | "Other"; const a: "Some words" = b;',
		'import { a } from "./some words";',
		'const record = { "two words": 1 };',
	],
	invalid: (
		[
			['window.showErrorMessage("failed");', 1],
			['window.showWarningMessage(t("It failed"), "Retry");', 1],
			['window.showInformationMessage(t("Done"), { modal: true, detail: "more" }, "ok");', 2],
			['window.showQuickPick(["one", "two"]);', 2],
			['window.showQuickPick(items, { placeHolder: "Models" });', 1],
			['window.showInputBox({ prompt: a ? "name" : b, title: `${a}s` });', 2],
			['window.withProgress({ title: "loading" }, run);', 1],
			['picker.placeholder = "search"; picker.title = "Models";', 2],
			['status.tooltip = a ?? "idle"; status.text = "$(gear) Model: idle now";', 2],
			['const item = { label: "$(gear) Settings", description: "all", detail: `${n} files` };', 3],
			['class A { label = "Retry"; }', 1],
			['return "Nothing was imported.";', 1],
			["return `${count} tokens`;", 1],
			["return `Loading ${name}`;", 1],
			['throw new UserError("Open a file first.");', 1],
			['return a ? "the processor" : "Today";', 2],
			['const words = { fast: "very fast", slow: ["quite slow"] };', 2],
			['return ["Nothing was imported.", b].join(" ");', 1],
			['t("Done {0}", "in a moment");', 1],
			['element.textContent = "open"; box.ariaLabel = "Message";', 2],
			['button("Retry"); button("Settings…");', 2],
			["html`<p>Stop</p>`;", 1],
			["html`<p>${a} of ${b}</p>`;", 1],
			['html`<p title="Full path"></p>`;', 1],
			['html`<button aria-label="Stop ${a}">${b}</button>`;', 1],
			["html`<button title=${a ? \"stop\" : t('Send')}></button>`;", 1],
			['html`<p>${a ? "stop" : "send"}</p>`;', 2],
			["html`<input placeholder=name alt='Picture of it'>`;", 1],
			["html`<p ?hidden=${a}>Text</p>`;", 1],
			["svg`<text>Words</text>`;", 1],
			["items.map((item) => `${item} files`);", 1],
			['return "Prüfung läuft";', 1],
			['item.text = "loading"; this.#item.text = `${a} idle`;', 2],
			['notification.report({ message: "reading" });', 1],
			['new MarkdownString("none"); new TreeItem(a ? "one" : "two");', 3],
			['frame.setAttribute("aria-label", a === "" ? "code" : `${a}, code`);', 2],
			['box.innerHTML = "<p>Loading the model</p>";', 1],
			['l10n.t("Stop now"); vscode.l10n.t("Stop");', 2],
			['return a ? "Done." : "Why?";', 2],
			['const { title = "Some words" } = a;', 1],
			['function g(title = "Some words") { return title ?? "Untitled"; }', 2],
			['const map = new Map([["a", "Some words"], ["b", "Other"]]);', 2],
			["html`<ul>${items.map((item) => html`<li>Item ${item}</li>`)}</ul>`;", 1],
			['html`<p>${a && "stop"}${b ?? "none"}</p>`;', 2],
			['html`<vscode-option value="a" selected>One</vscode-option><img alt="">`;', 1],
		] as const
	).map(([code, errors]) => ({ code: `function f() { ${code} }`, errors })),
});
