import { assertNever } from "../protocol/assertNever";
import type { TemplateStandIn } from "../protocol/chat/thinking";
import { t } from "./localize";

/** Returns why a model's own chat template is not used, which one is used instead, and what to do. */
export function describeStandIn({ problem, format }: TemplateStandIn): string {
	switch (problem.kind) {
		case "missing":
			return t(
				"This model’s file has no chat template, so the {0} format is used. Answers may be worse, or not end. If it is a base model, choose its instruct version.",
				format,
			);
		case "unusable":
			return t(
				"This model’s chat template cannot be used (“{0}”), so the {1} format is used. Answers may be worse, or not end. Look for a newer file of the model.",
				problem.reason,
				format,
			);
		default:
			return assertNever(problem);
	}
}
