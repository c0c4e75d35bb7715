import { monitorEventLoopDelay } from "node:perf_hooks";
import { mkdtemp, rm, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { systemClock } from "../../src/extension/base/clock";
import { importChats } from "../../src/extension/exchange/importChats";
import { ImportProcess } from "../../src/extension/exchange/importReader";
import { openChatLibrary } from "../../src/extension/storage/openChatLibrary";
import { writeChatGptExport } from "../support/exchange/chatGptExport";
import { FakeExchangeDialogs } from "../support/exchange/fakeExchangeDialogs";
import { importModule } from "../support/exchange/importing";
import { peakOf } from "../support/processes";
import { RecordedLog } from "../support/recordedLog";

const sampleMs = 50;

/** Imports an export of `megabytes` megabytes into chat files. Prints one line of JSON. */
async function main(megabytes: number): Promise<void> {
	const folder = await mkdtemp(path.join(os.tmpdir(), "import-bench-"));
	try {
		const file = path.join(folder, "conversations.json");
		const conversations = await writeChatGptExport(file, megabytes * 1_000_000);
		const reader = new ImportProcess(importModule, new RecordedLog());
		const dialogs = new FakeExchangeDialogs();
		dialogs.imports = [
			{
				name: "conversations.json",
				onDisk: () => Promise.resolve({ path: file, release: () => Promise.resolve() }),
			},
		];
		const log = new RecordedLog();
		const library = openChatLibrary({
			folder: path.join(folder, "chats"),
			clock: systemClock,
			log,
		});
		let childBytes = 0;
		let hostBytes = 0;
		const before = process.memoryUsage().rss;
		const sampling = setInterval(() => {
			hostBytes = Math.max(hostBytes, process.memoryUsage().rss - before);
			if (reader.pid !== undefined) {
				childBytes = Math.max(childBytes, peakOf(reader.pid));
			}
		}, sampleMs);
		const delay = monitorEventLoopDelay({ resolution: 1 });
		delay.enable();
		const startedAt = performance.now();
		await importChats({
			library,
			dialogs,
			createReader: () => reader,
			showHistory: () => undefined,
			nowMs: () => Date.now(),
		});
		const seconds = (performance.now() - startedAt) / 1000;
		delay.disable();
		clearInterval(sampling);
		const figures = {
			megabytes: Math.round((await stat(file)).size / 1e6),
			conversations,
			seconds: Number(seconds.toFixed(1)),
			stallP50Ms: Number((delay.percentile(50) / 1e6).toFixed(1)),
			stallP99Ms: Number((delay.percentile(99) / 1e6).toFixed(1)),
			longestStallMs: Number((delay.max / 1e6).toFixed(1)),
			childBytes,
			hostGrowthBytes: hostBytes,
			told: dialogs.told[0],
		};
		process.stdout.write(`${JSON.stringify(figures)}\n`);
		library.dispose();
	} finally {
		await rm(folder, { recursive: true, force: true });
	}
	process.exit(0);
}

void main(Number(process.argv[2] ?? 500));
