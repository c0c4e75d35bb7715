import { once } from "node:events";
import { createServer } from "node:http";
import { connect, type AddressInfo, type Socket } from "node:net";

/** A proxy on the loopback interface. */
export interface Proxy {
	/** For example, "http://127.0.0.1:1234". */
	readonly address: string;
	/** The Proxy-Authorization header of each tunnel request. */
	readonly requests: readonly string[];
	/** The target of each tunnel request, such as "models.example:443". */
	readonly targets: readonly string[];
	close(): Promise<void>;
}

/**
 * Opens a proxy that tunnels to any target.
 *
 * @param origin where all tunnels lead instead, so that a server of the test can have any name
 */
export async function openProxy(origin?: string): Promise<Proxy> {
	const requests: string[] = [];
	const targets: string[] = [];
	const sockets = new Set<Socket>();
	const server = createServer();
	server.on("connect", ({ url = "", headers }, client: Socket) => {
		requests.push(headers["proxy-authorization"] ?? "");
		targets.push(url);
		const { hostname, port } = new URL(origin ?? `http://${url}`);
		const target = connect(Number(port), hostname, () => {
			client.write("HTTP/1.1 200 OK\r\n\r\n");
			target.pipe(client).pipe(target);
		});
		for (const socket of [client, target]) {
			sockets.add(socket);
			// Closing this end also closes the other one.
			socket.on("error", () => socket.destroy());
		}
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	return {
		address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
		requests,
		targets,
		close: async () => {
			for (const socket of sockets) {
				socket.destroy();
			}
			server.close();
			await once(server, "close");
		},
	};
}
