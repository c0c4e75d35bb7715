import { crc32, deflateRawSync } from "node:zlib";

export interface ArchiveEntry {
	readonly name: string;
	readonly text: string;
	/** The size that the archive states, if it is not the real one. */
	readonly claimedBytes?: number;
	readonly isEncrypted?: boolean;
}

/** Returns a ZIP archive (APPNOTE 4.3) of deflated texts. */
export function zipArchive(entries: readonly ArchiveEntry[]): Buffer {
	const files: Buffer[] = [];
	const directory: Buffer[] = [];
	let offset = 0;
	for (const { name, text, claimedBytes, isEncrypted = false } of entries) {
		const content = Buffer.from(text);
		const packed = deflateRawSync(content);
		const nameBytes = Buffer.from(name);
		const common = Buffer.alloc(26);
		common.writeUInt16LE(20, 0);
		common.writeUInt16LE(isEncrypted ? 0x801 : 0x800, 2);
		common.writeUInt16LE(8, 4);
		common.writeUInt32LE(crc32(content), 10);
		common.writeUInt32LE(packed.length, 14);
		common.writeUInt32LE(claimedBytes ?? content.length, 18);
		common.writeUInt16LE(nameBytes.length, 22);
		const local = Buffer.concat([Buffer.from("PK\u0003\u0004"), common, nameBytes, packed]);
		const central = Buffer.alloc(14);
		central.writeUInt32LE(offset, 10);
		directory.push(
			Buffer.concat([Buffer.from("PK\u0001\u0002\u0014\u0000"), common, central, nameBytes]),
		);
		files.push(local);
		offset += local.length;
	}
	const directoryBytes = Buffer.concat(directory);
	const end = Buffer.alloc(18);
	end.writeUInt16LE(entries.length, 4);
	end.writeUInt16LE(entries.length, 6);
	end.writeUInt32LE(directoryBytes.length, 8);
	end.writeUInt32LE(offset, 12);
	return Buffer.concat([...files, directoryBytes, Buffer.from("PK\u0005\u0006"), end]);
}
