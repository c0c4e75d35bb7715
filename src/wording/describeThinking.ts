import { formatCount } from "./format";
import type { Thinking } from "../protocol/chat/thinking";

/** @returns a value of `localLlm.thinking` for people: "Automatic", "Up to 1,024 tokens". */
export function describeThinking(thinking: Thinking): string {
	switch (thinking) {
		case "auto":
			return "Automatic";
		case "on":
			return "On";
		case "off":
			return "Off";
		default:
			return `Up to ${formatCount(thinking)} tokens`;
	}
}
