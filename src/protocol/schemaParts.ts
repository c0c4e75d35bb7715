import * as v from "valibot";
import { cutMiddle } from "./text/cutMiddle";

/*
 * Parts of the schemas for what our processes tell the host: they run native code, and pass on what files and hosts say.
 */

/** Any finite number. */
export const finite = v.pipe(v.number(), v.finite());

/** Bytes, tokens, milliseconds. */
export const count = v.pipe(finite, v.minValue(0));

/** The last moment of the year 9999: after it calendars, and what formats dates, end at places of their own. */
const latestMs = Date.UTC(10_000, 0) - 1;

/** @returns epoch milliseconds that every calendar can show, whatever a file or a clock says. */
export function shownTime(ms: number): number {
	return Number.isNaN(ms) ? 0 : Math.min(Math.max(ms, 0), latestMs);
}

/** Epoch milliseconds; of a moment outside the years 1970 to 9999 the nearest within. */
export const timeMs = v.pipe(v.number(), v.transform(shownTime));

/** 0 to 1. */
export const fraction = v.pipe(finite, v.minValue(0), v.maxValue(1));

/** Text that a person reads; of a longer one the middle is left out. */
export const words = wordsUpTo(2000);

/** As long as any system lets a path be. */
export const pathText = v.pipe(v.string(), v.maxLength(32_768));

export function wordsUpTo(limit: number): v.GenericSchema<unknown, string> {
	return v.pipe(
		v.string(),
		v.transform((text) => cutMiddle(text, limit)),
	);
}

/** @returns the schema of a list that ends after `limit` items, whatever follows. */
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

/** @returns the schema of a value that may be `undefined`: JSON drops it with its key. */
export function unlessDropped<T>(
	schema: v.GenericSchema<unknown, T>,
): v.OptionalSchema<v.GenericSchema<unknown, T>, () => undefined> {
	return v.optional(schema, () => undefined);
}

/** One schema for each kind of a union, so that the compiler misses those of new kinds. */
export type SchemasByKind<T extends { readonly kind: string }> = {
	readonly [K in T["kind"]]: v.GenericSchema<unknown, Extract<T, { readonly kind: K }>>;
};

/** @returns the schema of a union by its `kind`. */
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
