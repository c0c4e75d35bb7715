import * as v from "valibot";
import type { BackendProblem } from "./inference/deviceBackend";
import type { DownloadCause } from "./download/downloadFailure";
import { foundInstead, type InferenceFailure } from "./failure";
import { otherKinds } from "./download/modelKind";
import { byKind, count, finite, listUpTo, pathText, unlessDropped, words } from "./schemaParts";

const exit = { exitCode: v.nullable(finite), signal: v.nullable(words) };

const gpuBackend = v.picklist(["metal", "cuda", "vulkan"]);

function alone<K extends string>(kind: K): v.GenericSchema<unknown, { readonly kind: K }> {
	return v.object({ kind: v.literal(kind) });
}

export const backendProblemSchema = byKind<BackendProblem>({
	otherSystem: alone("otherSystem"),
	notInPackage: alone("notInPackage"),
	noDriver: alone("noDriver"),
	testFailed: v.object({ kind: v.literal("testFailed"), ...exit }),
	notLoaded: alone("notLoaded"),
	noDevice: alone("noDevice"),
	tooLittleMemory: alone("tooLittleMemory"),
	died: v.object({ kind: v.literal("died"), ...exit }),
});

const downloadCauseSchema = byKind<DownloadCause>({
	unreachable: alone("unreachable"),
	tlsFailed: alone("tlsFailed"),
	notFound: alone("notFound"),
	noSuchQuantization: v.object({
		kind: v.literal("noSuchQuantization"),
		available: listUpTo(1000, words),
	}),
	noModelFile: alone("noModelFile"),
	tokenNeeded: v.object({ kind: v.literal("tokenNeeded"), page: words }),
	tokenRefused: v.object({ kind: v.literal("tokenRefused"), page: words }),
	sizeUnknown: alone("sizeUnknown"),
	rateLimited: alone("rateLimited"),
	serverError: v.object({ kind: v.literal("serverError"), status: finite }),
	tokenUnsafe: alone("tokenUnsafe"),
	redirectRefused: v.object({
		kind: v.literal("redirectRefused"),
		// Chats of earlier versions have no objection.
		objection: v.fallback(
			v.picklist(["circle", "insecure", "notWeb", "credentials", "inner"]),
			"insecure",
		),
	}),
	answerWithoutEnd: alone("answerWithoutEnd"),
	diskFull: v.object({
		kind: v.literal("diskFull"),
		requiredBytes: count,
		freeBytes: v.nullable(count),
		directory: pathText,
		hasBegun: v.fallback(v.boolean(), true),
	}),
	folderUnwritable: v.object({ kind: v.literal("folderUnwritable"), directory: pathText }),
	sizeMismatch: v.object({
		kind: v.literal("sizeMismatch"),
		expectedBytes: count,
		receivedBytes: count,
	}),
	checksumMismatch: v.object({ kind: v.literal("checksumMismatch"), path: pathText }),
	registryDisagrees: v.object({ kind: v.literal("registryDisagrees"), package: words }),
	fileRemoved: alone("fileRemoved"),
	processCrashed: alone("processCrashed"),
	other: alone("other"),
});

const tooLong = {
	tokens: count,
	limitTokens: count,
	contextTokens: count,
	trainedContextTokens: count,
};

/** An expected failure from another process or a file. Long texts are cut. */
export const failureSchema = byKind<InferenceFailure>({
	modelNotChosen: alone("modelNotChosen"),
	modelSettingInvalid: v.object({ kind: v.literal("modelSettingInvalid"), value: words }),
	modelFileMissing: v.object({ kind: v.literal("modelFileMissing"), path: pathText }),
	notGguf: v.object({
		kind: v.literal("notGguf"),
		path: pathText,
		found: unlessDropped(v.picklist(foundInstead)),
	}),
	notChatModel: v.object({
		kind: v.literal("notChatModel"),
		path: pathText,
		modelKind: v.picklist(otherKinds),
	}),
	laterPart: v.object({
		kind: v.literal("laterPart"),
		path: pathText,
		part: count,
		count,
		first: unlessDropped(pathText),
	}),
	modelTruncated: v.object({
		kind: v.literal("modelTruncated"),
		path: pathText,
		fileBytes: count,
	}),
	unsupportedArchitecture: v.object({
		kind: v.literal("unsupportedArchitecture"),
		path: pathText,
		architecture: words,
	}),
	modelUnreadable: v.object({
		kind: v.literal("modelUnreadable"),
		path: pathText,
		reason: words,
	}),
	insufficientMemory: v.object({
		kind: v.literal("insufficientMemory"),
		path: pathText,
		requiredBytes: unlessDropped(count),
		freeBytes: count,
		contextTokens: count,
	}),
	gpuUnavailable: v.object({
		kind: v.literal("gpuUnavailable"),
		gpu: gpuBackend,
		problem: backendProblemSchema,
	}),
	tooManyGpuLayers: v.object({
		kind: v.literal("tooManyGpuLayers"),
		gpuLayers: count,
		freeBytes: count,
	}),
	engineUnavailable: v.object({ kind: v.literal("engineUnavailable"), reason: words }),
	templateRefused: v.object({ kind: v.literal("templateRefused"), reason: words }),
	messageTooLong: v.object({ kind: v.literal("messageTooLong"), ...tooLong }),
	answerTooLong: v.object({ kind: v.literal("answerTooLong"), ...tooLong }),
	downloadFailed: v.object({
		kind: v.literal("downloadFailed"),
		host: words,
		cause: downloadCauseSchema,
		detail: words,
	}),
	processCrashed: v.object({
		kind: v.literal("processCrashed"),
		...exit,
		lastLines: listUpTo(100, words),
		onGpu: v.boolean(),
		reportId: words,
		recovery: v.picklist(["restarts", "gaveUp", "none"]),
	}),
	answeredElsewhere: alone("answeredElsewhere"),
	internal: v.object({ kind: v.literal("internal"), message: words }),
});
