import * as v from "valibot";
import { cutMiddle } from "./text/cutMiddle";

/*
 * Parts of the schemas for messages from child processes, which run native code and pass on data from files and
 * servers.
 */

/** Any finite number. */
export const finite = v.pipe(v.number(), v.finite());

/** Bytes, tokens, milliseconds. */
export const count = v.pipe(finite, v.minValue(0));

/** The last moment of the year 9999. Beyond it, calendars and date formatters differ in their limits. */
const latestMs = Date.UTC(10_000, 0) - 1;

/** Returns epoch milliseconds that every calendar can show, whatever a file or clock says. */
export function shownTime(ms: number): number {
	return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), latestMs);
}

/** Epoch milliseconds. A moment outside the years 1970 to 9999 becomes the nearest one inside. */
export const timeMs = v.pipe(v.number(), v.transform(shownTime));

/** 0 to 1. */
export const fraction = v.pipe(finite, v.minValue(0), v.maxValue(1));

/** Text for people. A longer text loses its middle. */
export const words = wordsUpTo(2000);

/** As long as any system allows a path to be. */
export const pathText = v.pipe(v.string(), v.maxLength(32_768));

export function wordsUpTo(limit: number): v.GenericSchema<unknown, string> {
	return v.pipe(
		v.string(),
		v.transform((text) => cutMiddle(text, limit)),
	);
}

/** Returns the schema of a list that is cut after `limit` items. */
export function listUpTo<T>(
	limit: number,
	item: v.GenericSchema<unknown, T>,
): v.GenericSchema<unknown, readonly T[]> {
	return v.pipe(
		v.array(v.unknown()),
		v.transform((items) => items.slice(0, limit)),
		v.array(item),
	);
}

/** Returns the schema of a value that may be `undefined`, which JSON drops along with its key. */
export function unlessDropped<T>(
	schema: v.GenericSchema<unknown, T>,
): v.OptionalSchema<v.GenericSchema<unknown, T>, () => undefined> {
	return v.optional(schema, () => undefined);
}

/** One schema for each kind of a union. A kind without a schema does not compile. */
export type SchemasByKind<T extends { readonly kind: string }> = {
	readonly [K in T["kind"]]: v.GenericSchema<unknown, Extract<T, { readonly kind: K }>>;
};

/** Returns the schema of a union that is distinguished by `kind`. */
export function byKind<T extends { readonly kind: string }>(
	schemas: SchemasByKind<T>,
): v.GenericSchema<unknown, T> {
	const known = new Map<unknown, v.GenericSchema<unknown, T>>(Object.entries(schemas));
	return v.lazy((input) => known.get(kindOf(input)) ?? noKind);
}

const noKind = v.custom<never>(() => false, "unknown kind");

function kindOf(input: unknown): unknown {
	return typeof input === "object" && input !== null && "kind" in input ? input.kind : undefined;
}
