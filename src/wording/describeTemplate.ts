import { assertNever } from "../protocol/assertNever";
import type { TemplateStandIn } from "../protocol/chat/thinking";

/** @returns why a model's own chat template is not used, what is used, and what to do about it. */
export function describeStandIn({ problem, format }: TemplateStandIn): string {
	const instead = `The ${format} format is used instead, so answers may be worse or not end by themselves.`;
	switch (problem.kind) {
		case "missing":
			return `This model’s file has no chat template. ${instead} If it is a base model, choose its instruct version.`;
		case "unusable":
			return `This model’s chat template cannot be used: “${problem.reason}”. ${instead} Look for a newer file of the model.`;
		default:
			return assertNever(problem);
	}
}
