const hidden = "(path)";

const slashes = "[\\\\/]{1,8}";
/** Of a name in a path. An apostrophe is one inside a word, a bracket where it is closed. */
const character =
	"(?:[^\\s\\\\/:*?\"'<>|“”‘’`()=;]|(?<=[\\p{L}\\d])['’](?=[\\p{L}\\d])|\\([^\\s\\\\/()]{0,40}\\)|(?<=[^\\s\\\\])\\\\ )";
const word = `${character}{1,255}`;
const folder = `${word}(?: ${word}){0,5}`;
/** The last name: to its extension, blanks included, or else to the first blank. */
const file = `(?:(?:${word} ){0,4}${character}{1,200}?\\.[A-Za-z][A-Za-z\\d]{0,7}(?![\\p{L}\\d.])|[^\\s"“”‘’\`<>|)]*)`;
/** Whose folder it is, which may be the end of the path: to what can be in no name. */
const person =
	'[^\\\\/:*?"<>|“”()\\n=;,]{1,255}(?=[:*?"<>|“”()\\n=;]|,(?![^\\\\/:\\n]{0,100}[\\\\/])|$)';

/** In this order: the first take with them what the others would leave a part of. */
const paths: readonly RegExp[] = [
	// In quotation marks, to their end.
	/(?<=")(?:[a-z]:[\\/]|\\\\|\/[^\s"/]{1,255}\/)[^"\n]{0,1000}(?=")/giu,
	/(?<=(?<![\p{L}\d])')(?:[a-z]:[\\/]|\\\\|\/[^\s'/]{1,255}\/)[^'\n]{0,1000}(?=')/giu,
	/(?<=[“`])(?:[a-z]:[\\/]|\\\\|\/[^\s”`/]{1,255}\/)[^”`\n]{0,1000}(?=[”`])/giu,
	// Addresses of files, and of documents of VS Code.
	expression(`\\bfile:[\\\\/]{1,8}(?:[a-z]:${slashes})?(?:${folder}${slashes})*${file}`),
	/\b(?:file|vscode[\w-]*|untitled|git)(?::|%3A)(?:[\\/]|%2F|%5C)+[^\s"'<>“”)]*/giu,
	// Percent-encoded.
	/\b[a-z](?::|%3A)(?:%5C|%2F)[^\s"'<>“”)&]*/giu,
	/(?:%2F|%5C)(?:[^\s"'<>“”)&%]|%(?!2F|5C)){1,255}(?:%2F|%5C)[^\s"'<>“”)&]*/giu,
	// The folder of a person and nothing in it.
	expression(`(?:\\b[a-z]:)?${slashes}(?:Users|Documents and Settings)${slashes}${person}`),
	// Drives and shares, with any slashes, doubled ones too; what a variable such as HOMEPATH holds has no drive.
	expression(`\\b[a-z]:${slashes}(?:${folder}${slashes})*${file}`),
	expression(
		`(?<![\\p{L}\\d\\\\:])\\\\{1,4}(?:[?.]\\\\{1,2})?(?:[a-z]:\\\\{1,2}|UNC\\\\{1,2})?(?:${folder}${slashes})+${file}`,
	),
	// Those of other systems.
	expression(`(?<![\\p{L}\\d_./)\\]])/(?:${folder}/{1,8})+${file}`),
	expression(`(?<![\\p{L}\\d_./:)\\]])//(?:${folder}/{1,8})+${file}`),
	expression(`(?<![\\p{L}\\d_./)\\]])~[\\w.-]{0,64}${slashes}(?:${folder}${slashes})*${file}`),
	// Relative, with a person in it.
	expression(
		`(?<![\\p{L}\\d_.-])(?:Users|Documents and Settings|home)${slashes}${folder}${slashes}(?:${folder}${slashes})*${file}`,
	),
];

/** Takes out of a text absolute paths of any system, also as addresses and percent-encoded, with blanks in them. */
export function withoutPaths(text: string): string {
	return paths.reduce((rest, pattern) => rest.replace(pattern, hidden), text);
}

function expression(source: string): RegExp {
	return new RegExp(source, "giu");
}
