/** @returns "2.0 GB", "640 MB": decimal units, as file managers and download sites state sizes. */
export function formatBytes(bytes: number): string {
	const units = ["bytes", "kB", "MB", "GB", "TB"];
	let value = bytes;
	let unit = 0;
	// What would be rounded up to 1000 is one of the next unit.
	while (value >= 999.5 && unit < units.length - 1) {
		value /= 1000;
		unit += 1;
	}
	const digits = unit === 0 || value >= 99.95 ? 0 : 1;
	return `${value.toFixed(digits)} ${units[unit] ?? ""}`;
}

/** @returns "8,192" */
export function formatCount(count: number): string {
	return count.toLocaleString("en-US");
}

/** @returns "1 token", "2,048 tokens" */
export function describeCount(count: number, one: string, many = `${one}s`): string {
	return `${formatCount(count)} ${count === 1 ? one : many}`;
}

/** @returns "12 s", "3 min", "2 h": as exact as an estimate is. */
export function formatTimeLeft(seconds: number): string {
	if (seconds < 90) {
		return `${Math.ceil(seconds)} s`;
	}
	const minutes = Math.round(seconds / 60);
	return minutes < 90 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
