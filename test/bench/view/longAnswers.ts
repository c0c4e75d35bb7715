/** The average length of an answer's token, in UTF-16 units. */
export const unitsPerToken = 4;

const sentences = [
	"The **first** step reads the file and keeps `every line` that is not empty.",
	"It is *not* the fastest way, but see [the notes](https://example.com/notes) for why it is enough.",
	"Each worker takes the next item from the queue, so that none of them waits for the slowest.",
	"What fails is written to the log with its reason, and the run goes on with the rest.",
];

function lines(count: number, line: (index: number) => string): string {
	return Array.from({ length: count }, (_, index) => line(index)).join("\n");
}

function section(index: number): string {
	const sentence = (offset: number): string => sentences[(index + offset) % sentences.length] ?? "";
	return [
		`## Part ${index}: what it does`,
		`${sentence(0)} ${sentence(1)} ${sentence(2)}`,
		lines(4, (item) => `- ${sentence(item)}\n  - and a nested remark ${item}`),
		`${sentence(3)} ${sentence(0)}`,
		`\`\`\`ts\n${lines(14, (line) => `export const value${line} = compute(${index}, "part ${line}"); // ${line}`)}\n\`\`\``,
		`> ${sentence(1)}\n> ${sentence(2)}`,
		`| Name | Value | Remark |\n|---|--:|---|\n${lines(6, (row) => `| \`key${row}\` | ${row * index} | ${sentence(row)} |`)}`,
		lines(5, (item) => `${item + 1}. ${sentence(item)}`),
	].join("\n\n");
}

/** Returns an answer of about `tokens` tokens with every kind of block. */
export function mixedAnswer(tokens: number): string {
	const length = tokens * unitsPerToken;
	const parts: string[] = [];
	for (let units = 0; units < length; units += (parts.at(-1)?.length ?? 0) + 2) {
		parts.push(section(parts.length));
	}
	return parts.join("\n\n").slice(0, length);
}

/** Answers of one block, or of very many, by kind. */
export const badAnswers = {
	"one block of code, 5,000 lines": `\`\`\`ts\n${lines(5000, (line) => `\tconst value${line} = "line ${line}";`)}\n\`\`\`\n`,
	"one table, 2,000 rows": `| Name | Value | Remark |\n|---|--:|---|\n${lines(2000, (row) => `| \`key${row}\` | ${row} | row **${row}** |`)}\n`,
	"one nested list, 5,000 items": `${lines(5000, (item) => `${"  ".repeat(item % 4)}- item *${item}* of many`)}\n`,
	"one paragraph, 50,000 characters": Array.from(
		{ length: 700 },
		(_, index) => sentences[index % sentences.length],
	)
		.join(" ")
		.slice(0, 50_000),
	"1,000 small paragraphs": lines(1000, (index) => `Paragraph **${index}** is a small one.\n`),
};
