import path from "node:path";
import type { Surroundings } from "./localModel";

/** Returns the user's cache folder, according to the XDG Base Directory Specification. */
export function xdgCacheFolder(surroundings: Surroundings): string {
	return folderIn(surroundings, "XDG_CACHE_HOME") ?? path.join(surroundings.home, ".cache");
}

/** Returns the folder that an environment variable names, with `~` resolved; `undefined` unless it is absolute. */
export function folderIn({ env, home }: Surroundings, variable: string): string | undefined {
	const value = (env[variable] ?? "").replace(/^~(?=$|[\\/])/, () => home);
	return path.isAbsolute(value) ? value : undefined;
}
