import type { RedirectObjection } from "../../protocol/download/downloadFailure";
import { DownloadError } from "../downloadError";
import { mayLead, reachOfHost, type Reach } from "./reach";

/**
 * Checks an address that a host names: that of a redirect, a next page, or an archive. This is the only place that
 * decides where a host may lead. Addresses that the user set are not checked here.
 *
 * @param named as the host wrote it; may be relative to `from`
 * @param from the address whose response named it
 * @param fromReach the reach of the host of `from`
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

/** Returns whether no one on the network can read what is sent to an address. */
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
	// A mirror that the user set may itself be unencrypted.
	const staysOpen = isSameHost && from.protocol === "http:";
	return isConfidential(to) || staysOpen ? undefined : "insecure";
}

function refused(objection: RedirectObjection, detail: string): DownloadError {
	return new DownloadError({ kind: "redirectRefused", objection }, detail);
}
