import { isIP } from "node:net";
import ipaddr from "ipaddr.js";

/**
 * How far inside a network a host lies: on the internet, on a network of the person's, or on this machine. "special"
 * is what no host of models has: link-local (where clouds keep credentials), multicast, unspecified, and the like.
 */
export type Reach = "public" | "private" | "loopback" | "special";

/** Least inside first. */
const order: readonly Reach[] = ["public", "private", "loopback"];

/** Names that only a network of the person's resolves (RFC 6762, 8375, and what routers and companies use). */
const privateName =
	/(?:^|\.)(?:local|localdomain|internal|intranet|private|corp|home|lan|home\.arpa)$/;
const loopbackName = /(?:^|\.)localhost$|^ip6-(?:localhost|loopback)$/;

/** Proxies on this machine that handle all traffic give every name an address of this block, which nobody else has. */
const standIns = ipaddr.parseCIDR("198.18.0.0/15");

/** All of IPv6 that the internet uses. */
const internet6 = ipaddr.parseCIDR("2000::/3");

/** @returns whether a host may lead to another one: only to where anybody could, or to where it lies itself. */
export function mayLead(from: Reach, to: Reach): boolean {
	return to !== "special" && order.indexOf(to) <= Math.max(0, order.indexOf(from));
}

/** @returns whichever is less inside, so that it may lead to less. */
export function leastInside(reaches: readonly Reach[]): Reach | undefined {
	return order.find((reach) => reaches.includes(reach)) ?? reaches[0];
}

/** @param hostname as `URL` has it: lower case, IPv6 in brackets, IPv4 in any notation made dotted */
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
	// The library knows more ranges than its types.
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

/** IPv6 networks reach hosts that have only IPv4 by addresses with theirs inside. */
function reachOfTranslated(address: ipaddr.IPv6, range: string): Reach {
	const bytes = address.toByteArray();
	if (range === "rfc6052" || range === "rfc6145") {
		return reachOfAddress(bytes.slice(12).join("."));
	}
	return range === "6to4" ? reachOfAddress(bytes.slice(2, 6).join(".")) : "special";
}
