import { toAbortSignal } from "../child/cancellation";
import { connectToHost } from "../child/hostConnection";
import { NextPieces, OpenImport } from "../protocol/import/chatImport";
import { ImportReading } from "./importReading";

/** Serves the extension host's requests over this process's IPC channel until the host ends the process or is gone. */
export function serveImports(): void {
	const { connection, answer } = connectToHost({
		onHostGone: () => {
			process.exit(0);
		},
	});
	let reading: ImportReading | undefined;
	connection.onRequest(OpenImport, ({ name, path }) =>
		answer(async () => {
			await reading?.close();
			reading = new ImportReading(name, path);
			return null;
		}),
	);
	connection.onRequest(NextPieces, (_, token) =>
		answer(() => {
			if (!reading) {
				throw new Error("The request came before a file was opened");
			}
			return reading.next(toAbortSignal(token));
		}),
	);
	connection.listen();
}
