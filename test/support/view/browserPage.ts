import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../../scripts/lib/chromium.mjs";
import { chatViewHtml } from "../../../src/extension/view/chatViewHtml";

/** A page in a real Chromium that has loaded one of our scripts. */
export interface BrowserPage {
	readonly page: Page;
	/** Addresses that the page requested after it was loaded, except the parts of its script. */
	readonly requests: readonly string[];
	/** Everything else that left the page or indicates a problem: navigations, windows, dialogs, downloads, errors. */
	readonly incidents: readonly string[];
	close(): Promise<void>;
}

/** A language, and the sentences translated into it. */
export interface PageWords {
	readonly language: string;
	readonly translation: Readonly<Record<string, string>>;
}

/** The parts of a page besides its script. Paths are relative to the root of the repository. */
export interface BrowserPageParts {
	/** Style sheets that are inlined. */
	readonly styles?: readonly string[];
	/** Files that the page may request, by name. */
	readonly fonts?: readonly string[];
	/**
	 * The bundle that runs while the page is parsed. The default delays the page's `load` event until the script has run.
	 */
	readonly earlyScript?: string;
	/** The language of its sentences; English by default. */
	readonly words?: PageWords;
	/** Arguments for Chromium. */
	readonly browserArguments?: readonly string[];
}

/**
 * Opens the chat view's own page, as the host writes it, but with another script and other style sheets.
 *
 * @param script path of a TypeScript module, from the root of the repository
 * @param policy "view" keeps the page's content security policy; "none" removes it, so that only sanitizing prevents harm
 */
export async function openBrowserPage(
	script: string,
	policy: "view" | "none",
	{ styles = [], fonts = [], earlyScript, words, browserArguments = [] }: BrowserPageParts = {},
): Promise<BrowserPage> {
	const bundle = await build({
		entryPoints: [script],
		bundle: true,
		write: false,
		format: "esm",
		splitting: true,
		outdir: "/",
		entryNames: "page",
		chunkNames: "[name]-[hash]",
		target: "chrome128",
		logLevel: "warning",
	});
	const scripts = new Map(
		bundle.outputFiles.map((file) => [`/${path.basename(file.path)}`, file.text]),
	);
	const sheets = await Promise.all(styles.map((file) => readFile(file, "utf8")));
	const files = new Map(
		await Promise.all(
			fonts.map(async (file) => [`/${path.basename(file)}`, await readFile(file)] as const),
		),
	);
	const early = earlyScript === undefined ? loadScript : await readFile(earlyScript, "utf8");
	const html = (origin: string): string =>
		pageHtml({ origin, style: sheets.join("\n"), earlyScript: early, policy, words });
	const server = serve({ html, scripts, others: files });
	let browser: Browser | undefined;
	try {
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		browser = await launchChromium(...browserArguments);
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
		const requests: string[] = [];
		page.on("request", (request) => {
			if (!scripts.has(new URL(request.url()).pathname)) {
				requests.push(request.url());
			}
		});
		const opened = browser;
		return {
			page,
			requests,
			incidents: incidentsOf(page),
			close: async () => {
				await opened.close();
				server.close();
			},
		};
	} catch (error) {
		await browser?.close();
		server.close();
		throw error;
	}
}

function incidentsOf(page: Page): readonly string[] {
	const incidents: string[] = [];
	page.on("framenavigated", (frame) => incidents.push(`navigation to ${frame.url()}`));
	page.on("popup", (popup) => incidents.push(`window ${popup.url()}`));
	page.on("download", (download) => incidents.push(`download of ${download.url()}`));
	page.on("pageerror", (error) => incidents.push(`error ${error.message}`));
	page.on("console", (message) => incidents.push(`console ${message.text()}`));
	page.on("dialog", (dialog) => {
		incidents.push(`dialog ${dialog.message()}`);
		void dialog.dismiss();
	});
	return incidents;
}

/** Replaces itself with a script that delays the page's `load` event. */
const loadScript = `const script = document.createElement("script");
script.type = "module";
script.async = false;
script.nonce = document.currentScript.nonce;
script.src = document.currentScript.dataset.module;
document.head.append(script);
document.currentScript.remove();`;

interface ServedFiles {
	/** @param origin of the page */
	readonly html: (origin: string) => string;
	/** By address. The first to run is `/page.js`. */
	readonly scripts: ReadonlyMap<string, string>;
	/** By address. */
	readonly others: ReadonlyMap<string, Buffer>;
}

function serve({ html, scripts, others }: ServedFiles): Server {
	return createServer(({ url, headers }, response) => {
		const send = (type: string, text: string): void => {
			response.setHeader("content-type", `${type}; charset=utf-8`);
			response.end(text);
		};
		switch (url) {
			case "/":
				send("text/html", html(`http://${headers.host ?? ""}`));
				break;
			default: {
				const address = url?.split("?")[0] ?? "";
				const script = scripts.get(address);
				if (script !== undefined) {
					send("text/javascript", script);
					break;
				}
				const file = others.get(address);
				response.statusCode = file ? 200 : 404;
				response.end(file);
			}
		}
	});
}

interface PageParts {
	readonly origin: string;
	readonly style: string;
	readonly earlyScript: string;
	readonly policy: "view" | "none";
	readonly words: PageWords | undefined;
}

function pageHtml({ origin, style, earlyScript, policy, words }: PageParts): string {
	const html = chatViewHtml({
		cspSource: origin,
		nonce: "page",
		language: words?.language ?? "en",
		translation: words && JSON.stringify(words.translation),
		direction: "ltr",
		drawsDiagrams: true,
		style,
		earlyScript,
		scriptUri: "/page.js",
	});
	if (policy === "view") {
		return html;
	}
	const open = html.replace(/<meta http-equiv="Content-Security-Policy"[^>]*>\n/, "");
	assert.notEqual(open, html, "the page has a policy to take away");
	return open;
}
