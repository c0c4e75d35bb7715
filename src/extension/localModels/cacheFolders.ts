import path from "node:path";
import type { Surroundings } from "./localModel";

/** @returns where programs keep what they can fetch again, by the rules of freedesktop.org. */
export function xdgCacheFolder(surroundings: Surroundings): string {
	return folderIn(surroundings, "XDG_CACHE_HOME") ?? path.join(surroundings.home, ".cache");
}

/** @returns the absolute folder that a variable names, `~` resolved; `undefined` if it names none. */
export function folderIn({ env, home }: Surroundings, variable: string): string | undefined {
	const value = (env[variable] ?? "").replace(/^~(?=$|[\\/])/, () => home);
	return path.isAbsolute(value) ? value : undefined;
}
