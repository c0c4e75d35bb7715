import { ChatStore } from "./chatStore";
import { ChatApp } from "./components/chatApp";
import { connectToHost } from "./hostPort";

const app = document.querySelector("chat-app");
if (app instanceof ChatApp) {
	const port = connectToHost();
	await app.updateComplete;
	app.connect(port, new ChatStore(port, () => performance.now()));
}
