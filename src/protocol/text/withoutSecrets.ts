import { hidden, withoutAddressSecrets } from "./addressSecrets";

/** Shorter secrets would match ordinary words. In addresses and headers, their position gives them away. */
const shortestKnown = 4;

interface Rule {
	readonly pattern: RegExp;
	readonly replacement: string | ((match: string, ...groups: string[]) => string);
}

/** Every repetition in a pattern is bounded, or its match is consumed, so that hostile text takes linear time. */
const rules: readonly Rule[] = [
	{
		pattern: /-----BEGIN [^-]{0,40}PRIVATE KEY-----[\s\S]*?(?:-----END [^-]{0,40}-----|$)/g,
		replacement: hidden,
	},
	// A key of which only the end is present, or a line from its middle.
	{
		pattern: /(?:^[A-Za-z\d+/=]{16,100}\n){1,1000}(-----END [^-]{0,40}PRIVATE KEY-----)?/gm,
		replacement: hideWhole,
	},
	{
		pattern: /^(?=.*[A-Z])(?=.*[a-z])(?=.*\d)[A-Za-z\d+/]{60,76}={0,2}$/gm,
		replacement: hidden,
	},
	// Headers, up to the end of the quotation or of the line.
	{
		pattern:
			/\b((?:proxy-)?authorization|(?:set-)?cookie2?|x-[\w-]{0,40}(?:token|key|secret|auth|signature|credential)[\w-]{0,40})(\\?["'`]?[ \t]{0,8}(?:=>|[:=])[ \t]{0,8}|["'`][ \t]{0,8},[ \t]{0,8})(?:\\?"(?:[^"\\\n]|\\[^"])*\\?"|'(?:[^'\\\n]|\\.)*'|`[^`\n]*`|(?![ \t]*…)[^\n]+)/gi,
		replacement: `$1$2${hidden}`,
	},
	// Command-line arguments, and elements.
	{
		pattern:
			/((?:^|\s)--?[a-z-]{0,40}(?:token|passw(?:or)?d|secret|api-?key|auth|user|u)\s+)(?![-\d])\S+/gi,
		replacement: `$1${hidden}`,
	},
	{
		pattern:
			/(<([\w:-]{0,40}(?:token|passw(?:or)?d|secret|key|signature)[\w:-]{0,40})>)[^<\n]+(?=<\/)/gi,
		replacement: `$1${hidden}`,
	},
	{ pattern: /\b(bearer)\s+(?!tokens?\b|…)[^\s"',;<>]+/gi, replacement: `$1 ${hidden}` },
	{
		pattern:
			/\b([Bb]asic|BASIC|[Dd]igest|[Nn]egotiate|NTLM|[Tt]oken|[Aa]pi[Kk]ey)\s+(?!\d+\b)(?=[\w+/.~-]{0,200}(?:\d|[a-z][A-Z]|=))[\w+/.~=-]{6,}/g,
		replacement: `$1 ${hidden}`,
	},
	{
		pattern: /\b(tokens?\b["':=]{0,2}\s{0,2}["']?)(?:hf|api_org)_\w+/gi,
		replacement: `$1${hidden}`,
	},
	{ pattern: tokenShapes(), replacement: hidden },
	// JSON Web Tokens.
	{
		pattern: /(?<![A-Za-z\d])eyJ[\w-]{8,}(\.[\w-]{4,}(?:\.[\w-]*){0,3})?/g,
		replacement: hideWhole,
	},
	{
		pattern:
			/\b([A-Z][A-Z\d_]{0,64}_(?:KEY|AUTH|CREDS?|PAT|JWT|DSN)\s?[=:]\s?)(?!…|\d{1,6}\b)(?:"[^"\n]*"|'[^'\n]*'|[^\s,;&]+)/g,
		replacement: `$1${hidden}`,
	},
	{ pattern: /\b(login\s+\S{1,200}\s+password\s+)\S+/g, replacement: `$1${hidden}` },
	// A passphrase may contain blanks.
	{ pattern: namedValue("passw(?:or)?d|passphrase|passwd", "\\n;&"), replacement: hideStrong },
	{ pattern: namedValue(strongNames(), "\\s;&,"), replacement: hideStrong },
	{ pattern: namedValue(weakNames(), "\\s;&,"), replacement: hideWeak },
];

/**
 * Removes everything that grants access from a text: names and passwords in addresses, their queries, tokens, keys, and
 * the values of headers and variables that hold secrets. All text of foreign origin passes through it before it is
 * shown, logged, or stored. `withoutNames` removes what identifies a person.
 *
 * @param known secrets to remove wherever they occur
 */
export function withoutSecrets(text: string, known: readonly string[] = []): string {
	const withoutKnown = known
		.filter((secret) => secret.length >= shortestKnown)
		.reduce((rest, secret) => rest.replaceAll(secret, hidden), text);
	return rules.reduce(
		(rest, { pattern, replacement }) =>
			typeof replacement === "string"
				? rest.replace(pattern, replacement)
				: rest.replace(pattern, replacement),
		withoutAddressSecrets(withoutKnown),
	);
}

/** Returns a pattern of the tokens and keys of known services. */
function tokenShapes(): RegExp {
	const shapes = [
		// Hugging Face. "hf_models" is a folder, not a token.
		"hf_(?=[A-Za-z]*[A-Z\\d])[A-Za-z\\d]{8,}",
		"hf_[A-Za-z\\d]{10,}",
		"api_org_[A-Za-z\\d]{8,}",
		"gh[opsur]_[A-Za-z\\d]{16,}",
		"github_pat_\\w{16,}",
		"glpat-[\\w-]{16,}",
		"sk-[\\w-]{16,}",
		"gsk_\\w{16,}",
		"nvapi-[\\w-]{16,}",
		"r8_\\w{16,}",
		"xox[a-z]-[\\w-]{8,}",
		"npm_[A-Za-z\\d]{16,}",
		"pypi-[\\w-]{16,}",
		"A(?:KI|SI)A[A-Z\\d]{12,}",
		"AIza[\\w-]{20,}",
		"ya29\\.[\\w.-]{8,}",
	];
	return new RegExp(`(?<![A-Za-z\\d])(?:${shapes.join("|")})`, "g");
}

/** Returns the names whose values are always secrets. */
function strongNames(): string {
	return "pwd|secret|credentials?|api[_-]?key|(?:access|private|account|client|encryption|master|session|storage)[_-]?key|connection[_-]?string|(?:access|auth|refresh|id|hf|hub|hugging_?face|api|security|session|csrf|github|gitlab|npm|bot|user)[_-]?token|key-pair-id|x-amz-[a-z-]+|x-goog-[a-z-]+";
}

/**
 * Returns the names whose values may be secrets, but are not in the engine's output: "EOS token = 2", "n_tokens: 512".
 */
function weakNames(): string {
	return "token(?![a-z])|pass(?![a-z])|auth|signature|sig|policy|jwt|session(?:[_-]?id)?";
}

/**
 * Matches a name that ends in or begins with one of `names`, an assignment sign, and the value.
 *
 * @param ends characters, as in a character class, that end a value without quotation marks
 */
function namedValue(names: string, ends: string): RegExp {
	const name = `(?<![\\w.-])((?:[\\w.-]{0,64}[\\w.-])?(?:${names})(?:[_-]\\w{0,40})?)`;
	const mark = `(\\\\?["'\`]?[ \\t]{0,8}(?:=>|:=|[:=]|%3D)[ \\t]{0,8})`;
	const value = `(\\\\?"(?:[^"\\\\\\n]|\\\\[^"])*\\\\?"|'(?:[^'\\\\\\n]|\\\\.)*'|[^${ends}"'\`<>]+)`;
	return new RegExp(name + mark + value, "gi");
}

/**
 * @param end the end of a secret; a match without it is not a secret, and exists only so that no search starts inside
 * it
 */
function hideWhole(match: string, end: string | undefined): string {
	return end === undefined ? match : hidden;
}

function hideStrong(match: string, name: string, mark: string, value: string): string {
	return isPlain(value) || (/token/i.test(name) && /^\d{1,9}$/.test(value))
		? match
		: `${name}${mark}${hidden}`;
}

function hideWeak(match: string, name: string, mark: string, value: string): string {
	const isAssigned = /^["'`]?(?:=|%3D)$/.test(mark) || /^\\?["']/.test(value);
	const looksRandom =
		value.length >= 20 || (value.length >= 6 && /\d/.test(value) && /[a-z]/i.test(value));
	return isPlain(value) || !(isAssigned || looksRandom) ? match : `${name}${mark}${hidden}`;
}

/**
 * Returns whether a value is not a secret: a number, a switch, one of the model's special tokens, or an already hidden
 * value.
 */
function isPlain(value: string): boolean {
	return /^["']?(?:|[-+]?\d{1,12}(?:\.\d+)?|true|false|null|undefined|none|yes|no|on|off|[<(…].*)["']?[.,)\]}]*$/i.test(
		value,
	);
}
