import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { seededRandom } from "../random";

const words =
	"alpha beta gamma delta “epsilon” zeta eta theta iota kappa λ mu nu xi omicron pi rho sigma tau".split(
		" ",
	);

/**
 * Writes a ChatGPT export of about `bytes` bytes, whose chats have up to 70 messages and the usual metadata.
 *
 * @returns the number of chats in it
 */
export async function writeChatGptExport(file: string, bytes: number): Promise<number> {
	const random = seededRandom(1);
	const text = (length: number): string => {
		let said = "";
		while (said.length < length) {
			said += `${words[Math.floor(random() * words.length)]!}${random() < 0.05 ? "\n\n" : " "}`;
		}
		return said;
	};
	const out = createWriteStream(file);
	let written = 0;
	let count = 0;
	out.write("[");
	while (written < bytes) {
		const chat = chatGptChat(count, 10 + Math.floor(random() * 60), text);
		const piece = `${count === 0 ? "" : ","}${JSON.stringify(chat)}`;
		written += Buffer.byteLength(piece);
		count += 1;
		if (!out.write(piece)) {
			await once(out, "drain");
		}
	}
	out.end("]");
	await once(out, "finish");
	return count;
}

function chatGptChat(number: number, messages: number, text: (length: number) => string): object {
	const atSeconds = 1_700_000_000.5 + number * 1000;
	const mapping: Record<string, unknown> = {
		root: { id: "root", parent: null, children: ["m0"], message: null },
	};
	for (let index = 0; index < messages; index += 1) {
		const isUser = index % 2 === 0;
		mapping[`m${index}`] = {
			id: `m${index}`,
			parent: index === 0 ? "root" : `m${index - 1}`,
			children: index + 1 < messages ? [`m${index + 1}`] : [],
			message: {
				id: `m${index}`,
				author: { role: isUser ? "user" : "assistant", name: null, metadata: {} },
				create_time: atSeconds + index,
				content: { content_type: "text", parts: [text(isUser ? 300 : 2_500)] },
				status: "finished_successfully",
				recipient: "all",
				metadata: {
					model_slug: "some-model",
					request_id: "3f0c1d7e-0000-4000-8000-000000000000",
					content_references: Array.from({ length: 5 }, (_, place) => ({
						matched_text: `word ${place}`,
						start_idx: place,
						end_idx: place + 1,
						type: "webpage",
						items: [{ title: "A page", url: `https://example.com/${place}` }],
					})),
				},
			},
		};
	}
	return {
		title: `Conversation ${number}`,
		create_time: atSeconds,
		update_time: atSeconds + messages,
		mapping,
		current_node: `m${messages - 1}`,
		conversation_id: `c${number}`,
	};
}
