import assert from "node:assert/strict";
import type { ModelHub } from "../support/network/modelHub";
import { until } from "../support/until";
import { defaultModelName, openDefaultModelHub } from "./support/defaultModelHub";
import { describeInVsCode } from "./support/describeInVsCode";

const language = { id: "es", openChat: "Local LLM: Abrir chat", message: "Mensaje" };

describe("A first run in Spanish", () => {
	const machine: Record<string, string | undefined> = { "localLlm.model": undefined };
	let hub: ModelHub;

	before(async () => {
		hub = await openDefaultModelHub();
		machine["localLlm.modelEndpoint"] = hub.origin;
	});
	after(() => hub.close());

	describeInVsCode("with no model on the machine", { language, machine }, (window) => {
		it("asks before it downloads, and answers afterwards", async () => {
			const { chat, page } = window();
			await chat.send("Who are you?");
			const dialog = page
				.getByRole("dialog")
				.filter({ hasText: `¿Descargar ${defaultModelName}?` });
			await dialog.waitFor();
			const text = await dialog.innerText();
			assert.match(text, /2,3 MB de /);
			assert.match(text, /Licencia: llama3\.2/);
			assert.match(text, /Se guarda en \/.*models, donde hay \d+(,\d)? GB libres/);
			assert.match(text, /Lo que escribes nunca sale de este equipo\./);
			await window().screenshot("spanish-download-question");
			await dialog.getByRole("button", { name: "Descargar" }).click();
			await chat.text("I am a tiny demo model").waitFor();
		});
	});
});

describeInVsCode("VS Code in Spanish", { language }, (window) => {
	it("shows the chat in Spanish", async () => {
		const { messageBox } = window().chat;
		assert.equal(await messageBox.getAttribute("placeholder"), "Haz una pregunta");
		assert.equal(await messageBox.evaluate((box) => box.ownerDocument.documentElement.lang), "es");
	});

	it("greets in Spanish, and describes an answer in Spanish", async () => {
		const { chat } = window();
		await chat.text("Chatea con un modelo en tu equipo").waitFor();
		await chat.text("Se carga con tu primer mensaje").waitFor();
		await window().screenshot("spanish-empty");
		await chat.send("Who are you?");
		await chat.text("I am a tiny demo model").waitFor();
		await chat.text(/\d+ tokens · [\d.,]+ tokens\/s/).waitFor();
		await chat.button("Regenerar").waitFor();
		await window().screenshot("spanish-answer");
	});

	it("shows the settings dialog in Spanish", async () => {
		const { chat } = window();
		await chat.button("Configuración").click();
		await chat.text("Máximo de tokens nuevos").waitFor();
		await window().screenshot("spanish-settings");
		await chat.button("Cancelar").click();
	});

	it("says in Spanish why the model cannot be loaded, and what to do", async () => {
		const { chat } = window();
		await window().editMachineSettings({ "localLlm.model": "/models/missing.gguf" });
		await until("the chat names the model", async () =>
			(await chat.status.innerText()).includes("missing"),
		);
		await chat.send("Who are you?");
		await chat
			.text("El archivo de modelo /models/missing.gguf no existe. Restáuralo o elige otro modelo.")
			.waitFor();
		await chat.button("Seleccionar modelo").first().waitFor();
		await window().screenshot("spanish-failure");
	});

	it("shows its settings in Spanish", async () => {
		const { page, workbench } = window();
		await workbench.runCommand("Local LLM: Abrir configuración");
		await page
			.getByText("Instrucciones que el modelo recibe antes de cada chat.")
			.first()
			.waitFor();
	});
});
