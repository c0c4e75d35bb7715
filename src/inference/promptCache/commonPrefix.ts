/** @returns how many tokens two sequences have in common from their beginnings on. */
export function commonPrefix(a: readonly number[], b: readonly number[]): number {
	const most = Math.min(a.length, b.length);
	let length = 0;
	while (length < most && a[length] === b[length]) {
		length += 1;
	}
	return length;
}
