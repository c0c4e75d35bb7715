const hidden = "(path)";

const slashes = "[\\\\/]{1,8}";
/** A character of a name in a path. Apostrophes count only inside words, and parentheses only in pairs. */
const character =
	"(?:[^\\s\\\\/:*?\"'<>|“”‘’`()=;]|(?<=[\\p{L}\\d])['’](?=[\\p{L}\\d])|\\([^\\s\\\\/()]{0,40}\\)|(?<=[^\\s\\\\])\\\\ )";
const word = `${character}{1,255}`;
const folder = `${word}(?: ${word}){0,5}`;
/** The last name of a path: up to its extension, including blanks, or else up to the first blank. */
const file = `(?:(?:${word} ){0,4}${character}{1,200}?\\.[A-Za-z][A-Za-z\\d]{0,7}(?![\\p{L}\\d.])|[^\\s"“”‘’\`<>|)]*)`;
/** The name of a user's folder, which may end the path: up to a character that no name contains. */
const person =
	'[^\\\\/:*?"<>|“”()\\n=;,]{1,255}(?=[:*?"<>|“”()\\n=;]|,(?![^\\\\/:\\n]{0,100}[\\\\/])|$)';

/** The patterns of paths. Their order matters: later ones would match only a part of what earlier ones match. */
const paths: readonly RegExp[] = [
	// Quoted paths, up to the closing quote.
	/(?<=")(?:[a-z]:[\\/]|\\\\|\/[^\s"/]{1,255}\/)[^"\n]{0,1000}(?=")/giu,
	/(?<=(?<![\p{L}\d])')(?:[a-z]:[\\/]|\\\\|\/[^\s'/]{1,255}\/)[^'\n]{0,1000}(?=')/giu,
	/(?<=[“`])(?:[a-z]:[\\/]|\\\\|\/[^\s”`/]{1,255}\/)[^”`\n]{0,1000}(?=[”`])/giu,
	// URIs of files and of VS Code's documents.
	expression(`\\bfile:[\\\\/]{1,8}(?:[a-z]:${slashes})?(?:${folder}${slashes})*${file}`),
	/\b(?:file|vscode[\w-]*|untitled|git)(?::|%3A)(?:[\\/]|%2F|%5C)+[^\s"'<>“”)]*/giu,
	// Percent-encoded paths.
	/\b[a-z](?::|%3A)(?:%5C|%2F)[^\s"'<>“”)&]*/giu,
	/(?:%2F|%5C)(?:[^\s"'<>“”)&%]|%(?!2F|5C)){1,255}(?:%2F|%5C)[^\s"'<>“”)&]*/giu,
	// A user's folder without anything inside it.
	expression(`(?:\\b[a-z]:)?${slashes}(?:Users|Documents and Settings)${slashes}${person}`),
	// Drives and shares, with single or doubled slashes of either kind. Values such as HOMEPATH's have no drive.
	expression(`\\b[a-z]:${slashes}(?:${folder}${slashes})*${file}`),
	expression(
		`(?<![\\p{L}\\d\\\\:])\\\\{1,4}(?:[?.]\\\\{1,2})?(?:[a-z]:\\\\{1,2}|UNC\\\\{1,2})?(?:${folder}${slashes})+${file}`,
	),
	// Paths of other systems.
	expression(`(?<![\\p{L}\\d_./)\\]])/(?:${folder}/{1,8})+${file}`),
	expression(`(?<![\\p{L}\\d_./:)\\]])//(?:${folder}/{1,8})+${file}`),
	expression(`(?<![\\p{L}\\d_./)\\]])~[\\w.-]{0,64}${slashes}(?:${folder}${slashes})*${file}`),
	// Relative paths that contain a user's folder.
	expression(
		`(?<![\\p{L}\\d_.-])(?:Users|Documents and Settings|home)${slashes}${folder}${slashes}(?:${folder}${slashes})*${file}`,
	),
];

/** Removes absolute paths of any system from a text, including URIs, percent-encoded paths, and paths with blanks. */
export function withoutPaths(text: string): string {
	return paths.reduce((rest, pattern) => rest.replace(pattern, hidden), text);
}

function expression(source: string): RegExp {
	return new RegExp(source, "giu");
}
