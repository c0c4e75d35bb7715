import { formatNumber } from "./intl";
import { plural, t } from "./localize";

const units = ["kilobyte", "megabyte", "gigabyte", "terabyte"];

/**
 * @returns "2.0 GB", "640 MB": decimal units, as file managers and download sites state sizes.
 * @throws {RangeError} for what is no number, as in a failure of a version that states other things
 */
export function formatBytes(bytes: number): string {
	if (!Number.isFinite(bytes)) {
		throw new RangeError("a size is a number");
	}
	let value = bytes;
	let unit = 0;
	// What would be rounded up to 1000 is one of the next unit.
	while (value >= 999.5 && unit < units.length) {
		value /= 1000;
		unit += 1;
	}
	const name = units[unit - 1];
	if (name === undefined) {
		return plural(bytes, "{0} byte", "{0} bytes");
	}
	const digits = value >= 99.95 ? 0 : 1;
	return formatNumber(value, {
		style: "unit",
		unit: name,
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
}

/** @returns "8,192" */
export function formatCount(count: number): string {
	return formatNumber(count);
}

/** @returns "1.2M" */
export function formatCompact(count: number): string {
	return formatNumber(count, { notation: "compact", maximumFractionDigits: 1 });
}

/** @returns "40%": of a whole, and 100% only when all of it is done */
export function formatPercent(fraction: number): string {
	// 0.29 * 100 is a little less than 29.
	const percent = Math.floor(Math.min(Math.max(fraction, 0), 1) * 100 + 1e-9);
	return formatNumber(percent / 100, { style: "percent" });
}

/** @returns "1 token", "2,048 tokens" */
export function describeCount(count: number, one: string, many = `${one}s`): string {
	return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** @returns "12 s", "3 min", "2 h": as exact as an estimate is. */
export function formatTimeLeft(seconds: number): string {
	if (seconds < 90) {
		return t("{0} s", formatCount(Math.ceil(seconds)));
	}
	const minutes = Math.round(seconds / 60);
	return minutes < 90
		? t("{0} min", formatCount(minutes))
		: t("{0} h", formatCount(Math.round(minutes / 60)));
}
