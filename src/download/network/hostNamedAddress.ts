import type { RedirectObjection } from "../../protocol/download/downloadFailure";
import { DownloadError } from "../downloadError";
import { mayLead, reachOfHost, type Reach } from "./reach";

/**
 * Checks an address that a host names: of a redirect, a next page, an archive. The one place that decides where a host
 * may lead us. The addresses that a person set are not checked here.
 *
 * @param named as the host wrote it; may be relative to `from`
 * @param from the address whose answer named it
 * @param fromReach of the host of `from`
 * @throws {DownloadError} `redirectRefused`
 */
export function hostNamedAddress(named: string, from: URL, fromReach: Reach): URL {
	if (!URL.canParse(named, from.href)) {
		throw refused("notWeb", "An address that cannot be read");
	}
	const to = new URL(named, from);
	const objection = objectionTo(to, from, fromReach);
	if (objection) {
		throw refused(objection, `${to.protocol}//${to.host}`);
	}
	return to;
}

/** @returns whether nobody on the way can read what is sent there. */
export function isConfidential({ protocol, hostname }: URL): boolean {
	return protocol === "https:" || (protocol === "http:" && reachOfHost(hostname) === "loopback");
}

function objectionTo(to: URL, from: URL, fromReach: Reach): RedirectObjection | undefined {
	const isSameHost = to.hostname === from.hostname;
	if (to.protocol !== "https:" && to.protocol !== "http:") {
		return "notWeb";
	}
	if (to.username !== "" || to.password !== "") {
		return "credentials";
	}
	if (!isSameHost && !mayLead(fromReach, reachOfHost(to.hostname))) {
		return "inner";
	}
	// A mirror that a person set may itself be without encryption.
	const staysOpen = isSameHost && from.protocol === "http:";
	return isConfidential(to) || staysOpen ? undefined : "insecure";
}

function refused(objection: RedirectObjection, detail: string): DownloadError {
	return new DownloadError({ kind: "redirectRefused", objection }, detail);
}
