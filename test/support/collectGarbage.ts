import { WebSocket } from "undici";
import { until } from "./until";

/** Where Node listens for a debugger after SIGUSR1. */
const inspector = "http://127.0.0.1:9229/json/list";

/** Makes a Node process collect its garbage, then closes its debugger. The port is fixed, so one process at a time. */
export async function collectGarbage(pid: number): Promise<void> {
	process.kill(pid, "SIGUSR1");
	const address = await until("the debugger of the process", debuggerOf);
	const socket = new WebSocket(address);
	await heard(socket, "open");
	await call(socket, 1, "HeapProfiler.collectGarbage", {});
	// This request gets no reply.
	socket.send(
		JSON.stringify({
			id: 2,
			method: "Runtime.evaluate",
			params: { expression: "setImmediate(() => process._debugEnd())" },
		}),
	);
	await heard(socket, "close");
}

async function debuggerOf(): Promise<string | undefined> {
	try {
		const [target] = (await (await fetch(inspector)).json()) as readonly {
			readonly webSocketDebuggerUrl: string;
		}[];
		return target?.webSocketDebuggerUrl;
	} catch {
		return undefined;
	}
}

async function call(socket: WebSocket, id: number, method: string, params: object): Promise<void> {
	const answered = new Promise<void>((resolve) => {
		socket.addEventListener("message", ({ data }) => {
			if ((JSON.parse(String(data)) as { readonly id?: number }).id === id) {
				resolve();
			}
		});
	});
	socket.send(JSON.stringify({ id, method, params }));
	await answered;
}

function heard(socket: WebSocket, event: "open" | "close"): Promise<void> {
	return new Promise((resolve) => {
		socket.addEventListener(event, () => {
			resolve();
		});
	});
}
