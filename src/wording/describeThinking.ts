import type { Thinking } from "../protocol/chat/thinking";
import { plural, t } from "./localize";

/** Returns a value of `localLlm.thinking` in words: "Automatic" or "Up to 1,024 tokens". */
export function describeThinking(thinking: Thinking): string {
	switch (thinking) {
		case "auto":
			return t("Automatic");
		case "on":
			return t("On");
		case "off":
			return t("Off");
		default:
			return plural(thinking, "Up to {0} token", "Up to {0} tokens");
	}
}
