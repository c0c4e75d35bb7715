import "./start/useTranslation";
import { ChatReplica } from "./state/chatReplica";
import { ChatAppElement } from "./components/chatApp";
import { reportFocus } from "./state/focusReport";
import { connectHostPort } from "./state/hostPort";
import { addIconFont } from "./start/iconFont";
import { replayEarly } from "./start/replayEarly";

// VS Code shows a page, and delivers messages to it, once everything has loaded that began to load before this event.
// The page requests the snapshot, which arrives while the page is drawn for the first time.
if (document.readyState === "complete") {
	addFont();
} else {
	window.addEventListener("load", addFont);
}
const app = document.querySelector("chat-app");
if (app instanceof ChatAppElement) {
	const port = connectHostPort();
	// It asks for the snapshot, which is on its way while the page is drawn for the first time.
	const store = new ChatReplica(port, () => performance.now());
	reportFocus(port);
	await app.updateComplete;
	app.connect(port, store);
	await app.updateComplete;
	await replayEarly(app.composer.textbox);
}

function addFont(): void {
	addIconFont(new URL("./codicon.ttf", import.meta.url));
}
