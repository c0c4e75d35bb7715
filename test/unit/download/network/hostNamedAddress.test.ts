import assert from "node:assert/strict";
import { DownloadError } from "../../../../src/download/downloadError";
import {
	hostNamedAddress,
	isConfidential,
} from "../../../../src/download/network/hostNamedAddress";
import { NameResolver, type LookupAll } from "../../../../src/download/network/nameResolver";
import { reachOfHost, type Reach } from "../../../../src/download/network/reach";

/** @returns where it leads, or why it is not followed. */
function follow(named: string, from: string, fromReach?: Reach): string {
	const url = new URL(from);
	try {
		return hostNamedAddress(named, url, fromReach ?? reachOfHost(url.hostname)).href;
	} catch (error) {
		assert.ok(error instanceof DownloadError && error.downloadCause.kind === "redirectRefused");
		return error.downloadCause.objection;
	}
}

const mirror = "https://models.example/a/b";

describe("an address that a host names", () => {
	it("is followed on the web, encrypted", () => {
		assert.equal(follow("https://cdn.example/x?y=z", mirror), "https://cdn.example/x?y=z");
		assert.equal(follow("/x", mirror), "https://models.example/x");
		assert.equal(follow("//cdn.example/x", mirror), "https://cdn.example/x");
		assert.equal(follow("https://93.184.215.14/x", mirror), "https://93.184.215.14/x");
		assert.match(follow("https://[2606:4700::6810:1]/x", mirror), /^https:/);
	});

	it("is not followed from an encrypted to an unencrypted address", () => {
		for (const named of [
			"http://cdn.example/x",
			"http://models.example/x",
			"HTTP://models.example",
		]) {
			assert.equal(follow(named, mirror), "insecure", named);
		}
	});

	it("is followed without encryption on this machine, and on the mirror that a person set so", () => {
		const local = "http://127.0.0.1:8080/a";
		assert.equal(follow("http://127.0.0.1:9090/x", local), "http://127.0.0.1:9090/x");
		assert.equal(follow("http://localhost/x", local), "http://localhost/x");
		const open = "http://mirror.lan/a";
		assert.equal(follow("http://mirror.lan:81/x", open), "http://mirror.lan:81/x");
		assert.equal(follow("http://huggingface.co/x", open), "insecure");
		assert.equal(follow("http://other.lan/x", open), "insecure");
	});

	it("is not followed if it is not a web address", () => {
		for (const named of [
			"data:application/octet-stream;base64,R0dVRg==",
			"file:///etc/passwd",
			"blob:https://models.example/1-2",
			"ftp://cdn.example/x",
			"javascript:0",
			"about:blank",
			"ws://cdn.example/x",
			"vscode://x.y/z",
			"view-source:https://cdn.example",
			"https://",
			"https://exa mple/x",
			"http://[::1",
		]) {
			for (const from of [mirror, "http://127.0.0.1:1/", "http://mirror.lan/"]) {
				assert.equal(follow(named, from), "notWeb", `${named} from ${from}`);
			}
		}
	});

	it("is not followed if it contains a name or a password", () => {
		for (const named of [
			"https://a@cdn.example/",
			"https://a:b@cdn.example/",
			"//:b@models.example/",
		]) {
			assert.equal(follow(named, mirror), "credentials", named);
		}
	});

	it("does not lead from the internet to a network or a machine of the person's, however it is written", () => {
		for (const host of [
			"localhost",
			"localhost.",
			"models.localhost",
			"127.0.0.1",
			"127.1",
			"127.255.255.254",
			"2130706433",
			"0x7f000001",
			"0177.0.0.1",
			"①②⑦.0.0.1",
			"0.0.0.0",
			"0",
			"10.0.0.1",
			"172.16.0.1",
			"172.31.255.255",
			"192.168.1.1",
			"100.64.0.1",
			"169.254.169.254",
			"0xA9FEA9FE",
			"224.0.0.1",
			"240.0.0.1",
			"255.255.255.255",
			"198.18.0.1",
			"192.0.2.1",
			"[::1]",
			"[::]",
			"[::127.0.0.1]",
			"[::ffff:127.0.0.1]",
			"[::ffff:10.0.0.1]",
			"[::ffff:a9fe:a9fe]",
			"[::ffff:0:127.0.0.1]",
			"[64:ff9b::10.0.0.1]",
			"[2002:7f00:1::]",
			"[2001:0:1::1]",
			"[fe80::1]",
			"[fec0::1]",
			"[fc00::1]",
			"[fd12:3456::1]",
			"[ff02::1]",
			"[2001:db8::1]",
			"router",
			"mirror.local",
			"metadata.google.internal",
			"nas.lan",
			"wiki.corp",
			"x.home.arpa",
			"nas.home.",
			"ip6-localhost",
		]) {
			assert.equal(follow(`https://${host}/x`, mirror), "inner", host);
		}
	});

	it("may lead to hosts of the same reach, and to public hosts", () => {
		const nas = "https://10.0.0.1/a";
		assert.equal(follow("https://10.0.0.2/x", nas), "https://10.0.0.2/x");
		assert.equal(follow("https://nas.lan/x", nas), "https://nas.lan/x");
		assert.equal(follow("https://cdn.example/x", nas), "https://cdn.example/x");
		assert.equal(follow("https://127.0.0.1/x", nas), "inner");
		assert.equal(follow("https://169.254.1.1/x", nas), "inner");
		assert.equal(follow("https://10.0.0.1:444/x", nas), "https://10.0.0.1:444/x");
		assert.equal(follow("https://10.0.0.1/x", mirror, "private"), "https://10.0.0.1/x");
		assert.equal(follow("https://10.0.0.1/x", "https://0.0.0.0/"), "inner");
	});
});

describe("what is sent confidentially", () => {
	it("goes over TLS, or stays on this machine", () => {
		const confidential = [
			"https://models.example",
			"http://127.0.0.1:1",
			"http://[::1]",
			"http://localhost:80",
		];
		const open = [
			"http://models.example",
			"http://10.0.0.1",
			"http://mirror.lan",
			"http://0.0.0.0",
			"ftp://localhost",
		];
		assert.deepEqual(
			confidential.filter((url) => !isConfidential(new URL(url))),
			[],
		);
		assert.deepEqual(
			open.filter((url) => isConfidential(new URL(url))),
			[],
		);
	});
});

describe("a name that is resolved for a connection", () => {
	const known: Record<string, string[]> = {
		"public.example": ["93.184.215.14"],
		"private.example": ["10.0.0.5"],
		"mapped.example": ["::ffff:127.0.0.1"],
		"both.example": ["10.0.0.5", "93.184.215.14"],
		"metadata.example": ["169.254.169.254"],
		"proxied.example": ["198.18.0.7"],
	};
	const lookup: LookupAll = (hostname, _options, callback) => {
		callback(
			null,
			(known[hostname] ?? []).map((address) => ({
				address,
				family: address.includes(":") ? 6 : 4,
			})),
		);
	};

	function resolve(
		resolver: NameResolver,
		name: string,
		from: Reach | undefined,
	): string[] | string {
		let found: string[] | string = [];
		resolver.lookupFrom(from)(name, { all: true }, (error, addresses) => {
			found = error
				? error.name
				: (addresses as { address: string }[]).map(({ address }) => address);
		});
		return found;
	}

	it("is no address further inside than the host that named it", () => {
		const resolver = new NameResolver(lookup);
		const refused = "DownloadError";
		assert.deepEqual(resolve(resolver, "public.example", "public"), ["93.184.215.14"]);
		assert.deepEqual(resolve(resolver, "private.example", "public"), refused);
		assert.deepEqual(resolve(resolver, "private.example", "private"), ["10.0.0.5"]);
		assert.deepEqual(resolve(resolver, "mapped.example", "private"), refused);
		assert.deepEqual(resolve(resolver, "mapped.example", "loopback"), ["::ffff:127.0.0.1"]);
		assert.deepEqual(resolve(resolver, "metadata.example", "loopback"), refused);
		assert.deepEqual(resolve(resolver, "both.example", "public"), ["93.184.215.14"]);
		assert.deepEqual(resolve(resolver, "proxied.example", "public"), ["198.18.0.7"]);
	});

	it("is whatever it is where the person named it, and what it leads to is judged by that", () => {
		const resolver = new NameResolver(lookup);
		assert.equal(resolver.reachOf("private.example"), "public");
		assert.deepEqual(resolve(resolver, "private.example", undefined), ["10.0.0.5"]);
		assert.equal(resolver.reachOf("private.example"), "private");
		assert.deepEqual(resolve(resolver, "both.example", undefined).length, 2);
		assert.equal(resolver.reachOf("both.example"), "public");
	});

	it("is one address where only one is asked for", () => {
		let found: unknown;
		new NameResolver(lookup).lookupFrom("public")("both.example", {}, (_error, ...address) => {
			found = address;
		});
		assert.deepEqual(found, ["93.184.215.14", 4]);
	});
});
