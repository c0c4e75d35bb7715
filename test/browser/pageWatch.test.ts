import assert from "node:assert/strict";
import { type BrowserPage, openBrowserPage } from "../support/view/browserPage";
import { until } from "../support/until";
import type { Examination, hostilePage as HostilePage } from "./hostilePage";

declare const hostilePage: typeof HostilePage;

/** Actions that the watch must detect, as if a sanitizer had let them through, and how the page shows each. */
const misdeeds: readonly (readonly [what: string, html: string, sign?: keyof Examination])[] = [
	["a script that runs automatically", "<img src=x onerror=pwned()>", "ran"],
	["a script that runs on a click", "<b onclick=pwned()>x</b>", "ran"],
	["a script in a URL", "<a href=javascript:pwned()>x</a>", "ran"],
	["a script in a frame", "<iframe srcdoc='<script>parent.pwned()</script>'></iframe>", "ran"],
	["a forbidden element", "<nav>x</nav>", "foreign"],
	["a forbidden attribute", "<p id=composer>x</p>", "foreign"],
	["an element that imitates one of ours", "<button class=md-code-button>x</button>", "foreign"],
	["SVG", "<svg></svg>", "foreign"],
	["a link with an address", "<a href=javascript:0>x</a>", "foreign"],
	[
		"a report of something other than a link",
		`<b onclick='document.dispatchEvent(new CustomEvent("open-link", { detail: { url: "command:x" } }))'>x</b>`,
		"reports",
	],
	["a change elsewhere in the page", "<b onclick='document.title = 1'>x</b>", "outside"],
	["a request", "<video src=http://attacker.invalid/a></video>"],
	["a request by a style", "<p style='background:url(//attacker.invalid/a)'>x</p>"],
	["a navigation", "<a href=#elsewhere>x</a>"],
	["a window", "<a href=/page.css target=_blank>x</a>"],
	["a download", "<a href=data:,x download=x>x</a>"],
	["a dialog", "<b onclick=alert()>x</b>"],
	["an error", "<b onclick='throw 1'>x</b>"],
];

describe("The watch over hostile pages", () => {
	let browser: BrowserPage;

	before(async function () {
		this.timeout(60_000);
		browser = await openBrowserPage("test/browser/hostilePage.ts", "none");
	});

	after(() => browser.close());

	/** The signs seen from outside, except for the watch's own probe and the browser's message about its failed load. */
	const signsOutside = (): number =>
		[...browser.requests, ...browser.incidents].filter(
			(sign) => !/\/probe\.png$|a status of 404\b/.test(sign),
		).length;

	for (const [what, html, sign] of misdeeds) {
		it(`detects ${what}`, async () => {
			const before = signsOutside();
			const seen = await browser.page.evaluate((text) => hostilePage.doHarm(text), html);
			if (sign) {
				assert.notDeepEqual(seen[sign], sign === "ran" ? 0 : []);
			} else {
				await until("it is seen", () => signsOutside() > before);
			}
		});
	}
});
