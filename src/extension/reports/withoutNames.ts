import { withoutSecrets } from "../../protocol/text/withoutSecrets";
import { withoutPaths } from "./withoutPaths";

/** A letter alone would hit ordinary words. */
const shortestName = 2;
/** Of a part of a name. */
const shortestPart = 3;

/** Variables that programs print; what they hold is a matter of the machine and of the person. */
const variables: readonly RegExp[] = [
	/^(\s*(?:export |declare -x |set |setenv )?(?:[A-Z_][A-Z\d_]+|(?:https?|no|all|ftp)_proxy)=)(?!\s)(.+)$/gm,
	/\b([A-Z][A-Z\d_]{2,}=)(?!\s)("[^"\n]*"|'[^'\n]*'|[^\s,;|)]+)/g,
	/\b((?:USER(?:NAME|DOMAIN)?|LOGNAME|SUDO_USER|(?:HOST|COMPUTER)NAME|GIT_(?:AUTHOR|COMMITTER)_NAME)\\?["']?[ \t]*:[ \t]*)(\\?"[^"\n]*"|'[^'\n]*'|[^,;\n}]+)/g,
];
const switchOrNumber = /^["']?(?:[\d.,x|-]{1,12}|true|false|yes|no|on|off|…)["']?$/i;
const mailAddress = /[\w.+-]{1,64}@(?:[\w-]{1,63}\.)+[a-z]{2,}/gi;

/**
 * Cleans a text for a bug report, which strangers read. Besides secrets it takes out what tells who wrote it: absolute
 * paths, values of the environment, mail addresses, and the names given, wherever they stand as words.
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

/** @returns a name, and its words if it has several, the longest text first. */
function partsOf(name: string): readonly string[] {
	const parts = name.split(/\s+/).filter((part) => part.length >= shortestPart);
	return name.trim().length < shortestName ? [] : [name.trim(), ...(parts.length > 1 ? parts : [])];
}

/** Blanks of a name are also encoded, or replaced. */
function wordPattern(name: string): RegExp {
	const literal = name
		.split(/\s+/)
		.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"))
		.join("(?:\\s|%20|[+._-]){0,3}");
	return new RegExp(`(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])`, "giu");
}
