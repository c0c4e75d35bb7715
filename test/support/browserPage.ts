import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import type { Browser, Page } from "playwright-core";
import { launchChromium } from "../../scripts/lib/chromium.mjs";

/** A page in a real Chromium that has loaded one script of ours. */
export interface BrowserPage {
	readonly page: Page;
	/** Addresses that the page asked for after it was loaded. */
	readonly requests: readonly string[];
	close(): Promise<void>;
}

/** The view's own policy, as its page declares it. */
const viewPolicy =
	"default-src 'none'; script-src 'nonce-page'; style-src 'self'; font-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'";

/**
 * Opens a blank page that runs `script`.
 *
 * @param script path from the root of the repository of a TypeScript module.
 * @param policy "view" guards the page as VS Code's view is guarded; "none" leaves sanitising alone to stop harm.
 * @param styles paths from the root of the repository of the style sheets that it loads.
 */
export async function openBrowserPage(
	script: string,
	policy: "view" | "none",
	styles: readonly string[] = [],
): Promise<BrowserPage> {
	const bundle = await build({
		entryPoints: [script],
		bundle: true,
		write: false,
		format: "iife",
		target: "chrome128",
		logLevel: "warning",
	});
	const sheets = await Promise.all(styles.map((path) => readFile(path, "utf8")));
	const server = serve(
		bundle.outputFiles[0]?.text ?? "",
		sheets.join("\n"),
		policy === "view" ? viewPolicy : undefined,
	);
	let browser: Browser | undefined;
	try {
		await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
		browser = await launchChromium();
		const page = await browser.newPage();
		await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
		const requests: string[] = [];
		page.on("request", (request) => requests.push(request.url()));
		const opened = browser;
		return {
			page,
			requests,
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

function serve(script: string, style: string, policy: string | undefined): Server {
	return createServer(({ url }, response) => {
		switch (url) {
			case "/":
				response.setHeader("content-type", "text/html; charset=utf-8");
				if (policy !== undefined) {
					response.setHeader("content-security-policy", policy);
				}
				response.end(
					'<!doctype html><link rel="icon" href="data:,"><link rel="stylesheet" href="/page.css"><body><script nonce="page" src="/page.js"></script>',
				);
				break;
			case "/page.js":
				response.setHeader("content-type", "text/javascript; charset=utf-8");
				response.end(script);
				break;
			case "/page.css":
				response.setHeader("content-type", "text/css; charset=utf-8");
				response.end(style);
				break;
			default:
				response.statusCode = 404;
				response.end();
		}
	});
}
