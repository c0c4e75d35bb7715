import type { AnswerForm } from "./answerForm";
import { knownThoughtMarks } from "./thoughtMarks";
import type { Vocabulary } from "./vocabulary";

/** The usual shape of marks. Other user-defined tokens are text, such as HTML tags and white space. */
const markShape =
	/^(?:<[|｜].*[|｜]>|<\/?(?:tool|function|think|thought)[\w:]*>|\[\/?[A-Z_]{3,}\])$/;

/**
 * Returns the marks that must not be recognized in text that people and models write.
 *
 * @param source the template
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
