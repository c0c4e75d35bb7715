import { Socket } from "node:net";

/*
 * For `node --require`: writes a line to the error output for every connection that the process opens, whichever library
 * opens it.
 */

type Connect = (this: Socket, ...parameters: unknown[]) => Socket;

const connect = Reflect.get(Socket.prototype, "connect") as Connect;
const reportAndConnect: Connect = function (...parameters) {
	process.stderr.write("a connection is opened\n");
	return connect.apply(this, parameters);
};
Reflect.set(Socket.prototype, "connect", reportAndConnect);
