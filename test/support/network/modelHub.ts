import { createHash } from "node:crypto";
import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A fault in one response that carries a file. */
export type Fault =
	| { readonly kind: "status"; readonly status: number; readonly retryAfter?: string }
	/** The connection closes after this many bytes. */
	| { readonly kind: "cut"; readonly afterBytes: number }
	/** Nothing arrives after this many bytes, and the connection stays open. */
	| { readonly kind: "stall"; readonly afterBytes: number }
	| { readonly kind: "ignoreRange" }
	/** The response states and sends this many bytes more. */
	| { readonly kind: "longer"; readonly bytes: number };

/** A file of a repository, and what the hub says about it. */
export interface HubFile {
	readonly content: Buffer;
	/** Replaces the true size. */
	readonly statedBytes?: number;
	readonly statedSha256?: string;
}

export interface HubRequest {
	readonly server: "hub" | "cdn";
	readonly path: string;
	readonly range: string;
	readonly authorization: string;
	/** Bytes of the file that were handed to the connection. */
	sentBytes: number;
}

/** The commit that all branches point to. */
const commit = "0123456789abcdef0123456789abcdef01234567";

/**
 * A model hub on the loopback interface. It serves Hugging Face's routes for metadata and files, redirects files to a
 * separate server as Hugging Face does, and serves plain addresses under /web. Tests script its faults.
 */
export class ModelHub {
	/** By "owner/repository", then by path. */
	readonly repositories = new Map<string, ReadonlyMap<string, HubFile>>();
	readonly requests: HubRequest[] = [];
	/** One fault for each response that carries a file, in order. */
	readonly faults: Fault[] = [];
	/** Answers every metadata request with this status. */
	metadataStatus: number | undefined;
	/** Files require this token. */
	token: string | undefined;
	/** Files are redirected here instead of to the server that has them. */
	redirect: string | undefined;
	/** Requests are accepted, and never answered. */
	isSilent = false;
	/** Adds to, or replaces, the description of a repository. */
	readonly #described = new Map<string, Readonly<Record<string, unknown>>>();
	/** The Link header of each file listing. */
	nextPage: string | undefined;
	/** Answers each file listing instead of the hub. */
	answerListing: ((response: ServerResponse) => void) | undefined;
	/** Bytes sent per 10 ms to each request. */
	bytesPerTick = Infinity;
	/** Responses that carry a file and have not ended. */
	openResponses = 0;
	readonly #hub: Server;
	readonly #cdn: Server;

	private constructor() {
		this.#hub = createServer((request, response) => {
			this.#answerHub(request, response);
		});
		this.#cdn = createServer((request, response) => {
			const [, repository = "", file = ""] = /^\/([^/]+\/[^/]+)\/(.+)$/.exec(pathOf(request)) ?? [];
			this.#sendFile("cdn", request, response, this.#find(repository, file));
		});
	}

	static async open(): Promise<ModelHub> {
		const hub = new ModelHub();
		await Promise.all([listen(hub.#hub), listen(hub.#cdn)]);
		return hub;
	}

	/** For example, "http://127.0.0.1:1234". */
	get origin(): string {
		return originOf(this.#hub);
	}

	get host(): string {
		return new URL(this.origin).host;
	}

	/** File bytes sent in total. */
	get sentBytes(): number {
		return this.requests.reduce((total, { sentBytes }) => total + sentBytes, 0);
	}

	/** Adds files to a repository, by their paths. */
	add(repository: string, files: Readonly<Record<string, HubFile>>): void {
		this.repositories.set(repository, new Map(Object.entries(files)));
	}

	/** Adds to, or replaces, what the hub says about a repository. */
	describe(repository: string, said: Readonly<Record<string, unknown>>): void {
		this.#described.set(repository, said);
	}

	async close(): Promise<void> {
		await Promise.all(
			[this.#hub, this.#cdn].map(async (server) => {
				if (server.listening) {
					server.closeAllConnections();
					server.close();
					await once(server, "close");
				}
			}),
		);
	}

	#answerHub(request: IncomingMessage, response: ServerResponse): void {
		const path = pathOf(request);
		const [, api, name = "", kind, rest = ""] =
			/^\/(api\/models\/)?([^/]+\/[^/]+)\/(revision|tree|resolve)\/(.+)$/.exec(path) ?? [];
		if (path.startsWith("/web/")) {
			const file = this.#find("web/web", path.slice("/web/".length));
			this.#sendFile("hub", request, response, file, { etag: `"${sha256(file?.content)}"` });
			return;
		}
		this.#note("hub", request);
		if (this.isSilent) {
			return;
		}
		if (path === "/api/models") {
			this.#search(request, response);
			return;
		}
		const files = this.repositories.get(name);
		if (!files) {
			// Hugging Face answers requests without an account like this.
			response.writeHead(401, { "x-error-code": "RepoNotFound" }).end();
		} else if (api && this.metadataStatus !== undefined) {
			response.writeHead(this.metadataStatus).end();
		} else if (kind === "revision") {
			sendJson(response, describeRepository(name, this.token !== undefined));
		} else if (kind === "tree" && this.answerListing) {
			this.answerListing(response);
		} else if (kind === "tree") {
			if (this.nextPage !== undefined) {
				response.setHeader("link", `<${this.nextPage}>; rel="next"`);
			}
			sendJson(
				response,
				[...files].map(([file, content]) => describeFile(file, content)),
			);
		} else {
			this.#redirect(request, response, name, rest.slice(rest.indexOf("/") + 1));
		}
	}

	/** Answers with the repositories whose names contain all words, in any order. The client sorts them. */
	#search({ url = "" }: IncomingMessage, response: ServerResponse): void {
		if (this.metadataStatus !== undefined) {
			response.writeHead(this.metadataStatus).end();
			return;
		}
		const words = (new URL(url, this.origin).searchParams.get("search") ?? "").toLowerCase();
		const names = [...this.repositories.keys()].filter((name) =>
			words.split(/\s+/).every((word) => name.toLowerCase().includes(word)),
		);
		sendJson(
			response,
			names.map((name) => ({
				...describeRepository(name, false),
				...this.#described.get(name),
			})),
		);
	}

	#redirect(request: IncomingMessage, response: ServerResponse, name: string, file: string): void {
		if (this.token !== undefined && request.headers.authorization !== `Bearer ${this.token}`) {
			response.writeHead(401, { "x-error-code": "GatedRepo" }).end();
			return;
		}
		const location = this.redirect ?? `${originOf(this.#cdn)}/${name}/${file}?signature=secret`;
		response.writeHead(302, { location }).end();
	}

	#sendFile(
		server: "hub" | "cdn",
		request: IncomingMessage,
		response: ServerResponse,
		file: HubFile | undefined,
		headers: Readonly<Record<string, string>> = {},
	): void {
		const noted = this.#note(server, request);
		// A request for the first byte is only a probe, and consumes no fault.
		const fault = noted.range === "bytes=0-0" ? undefined : this.faults.shift();
		if (!file || fault?.kind === "status") {
			const retryAfter = fault?.kind === "status" ? fault.retryAfter : undefined;
			const status = fault?.kind === "status" ? fault.status : 404;
			response
				.writeHead(status, retryAfter === undefined ? {} : { "retry-after": retryAfter })
				.end();
			return;
		}
		const content =
			fault?.kind === "longer"
				? Buffer.concat([file.content, Buffer.alloc(fault.bytes)])
				: file.content;
		const [, first, last] = /^bytes=(\d+)-(\d*)$/.exec(noted.range) ?? [];
		const isPart = first !== undefined && fault?.kind !== "ignoreRange";
		const start = isPart ? Number(first) : 0;
		if (isPart && start >= content.length) {
			response.writeHead(416, { "content-range": `bytes */${content.length}` }).end();
			return;
		}
		const end = isPart && last ? Math.min(Number(last) + 1, content.length) : content.length;
		response.writeHead(isPart ? 206 : 200, {
			...headers,
			"content-length": end - start,
			...(isPart ? { "content-range": `bytes ${start}-${end - 1}/${content.length}` } : {}),
		});
		this.#pour(response, content.subarray(start, end), fault, noted);
	}

	#pour(
		response: ServerResponse,
		content: Buffer,
		fault: Fault | undefined,
		noted: HubRequest,
	): void {
		this.openResponses += 1;
		response.once("close", () => {
			this.openResponses -= 1;
		});
		const limit = fault?.kind === "cut" || fault?.kind === "stall" ? fault.afterBytes : Infinity;
		let next = 0;
		const send = (): void => {
			if (response.destroyed) {
				return;
			}
			const until = Math.min(content.length, limit, next + Math.min(this.bytesPerTick, 1 << 18));
			const flushed = response.write(content.subarray(next, until));
			noted.sentBytes += until - next;
			next = until;
			if (next >= content.length) {
				response.end();
			} else if (next >= limit) {
				if (fault?.kind === "cut") {
					setImmediate(() => response.destroy());
				}
			} else if (this.bytesPerTick < Infinity) {
				setTimeout(send, 10);
			} else if (flushed) {
				setImmediate(send);
			} else {
				response.once("drain", send);
			}
		};
		send();
	}

	#find(repository: string, file: string): HubFile | undefined {
		return this.repositories.get(repository)?.get(decodeURIComponent(file));
	}

	#note(server: "hub" | "cdn", request: IncomingMessage): HubRequest {
		const { range = "", authorization = "" } = request.headers;
		const noted = { server, path: request.url ?? "", range, authorization, sentBytes: 0 };
		this.requests.push(noted);
		return noted;
	}
}

export function sha256(content: Buffer | undefined): string {
	return createHash("sha256")
		.update(content ?? "")
		.digest("hex");
}

function describeRepository(name: string, gated: boolean): Readonly<Record<string, unknown>> {
	return {
		_id: "0",
		id: name,
		sha: commit,
		tags: ["gguf", "license:llama3.2"],
		private: false,
		gated,
		likes: 0,
		downloads: 0,
		lastModified: "2026-01-01T00:00:00.000Z",
	};
}

function describeFile(path: string, { content, statedBytes, statedSha256 }: HubFile): unknown {
	const size = statedBytes ?? content.length;
	const oid = statedSha256 ?? sha256(content);
	return { type: "file", path, size, oid: commit, lfs: { oid, size, pointerSize: 135 } };
}

function sendJson(response: ServerResponse, value: unknown): void {
	response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(value));
}

function pathOf({ url = "" }: IncomingMessage): string {
	return url.replace(/\?.*$/s, "");
}

async function listen(server: Server): Promise<void> {
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
}

function originOf(server: Server): string {
	return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
