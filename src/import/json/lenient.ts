import * as v from "valibot";
import { maxImportedTurns } from "../../protocol/import/chatImport";

/**
 * Makes a member optional in effect: a value of another type is treated as absent, so that it does not invalidate the
 * message.
 */
export function lenient<T extends v.GenericSchema>(
	schema: T,
): v.SchemaWithFallback<v.NullishSchema<T, undefined>, undefined> {
	return v.fallback(v.nullish(schema), undefined);
}

export const text = lenient(v.string());
export const number = lenient(v.number());
export const flag = lenient(v.boolean());
/** A list whose entries are parsed one by one. */
export const listOf = lenient(v.array(v.unknown()));
/** The strings of a list. */
export const keys = lenient(
	v.pipe(
		v.array(v.unknown()),
		v.transform((entries) =>
			entries.filter((entry) => typeof entry === "string").slice(0, maxImportedTurns),
		),
	),
);

/** Returns a value parsed by a schema; `undefined` if it does not match. */
export function parsed<T extends v.GenericSchema>(
	schema: T,
	value: unknown,
): v.InferOutput<T> | undefined {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : undefined;
}

/** Returns the entries of a list that match a schema. */
export function entriesOf<T extends v.GenericSchema>(
	schema: T,
	values: readonly unknown[] | null | undefined,
): v.InferOutput<T>[] {
	return (values ?? []).flatMap((value) => {
		const result = v.safeParse(schema, value);
		return result.success ? [result.output] : [];
	});
}
