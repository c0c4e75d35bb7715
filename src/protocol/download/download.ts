import * as v from "valibot";
import { ChildProgress, ChildRequest } from "../childProcess";
import type { FetchProgress } from "./fetchProgress";
import { byKind, count, pathText, words } from "../schemaParts";

/*
 * The protocol between the extension host and the process that downloads models, beside `childProcess`. Whatever the
 * network needs is passed: the process reads no proxy, token or mirror from its environment.
 */

/** Raised with every incompatible change. */
export const downloadProtocolVersion = 2;

/** How to reach hosts. */
export interface NetworkSettings {
	/** Where models named `hf:` come from: "https://huggingface.co" or a mirror, which may have a name and password. */
	readonly endpoint: string;
	/** For https and http; "" for none. */
	readonly proxy: string;
	/** Hosts that are reached without the proxy, as the variable NO_PROXY lists them. */
	readonly noProxy: string;
	/** The value of the header Proxy-Authorization; "" for none. */
	readonly proxyAuthorization: string;
	/** Whether a host's certificate must be trusted. */
	readonly strictTls: boolean;
}

/** An access token, and the one host that may see it. */
export interface HostToken {
	/** With port, if it is not the scheme's own: "huggingface.co". */
	readonly host: string;
	readonly token: string;
}

export interface ConnectParams {
	readonly protocolVersion: number;
	readonly network: NetworkSettings;
	readonly tokens: readonly HostToken[];
}

/** Comes before any other request; again, when tokens have changed. @throws `internal` */
export const Connect = new ChildRequest<ConnectParams, null>("connect", v.null());

export interface ModelToFetch {
	/** The value of `localLlm.model`: an `hf:` URI, or an https URL (http on the loopback interface). */
	readonly uri: string;
	/** Where downloaded models are kept. */
	readonly directory: string;
}

/** What fetching a model would take. */
export interface RemoteLocation {
	readonly kind: "remote";
	/** Of the first part, if the model is split. */
	readonly fileName: string;
	/** Of all parts. */
	readonly totalBytes: number;
	/** Already here, from an attempt that did not end. */
	readonly receivedBytes: number;
	/** Free where the model is to be kept; `null` where the system does not tell. */
	readonly freeBytes: number | null;
	readonly host: string;
	/** As the host names it, such as "llama3.2"; `null` where it does not. */
	readonly license: string | null;
}

/** Where a model lies, or what fetching it would take. */
export type LocatedModel = { readonly kind: "local"; readonly path: string } | RemoteLocation;

/** Tells what a URI names, without fetching it. @throws `modelSettingInvalid`, `downloadFailed` */
export const LocateModel = new ChildRequest<ModelToFetch, LocatedModel>(
	"model/locate",
	byKind<LocatedModel>({
		local: v.object({ kind: v.literal("local"), path: pathText }),
		remote: v.object({
			kind: v.literal("remote"),
			fileName: words,
			totalBytes: count,
			receivedBytes: count,
			freeBytes: v.nullable(count),
			host: words,
			license: v.nullable(words),
		}),
	}),
);

export interface FetchHeaderParams extends ModelToFetch {
	/** How much of the file's beginning. */
	readonly bytes: number;
	/** Where to write it. */
	readonly path: string;
}

/** Fetches the beginning of a model's file, where it describes itself. @throws `downloadFailed` */
export const FetchHeader = new ChildRequest<FetchHeaderParams, null>("model/fetchHeader", v.null());

export interface FetchModelParams extends ModelToFetch {
	/** Of the `ProgressType` notifications that tell how far it is. */
	readonly progressToken: string;
}

export const FetchModelProgress = new ChildProgress<FetchProgress>(
	v.object({
		receivedBytes: count,
		totalBytes: count,
		bytesPerSecond: count,
		activity: v.picklist(["receiving", "reconnecting", "waiting", "verifying"]),
	}),
);

/**
 * Fetches and verifies a model; cancelled, it keeps the part for the next attempt and answers `null`.
 *
 * @throws `downloadFailed`
 */
export const FetchModel = new ChildRequest<FetchModelParams, { readonly path: string } | null>(
	"model/fetch",
	v.nullable(v.object({ path: pathText })),
);

/** A package of the registry of npm packages. */
export interface PackageToInstall {
	readonly name: string;
	readonly version: string;
	/** As npm has it, "sha512-…"; `null` where only the registry knows it. */
	readonly integrity: string | null;
}

export interface PackagesToInstall {
	/** Of the registry, without a slash at the end. */
	readonly registry: string;
	readonly packages: readonly PackageToInstall[];
	/** They come to lie in `node_modules` below it. */
	readonly directory: string;
}

/** What installing packages would take. */
export interface PackagesLocation {
	readonly host: string;
	/** Of all archives. */
	readonly totalBytes: number;
}

/** Asks for packages, without fetching them. @throws `downloadFailed` */
export const LocatePackages = new ChildRequest<PackagesToInstall, PackagesLocation>(
	"packages/locate",
	v.object({ host: words, totalBytes: count }),
);

export interface InstallPackagesParams extends PackagesToInstall {
	/** Of the `FetchModelProgress` notifications that tell how far it is. */
	readonly progressToken: string;
}

/** Fetches, verifies and unpacks packages; cancelled, it answers `false`. @throws `downloadFailed` */
export const InstallPackages = new ChildRequest<InstallPackagesParams, boolean>(
	"packages/install",
	v.boolean(),
);
