import * as v from "valibot";
import { ChildProgress, ChildRequest } from "../childProcess";
import type { FetchProgress } from "./fetchProgress";
import { byKind, count, pathText, words } from "../schemaParts";

/*
 * The protocol between the extension host and the download process, in addition to `childProcess`. All network settings
 * are passed explicitly: the process reads no proxy, token, or mirror from its environment.
 */

/** Increased with every incompatible change. */
export const downloadProtocolVersion = 2;

/** How to connect to servers. */
export interface NetworkSettings {
	/** Where `hf:` models come from: "https://huggingface.co" or a mirror. May contain a name and password. */
	readonly endpoint: string;
	/** The proxy for https and http; "" for none. */
	readonly proxy: string;
	/** Hosts to reach without the proxy, in the format of the NO_PROXY variable. */
	readonly noProxy: string;
	/** The value of the Proxy-Authorization header; "" for none. */
	readonly proxyAuthorization: string;
	/** Whether a server's certificate must be trusted. */
	readonly strictTls: boolean;
}

/** An access token, and the one server that may receive it. */
export interface HostToken {
	/** Includes the port unless it is the scheme's default: "huggingface.co". */
	readonly host: string;
	readonly token: string;
}

export interface ConnectParams {
	readonly protocolVersion: number;
	readonly network: NetworkSettings;
	readonly tokens: readonly HostToken[];
}

/**
 * Sends the network settings and tokens: before any other request, and again when tokens have changed.
 *
 * @throws `internal`
 */
export const Connect = new ChildRequest<ConnectParams, null>("connect", v.null());

export interface ModelToFetch {
	/** The value of `localLlm.model`: an `hf:` URI, or an https URL (http on the loopback interface). */
	readonly uri: string;
	/** The folder for downloaded models. */
	readonly directory: string;
}

/** What downloading a model would take. */
export interface RemoteLocation {
	readonly kind: "remote";
	/** The file name of the first part if the model is split. */
	readonly fileName: string;
	/** Bytes of all parts. */
	readonly totalBytes: number;
	/** Bytes already on disk from an earlier attempt. */
	readonly receivedBytes: number;
	/** Free bytes where the model will be stored; `null` if the system does not report them. */
	readonly freeBytes: number | null;
	readonly host: string;
	/** The server's name for it, such as "llama3.2"; `null` if the server does not state it. */
	readonly license: string | null;
}

/** Where a model is on this machine, or what downloading it would take. */
export type LocatedModel = { readonly kind: "local"; readonly path: string } | RemoteLocation;

/**
 * Resolves a URI without downloading the model.
 *
 * @throws `modelSettingInvalid`, `downloadFailed`
 */
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
	/** How many bytes from the beginning of the file. */
	readonly bytes: number;
	/** The file to write to. */
	readonly path: string;
}

/**
 * Downloads the beginning of a model's file, which contains its metadata.
 *
 * @throws `downloadFailed`
 */
export const FetchHeader = new ChildRequest<FetchHeaderParams, null>("model/fetchHeader", v.null());

export interface FetchModelParams extends ModelToFetch {
	/** The token of the progress notifications. */
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
 * Downloads and verifies a model. When canceled, it keeps the partial file for the next attempt and answers `null`.
 *
 * @throws `downloadFailed`
 */
export const FetchModel = new ChildRequest<FetchModelParams, { readonly path: string } | null>(
	"model/fetch",
	v.nullable(v.object({ path: pathText })),
);

/** A package in the npm registry. */
export interface PackageToInstall {
	readonly name: string;
	readonly version: string;
	/** In npm's format, "sha512-…"; `null` if only the registry knows it. */
	readonly integrity: string | null;
}

export interface PackagesToInstall {
	/** The registry's URL, without a trailing slash. */
	readonly registry: string;
	readonly packages: readonly PackageToInstall[];
	/** The folder that contains `node_modules`, where the packages are installed. */
	readonly directory: string;
}

/** What installing packages would take. */
export interface PackagesLocation {
	readonly host: string;
	/** Bytes of all archives. */
	readonly totalBytes: number;
}

/**
 * Looks up packages without downloading them.
 *
 * @throws `downloadFailed`
 */
export const LocatePackages = new ChildRequest<PackagesToInstall, PackagesLocation>(
	"packages/locate",
	v.object({ host: words, totalBytes: count }),
);

export interface InstallPackagesParams extends PackagesToInstall {
	/** The token of the `FetchModelProgress` notifications. */
	readonly progressToken: string;
}

/**
 * Downloads, verifies, and unpacks packages. When canceled, it answers `false`.
 *
 * @throws `downloadFailed`
 */
export const InstallPackages = new ChildRequest<InstallPackagesParams, boolean>(
	"packages/install",
	v.boolean(),
);
