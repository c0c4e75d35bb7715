import "./useTranslation";
import type { ChatEvent } from "../../protocol/chat/chatEvent";
import { t } from "../../wording/localize";
import { isComposing } from "../components/composer/isComposing";
import { messageLabel, openingText, questionPlaceholder } from "../wording/composerWording";

/**
 * Shows that the chat is loading, with a textbox in the place of the composer's for early typing, and loads the chat's
 * script. It runs while the page is parsed, so that the user can type as soon as VS Code shows the page. VS Code waits
 * for everything that begins to load before the `load` event, but not for an `import()`.
 */
function begin(): void {
	const early = document.createElement("div");
	early.className = "early-composer";
	const frame = document.createElement("div");
	frame.className = "composer-box";
	const bar = document.createElement("div");
	bar.className = "composer-bar";
	const failure = document.createElement("p");
	failure.className = "composer-hint";
	failure.role = "alert";
	frame.append(textbox(), bar);
	const sign = document.createElement("p");
	sign.className = "loading-chat";
	sign.textContent = openingText();
	early.append(sign, frame, failure);
	document.body.append(early);

	import(document.currentScript?.dataset.module ?? "").catch((error: unknown) => {
		reportError(error);
		sign.remove();
		failure.textContent = t(
			"The chat could not be loaded. Run “Developer: Reload Window” to try again.",
		);
	});
}

function textbox(): HTMLTextAreaElement {
	const box = document.createElement("textarea");
	box.dir = "auto";
	box.rows = 1;
	box.ariaLabel = messageLabel();
	box.placeholder = questionPlaceholder();
	box.addEventListener("keydown", (event) => {
		if (event.key === "Enter" && !event.shiftKey && !event.altKey && !isComposing(event)) {
			event.preventDefault();
			box.dataset.entered = "";
		}
	});
	box.addEventListener("input", () => {
		delete box.dataset.entered;
	});
	for (const [type, composing] of [
		["compositionstart", true],
		["compositionend", false],
	] as const) {
		box.addEventListener(type, () => {
			box.toggleAttribute("data-composing", composing);
		});
	}
	const receive = ({ data }: MessageEvent<ChatEvent>): void => {
		if (!box.isConnected) {
			window.removeEventListener("message", receive);
		} else if (data.type === "focusRequested") {
			box.focus();
		}
	};
	window.addEventListener("message", receive);
	return box;
}

begin();
