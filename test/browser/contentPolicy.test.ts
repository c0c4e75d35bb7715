import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { until } from "../support/until";
import type { hostilePage as HostilePage } from "./hostilePage";

declare const hostilePage: typeof HostilePage;

/** Scripts that do what the policy must stop, by the directive that stops them. */
const attempts: Readonly<Record<string, readonly (readonly [what: string, script: string])[]>> = {
	"script-src-elem": [
		["a script without the nonce", "add('script', { textContent: 'pwned()' })"],
		["a script in the extension's own folder without the nonce", "add('script', { src: '/a.js' })"],
		["a script with another nonce", "add('script', { nonce: 'other', textContent: 'pwned()' })"],
		["a script from elsewhere", "add('script', { src: 'http://attacker.invalid/a.js' })"],
		["a script in a URL", "add('a', { href: 'javascript:pwned()' }).click()"],
	],
	"script-src-attr": [["an event handler", "add('p', {}).setAttribute('onclick', 'pwned()')"]],
	"script-src": [
		["eval", "try { (0, eval)('pwned()') } catch {}"],
		["a function created from text", "try { new Function('pwned()')() } catch {}"],
		[
			"WebAssembly",
			"WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).catch(() => 0)",
		],
	],
	"style-src-elem": [
		["a style sheet in the page", "add('style', { textContent: 'p { color: red }' })"],
		[
			"a style sheet from elsewhere",
			"add('link', { rel: 'stylesheet', href: 'http://attacker.invalid/a.css' })",
		],
		[
			"a style sheet in a data URL",
			"add('link', { rel: 'stylesheet', href: 'data:text/css,p{}' })",
		],
	],
	"style-src-attr": [["a style attribute", "add('p', {}).setAttribute('style', 'color: red')"]],
	"font-src": [
		[
			"a font from elsewhere",
			"new FontFace('x', 'url(http://attacker.invalid/a.woff2)').load().catch(() => 0)",
		],
		["a font in a data URL", "new FontFace('x', 'url(data:font/woff2,x)').load().catch(() => 0)"],
	],
	"img-src": [
		["an image from elsewhere", "add('img', { src: 'http://attacker.invalid/a.png' })"],
		["an image in a data URL", "add('img', { src: 'data:image/svg+xml,<svg/>' })"],
		["an image that a script created", "add('img', { src: URL.createObjectURL(new Blob(['x'])) })"],
	],
	"base-uri": [
		["a base URL of another origin", "add('base', { href: 'http://attacker.invalid/' })"],
		["a base URL of the same origin", "add('base', { href: '/elsewhere/' })"],
	],
	"form-action": [
		["a form sent elsewhere", "add('form', { action: 'http://attacker.invalid/' }).submit()"],
		["a form sent to the page itself", "add('form', { action: '/' }).submit()"],
	],
	"connect-src": [
		["a request", "fetch('http://attacker.invalid/').catch(() => 0)"],
		["a request to the same origin", "fetch('/').catch(() => 0)"],
		["a socket", "try { new WebSocket('ws://attacker.invalid') } catch {}"],
		["a beacon", "navigator.sendBeacon('http://attacker.invalid/')"],
	],
	"frame-src": [
		["a frame from elsewhere", "add('iframe', { src: 'http://attacker.invalid/' })"],
		["a frame of the same origin", "add('iframe', { src: '/' })"],
		["a frame in a data URL", "add('iframe', { src: 'data:text/html,x' })"],
	],
	"object-src": [
		["an object", "add('object', { data: '/a' })"],
		["a plug-in", "add('embed', { src: '/a' })"],
	],
	"media-src": [
		["a video", "add('video', { src: '/a' })"],
		["a sound", "new Audio('/a').load()"],
	],
	"worker-src": [["a worker", "try { new Worker('/a.js') } catch {}"]],
};

describe("The page's content security policy", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openBrowserPage("test/browser/hostilePage.ts", "view");
	});

	after(() => browser.close());

	afterEach(async () => {
		// Removing an element can cause another report: the browser requests images again when a base element is removed.
		await browser.page.evaluate(async () => {
			document.body.replaceChildren();
			await hostilePage.harm();
		});
	});

	for (const [directive, scripts] of Object.entries(attempts)) {
		for (const [what, script] of scripts) {
			it(`stops ${what} (${directive})`, async () => {
				// The policy does not apply to code that a debugger evaluates, but to the tasks that such code starts.
				await browser.page.evaluate(`setTimeout(() => {
					const add = (name, properties) => {
						const element = Object.assign(document.createElement(name), properties);
						document.body.append(element);
						return element;
					};
					${script}
				})`);
				const stopped = await until("a violation is reported", async () => {
					const { ran, violations } = await browser.page.evaluate(() => hostilePage.harm());
					assert.equal(ran, 0);
					return violations.length > 0 ? violations : undefined;
				});
				const directives = stopped.map((violation) => violation.split(" ")[0]);
				assert.deepEqual([...new Set(directives)], [directive]);
				assert.match(browser.page.url(), /^http:\/\/127\.0\.0\.1:\d+\/$/);
			});
		}
	}
});
