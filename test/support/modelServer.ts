import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server of models on the loopback interface. */
export interface ModelServer {
	/** "http://127.0.0.1:1234" */
	readonly origin: string;
	/** Of the requests for the model so far: bytes sent and headers received. */
	readonly requests: readonly { readonly range: string; readonly authorization: string }[];
	/** Sends no more than this many bytes per 10 ms to each request. */
	bytesPerTick: number;
	close(): Promise<void>;
}

/**
 * Serves `content` under every path but /404…, /401… and /500…, which answer with that status, /unsized…, which does
 * not tell its size, /plain…, which sends on to an address of this machine that does not read as one, and /v2/…, which
 * names the file of a repository as Hugging Face does.
 */
export async function serveModel(content: Buffer): Promise<ModelServer> {
	const requests: { range: string; authorization: string }[] = [];
	const server = createServer((request, response) => {
		const status = /^\/(401|404|500)/.exec(request.url ?? "")?.[1];
		if (status !== undefined) {
			response.writeHead(Number(status)).end();
			return;
		}
		if (request.url?.startsWith("/plain") === true) {
			const { port } = server.address() as AddressInfo;
			response.writeHead(302, { location: `http://0.0.0.0:${port}/models/tiny.gguf` }).end();
			return;
		}
		if (request.url?.startsWith("/v2/") === true) {
			response.end(JSON.stringify({ ggufFile: { rfilename: "tiny-chat.Q8_0.gguf" } }));
			return;
		}
		if (request.url?.startsWith("/unsized") === true) {
			response.flushHeaders();
			response.end(request.method === "HEAD" ? undefined : content);
			return;
		}
		const { range = "", authorization = "" } = request.headers;
		requests.push({ range, authorization });
		sendRange(request, response, content, () => result.bytesPerTick);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const { port } = server.address() as AddressInfo;
	const result: ModelServer = {
		origin: `http://127.0.0.1:${port}`,
		requests,
		bytesPerTick: Infinity,
		close: async () => {
			server.closeAllConnections();
			server.close();
			await once(server, "close");
		},
	};
	return result;
}

function sendRange(
	request: IncomingMessage,
	response: ServerResponse,
	content: Buffer,
	bytesPerTick: () => number,
): void {
	const [, first = "0", last = ""] = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? "") ?? [];
	const start = Number(first);
	const end = last === "" ? content.length - 1 : Math.min(Number(last), content.length - 1);
	response.writeHead(request.headers.range === undefined ? 200 : 206, {
		"accept-ranges": "bytes",
		"content-length": end - start + 1,
		"content-type": "application/octet-stream",
		...(request.headers.range === undefined
			? {}
			: { "content-range": `bytes ${start}-${end}/${content.length}` }),
	});
	let next = start;
	const send = (): void => {
		if (response.destroyed) {
			return;
		}
		const until = Math.min(end + 1, next + bytesPerTick());
		response.write(content.subarray(next, until));
		next = until;
		if (next > end) {
			response.end();
		} else {
			setTimeout(send, 10);
		}
	};
	send();
}
