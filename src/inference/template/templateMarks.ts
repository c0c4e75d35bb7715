import type { AnswerForm } from "./answerForm";
import { knownThoughtMarks } from "./thoughtMarks";
import type { Vocabulary } from "./vocabulary";

/** Names that models give to marks. Other tokens that are user-defined are text, such as tags of HTML and white space. */
const markShape =
	/^(?:<[|｜].*[|｜]>|<\/?(?:tool|function|think|thought)[\w:]*>|\[\/?[A-Z_]{3,}\])$/;

/**
 * @param source of the template
 * @returns what must not be taken for the template's own where people and models write it.
 */
export function templateMarks(
	source: string,
	{ specials }: Vocabulary,
	{ thought }: AnswerForm,
): readonly string[] {
	const ofVocabulary = specials
		.filter(({ text, isControl }) => isControl || markShape.test(text) || source.includes(text))
		.map(({ text }) => text);
	const ofThoughts = [
		...(thought ? [thought.open, thought.close] : []),
		...knownThoughtMarks
			.flatMap(({ open, close }) => [open, close])
			.filter((mark) => source.includes(mark)),
	].map((mark) => mark.trim());
	return [...ofVocabulary, ...ofThoughts].filter((mark) => mark.trim() !== "");
}
