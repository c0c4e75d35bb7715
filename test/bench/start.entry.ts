import { BenchServer } from "./start/benchServer";
import { measureLoop } from "./start/loopDelays";
import { measureOpenings } from "./start/openings";
import { measureTyping } from "./start/typing";

/** Windows of each kind: the smallest number with a useful median. */
const rounds = 5;

/** Measures the extension in a real VS Code, through Chromium. Prints one line of JSON. */
async function main(only: string | undefined): Promise<void> {
	const figures: Record<string, unknown> = { rounds };
	const parts: Record<string, () => Promise<unknown>> = {
		openings: () => withServer("emptyView", (server) => measureOpenings(server, rounds)),
		typing: () =>
			withServer("emptyView", (server) =>
				server.inNewWindow(async (page, workbench) => {
					await workbench.runCommand("Local LLM: Open Chat");
					return measureTyping(page);
				}),
			),
		loop: () =>
			withServer("loopProbe", (server) =>
				server.inNewWindow(async (page, workbench) => {
					await workbench.runCommand("Local LLM: Open Chat");
					return measureLoop(page, server.probeSocket);
				}),
			),
	};
	for (const [name, measure] of Object.entries(parts)) {
		if (only === undefined || only === name) {
			figures[name] = await measure();
		}
	}
	process.stdout.write(`${JSON.stringify(figures)}\n`);
}

async function withServer<R>(
	extension: string,
	work: (server: BenchServer) => Promise<R>,
): Promise<R> {
	const server = await BenchServer.start(extension);
	try {
		return await work(server);
	} finally {
		await server.stop();
	}
}

void main(process.argv[2]);
