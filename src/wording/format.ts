import { formatNumber } from "./intl";
import { plural, t } from "./localize";

const units = ["kilobyte", "megabyte", "gigabyte", "terabyte"];

/**
 * Returns a size such as "2.0 GB" or "640 MB", in decimal units, like file managers and download sites.
 *
 * @throws {RangeError} if `bytes` is not a finite number, as may happen with a message from another version
 */
export function formatBytes(bytes: number): string {
	if (!Number.isFinite(bytes)) {
		throw new RangeError("a size is a number");
	}
	let value = bytes;
	let unit = 0;
	// A value that would be rounded up to 1000 is shown in the next unit.
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

/** Returns "8,192". */
export function formatCount(count: number): string {
	return formatNumber(count);
}

/** Returns "1.2M". */
export function formatCompact(count: number): string {
	return formatNumber(count, { notation: "compact", maximumFractionDigits: 1 });
}

/** Returns a fraction from 0 to 1 as "40%". Rounds down, so that 100% means complete. */
export function formatPercent(fraction: number): string {
	// 0.29 * 100 is slightly less than 29.
	const percent = Math.floor(Math.min(Math.max(fraction, 0), 1) * 100 + 1e-9);
	return formatNumber(percent / 100, { style: "percent" });
}

/** Returns an estimated time such as "12 s", "3 min", or "2 h". */
export function formatTimeLeft(seconds: number): string {
	if (seconds < 90) {
		return t("{0} s", formatCount(Math.ceil(seconds)));
	}
	const minutes = Math.round(seconds / 60);
	return minutes < 90
		? t("{0} min", formatCount(minutes))
		: t("{0} h", formatCount(Math.round(minutes / 60)));
}
