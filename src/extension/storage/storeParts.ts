import type { ChatPaths } from "./chatPaths";
import type { FileLocks } from "./files/fileLock";
import type { FileSystem } from "./files/fileSystem";
import type { Migration } from "./journal/migrations";

export interface StoreParts {
	readonly fileSystem: FileSystem;
	readonly locks: FileLocks;
	readonly paths: ChatPaths;
	readonly migrations: readonly Migration[];
}
