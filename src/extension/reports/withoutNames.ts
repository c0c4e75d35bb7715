import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { withoutPaths } from "./withoutPaths";

/** The shortest name that is removed. A single letter would match ordinary words. */
const shortestName = 2;
/** The shortest part of a name that is removed. */
const shortestPart = 3;

/** Environment variables in the output of programs. Their values may identify the user or the machine. */
const variables: readonly RegExp[] = [
	/^(\s*(?:export |declare -x |set |setenv )?(?:[A-Z_][A-Z\d_]+|(?:https?|no|all|ftp)_proxy)=)(?!\s)(.+)$/gm,
	/\b([A-Z][A-Z\d_]{2,}=)(?!\s)("[^"\n]*"|'[^'\n]*'|[^\s,;|)]+)/g,
	/\b((?:USER(?:NAME|DOMAIN)?|LOGNAME|SUDO_USER|(?:HOST|COMPUTER)NAME|GIT_(?:AUTHOR|COMMITTER)_NAME)\\?["']?[ \t]*:[ \t]*)(\\?"[^"\n]*"|'[^'\n]*'|[^,;\n}]+)/g,
];
const switchOrNumber = /^["']?(?:[\d.,x|-]{1,12}|true|false|yes|no|on|off|…)["']?$/i;
const mailAddress = /[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-z]{2,}/gi;

/**
 * Cleans a text for a public bug report. It removes secrets and everything that identifies the author: absolute paths,
 * values of environment variables, email addresses, and `names` wherever they are whole words.
 */
export function withoutNames(text: string, names: readonly string[]): string {
	const withoutVariables = variables.reduce(
		(rest, pattern) =>
			rest.replace(pattern, (match, name: string, value: string) =>
				switchOrNumber.test(value) ? match : `${name}…`,
			),
		withoutSecrets(text),
	);
	return names
		.flatMap(partsOf)
		.reduce(
			(rest, name) => rest.replace(wordPattern(name), "(name)"),
			withoutPaths(withoutVariables).replace(mailAddress, "(name)"),
		);
}

/** Returns a name, followed by its words if it has several. */
function partsOf(name: string): readonly string[] {
	const parts = name.split(/\s+/).filter((part) => part.length >= shortestPart);
	return name.trim().length < shortestName ? [] : [name.trim(), ...(parts.length > 1 ? parts : [])];
}

/** Returns a pattern for a name. It also matches encoded or replaced blanks. */
function wordPattern(name: string): RegExp {
	const literal = name
		.split(/\s+/)
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
		.join("(?:\\s|%20|[+._-]){0,3}");
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
}
