import assert from "node:assert/strict";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import os from "node:os";
import path from "node:path";
import { ImportProcess } from "../../../../src/extension/exchange/importReader";
import { ImportStopped } from "../../../../src/extension/exchange/importStopped";
import { RecordedLog } from "../../../support/recordedLog";

const never = new AbortController().signal;

/** Answers according to the protocol, except for a file named "bad.json". */
const child = `
let name;
process.on("message", ({ id, method, params }) => {
	name = params?.name ?? name;
	const pieces = { pieces: [], readBytes: 1, totalBytes: 1, done: true };
	const result = method === "import/next" ? (name === "bad.json" ? "nonsense" : pieces) : null;
	process.send({ jsonrpc: "2.0", id, result }, () => method === "shutdown" && process.exit(0));
});
process.on("disconnect", () => process.exit(0));
`;

describe("reading several files", () => {
	const folder = mkdtempSync(path.join(os.tmpdir(), "reader-"));
	const modulePath = path.join(folder, "child.cjs");
	writeFileSync(modulePath, child);
	after(() => {
		rmSync(folder, { recursive: true });
	});

	it("starts a new process after a file that made its process send invalid messages", async () => {
		const reader = new ImportProcess(modulePath, new RecordedLog());
		const read = async (name: string): Promise<number> => {
			let answers = 0;
			for await (const { done } of reader.read(name, name, never)) {
				answers += done ? 1 : 0;
			}
			return answers;
		};
		try {
			for (let round = 0; round < 3; round += 1) {
				await assert.rejects(
					read("bad.json"),
					(error) => error instanceof ImportStopped && error.reason === "nonsense",
				);
				assert.equal(await read("good.json"), 1);
			}
		} finally {
			await reader.stop();
		}
	});
});
