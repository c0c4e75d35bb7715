import { spawn } from "node:child_process";

/*
 * A process that sends its host whatever a test wants. Its argument names the reaction to the first request, whose params
 * may contain a `progressToken`.
 */

interface Asked {
	readonly id: number;
	readonly method: string;
	readonly params?: { readonly progressToken?: string };
}

const say = (message: unknown): void => {
	process.send?.(message);
};

const answer = ({ id }: Asked, result: unknown): void => {
	say({ jsonrpc: "2.0", id, result });
};

const fail = ({ id }: Asked, data: unknown): void => {
	say({ jsonrpc: "2.0", id, error: { code: -32_000, message: "failed", data } });
};

const progress = ({ params }: Asked, value: unknown): void => {
	say({ jsonrpc: "2.0", method: "$/progress", params: { token: params?.progressToken, value } });
};

const log = (params: unknown): void => {
	say({ jsonrpc: "2.0", method: "log", params });
};

const generated = { ending: "complete" };
const text = (piece: unknown): unknown => ({
	kind: "text",
	channel: "reply",
	text: piece,
	answerTokens: 1,
});

async function write(stream: NodeJS.WriteStream, piece: string, times: number): Promise<void> {
	for (let time = 0; time < times; time += 1) {
		await new Promise((resolve) => stream.write(piece, resolve));
	}
}

const roles: Readonly<Record<string, (asked: Asked) => Promise<void> | void>> = {
	/** Answers with the JSON in its second argument. */
	answers: (asked) => {
		answer(asked, JSON.parse(process.argv[3] ?? "null"));
	},
	/** Fails with the JSON in its second argument. */
	fails: (asked) => {
		fail(asked, JSON.parse(process.argv[3] ?? "null"));
	},
	longLine: async (asked) => {
		await write(process.stdout, "x".repeat(1_000_000), 100);
		await write(process.stderr, "\nthe end\n", 1);
		answer(asked, generated);
	},
	manyLines: async (asked) => {
		await write(process.stderr, "a line\n".repeat(100_000), 30);
		answer(asked, generated);
	},
	malformedProgress: (asked) => {
		progress(asked, text("a"));
		for (const value of [null, 1, "text", {}, { kind: "haunt" }, text(7), { kind: "prefill" }]) {
			progress(asked, value);
		}
		progress(asked, { ...(text("b") as object), channel: "constructor" });
		progress(asked, { kind: "prefill", doneTokens: -1, totalTokens: 3 });
		progress(asked, text("c"));
		answer(asked, generated);
	},
	malformedMessages: (asked) => {
		for (const message of [null, 0, "text", [], {}, { id: asked.id }, { jsonrpc: "2.0" }]) {
			say(message);
		}
		say({ jsonrpc: "2.0", method: "$/cancelRequest" });
		say({ jsonrpc: "2.0", method: "$/progress" });
		say({ jsonrpc: "2.0", method: "$/progress", params: { token: "nobody's", value: 1 } });
		say({ jsonrpc: "2.0", method: "log" });
		say({ jsonrpc: "2.0", id: 1, method: "run", params: {} });
		say({ jsonrpc: "2.0", id: 999, result: generated });
		say({ jsonrpc: "2.0", id: String(asked.id), result: "early" });
		say({ jsonrpc: "2.0", id: null, error: { code: 1, message: "no id" } });
		for (const level of ["constructor", "toString", 3, null]) {
			log({ level, message: "of no level" });
		}
		log({ level: "info", message: { length: 3 } });
		answer(asked, generated);
		answer(asked, { ending: "stopped" });
		fail(asked, { kind: "internal", message: "late" });
	},
	progressFlood: (asked) => {
		for (let piece = 0; piece < 100_000; piece += 1) {
			progress(asked, text("ab"));
		}
		answer(asked, generated);
	},
	logFlood: (asked) => {
		log({ level: "warn", message: "m".repeat(5_000_000) });
		for (let line = 0; line < 100_000; line += 1) {
			log({ level: "info", message: `line ${line}` });
		}
		answer(asked, generated);
	},
	strayAnswers: (asked) => {
		for (let id = 0; id < 100_000; id += 1) {
			say({ jsonrpc: "2.0", id: 1_000_000 + id, result: generated });
		}
		answer(asked, generated);
	},
	leavesItsChannel: () => {
		process.disconnect();
		setInterval(() => undefined, 1000);
	},
	leavesItsPipes: () => {
		spawn(process.execPath, ["-e", "setTimeout(() => {}, 8000)"], {
			stdio: ["ignore", "inherit", "inherit"],
			detached: true,
		}).unref();
		process.exit(3);
	},
	neverEnds: (asked) => {
		process.on("SIGTERM", () => undefined);
		answer(asked, generated);
	},
};

let isFirst = true;
process.on("message", (message) => {
	const asked = message as Asked;
	if (isFirst && typeof asked.id === "number") {
		isFirst = false;
		void roles[process.argv[2] ?? ""]?.(asked);
	} else if (asked.method === "shutdown" && process.argv[2] !== "neverEnds") {
		process.exit(0);
	}
});
