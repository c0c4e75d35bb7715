import { freemem, totalmem } from "node:os";
import type { FreeMemory } from "../../protocol/modelFit";

/** The part of a Mac's memory that a model can have: an assumption. */
const macShare = 0.75;

/** @returns the memory that a model may take on this machine. What its GPU has, nobody has asked yet. */
export function machineMemory(): FreeMemory {
	return {
		// macOS calls memory free only while nothing at all is in it.
		ramBytes: process.platform === "darwin" ? totalmem() * macShare : freemem(),
		gpuBytes: undefined,
	};
}
