import * as v from "valibot";
import { maxImportedTurns } from "../../protocol/import/chatImport";

/** Reads a member that is not worth its message: of another type, it is as if it were not there. */
export function lenient<T extends v.GenericSchema>(
	schema: T,
): v.SchemaWithFallback<v.NullishSchema<T, undefined>, undefined> {
	return v.fallback(v.nullish(schema), undefined);
}

export const text = lenient(v.string());
export const number = lenient(v.number());
export const flag = lenient(v.boolean());
/** Entries are read one by one. */
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

/** @returns what a value is by a schema; `undefined` if it is not. */
export function parsed<T extends v.GenericSchema>(
	schema: T,
	value: unknown,
): v.InferOutput<T> | undefined {
	const result = v.safeParse(schema, value);
	return result.success ? result.output : undefined;
}

/** @returns the entries of a list that are as a schema says. */
export function entriesOf<T extends v.GenericSchema>(
	schema: T,
	values: readonly unknown[] | null | undefined,
): v.InferOutput<T>[] {
	return (values ?? []).flatMap((value) => {
		const result = v.safeParse(schema, value);
		return result.success ? [result.output] : [];
	});
}
