import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * From where a host can be reached: from the internet, from the user's network, or from this machine only. "special"
 * addresses never serve models: link-local (where clouds serve credentials), multicast, unspecified, and similar ones.
 */
export type Reach = "public" | "private" | "loopback" | "special";

/** From the most public to the most local. */
const order: readonly Reach[] = ["public", "private", "loopback"];

/** Names that only private networks resolve (RFC 6762, RFC 8375, and common names of routers and companies). */
const privateName =
	/(?:^|\.)(?:local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)$/;
const loopbackName = /(?:^|\.)localhost$|^ip6-(?:localhost|loopback)$/;

/**
 * Proxies on this machine that handle all traffic map every name to an address in this block, which is otherwise
 * unused.
 */
const standIns = ipaddr.parseCIDR("198.18.0.0/15");

/** All IPv6 addresses of the internet. */
const internet6 = ipaddr.parseCIDR("2000::/3");

/** Returns whether one host may lead to another: only to public hosts, or to hosts of the same reach. */
export function mayLead(from: Reach, to: Reach): boolean {
	return to !== "special" && order.indexOf(to) <= Math.max(0, order.indexOf(from));
}

/** Returns the most public reach, which may lead to the fewest hosts. */
export function leastInside(reaches: readonly Reach[]): Reach | undefined {
	return order.find((reach) => reaches.includes(reach)) ?? reaches[0];
}

/** @param hostname as `URL` normalizes it: lower case, IPv6 in brackets, IPv4 dotted */
export function reachOfHost(hostname: string): Reach {
	const name = hostname.replace(/^\[|\]$|\.$/g, "");
	if (isIP(name) !== 0) {
		return reachOfAddress(name);
	}
	if (loopbackName.test(name)) {
		return "loopback";
	}
	return privateName.test(name) || !name.includes(".") ? "private" : "public";
}

/** @param address that a name was resolved to */
export function reachOfResolved(address: string): Reach {
	const parsed = ipaddr.process(address);
	return parsed.kind() === "ipv4" && parsed.match(standIns) ? "public" : reachOfAddress(address);
}

function reachOfAddress(address: string): Reach {
	const parsed = ipaddr.process(address);
	// The library knows more ranges than its types declare.
	const range: string = parsed.range();
	switch (range) {
		case "unicast":
			return parsed.kind() === "ipv4" || parsed.match(internet6) ? "public" : "special";
		case "loopback":
			return "loopback";
		case "private":
		case "carrierGradeNat":
		case "uniqueLocal":
		case "deprecatedSiteLocal":
			return "private";
		default:
			return parsed instanceof ipaddr.IPv6 ? reachOfTranslated(parsed, range) : "special";
	}
}

/** Returns the reach of an IPv4 address embedded in an IPv6 address, by which IPv6 networks reach IPv4-only hosts. */
function reachOfTranslated(address: ipaddr.IPv6, range: string): Reach {
	const bytes = address.toByteArray();
	if (range === "rfc6052" || range === "rfc6145") {
		return reachOfAddress(bytes.slice(12).join("."));
	}
	return range === "6to4" ? reachOfAddress(bytes.slice(2, 6).join(".")) : "special";
}
