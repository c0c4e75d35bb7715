import { readdir, readFile, stat } from "node:fs/promises";
import os from "node:os";
import path from "node:path";

/** The folders in which drivers register with the Vulkan loader on Linux. */
const vulkanManifests = [
	"/etc/vulkan/icd.d",
	"/usr/share/vulkan/icd.d",
	"/usr/local/share/vulkan/icd.d",
];
/** Libraries in the system folder of Windows that the installers of drivers replace. */
const windowsLibraries = ["vulkan-1.dll", "nvcuda.dll", "nvml.dll", "amdvlk64.dll", "igvk64.dll"];
/** Environment variables that choose a driver or its devices. */
const driverVariables = ["VK_ICD_FILENAMES", "VK_DRIVER_FILES", "CUDA_VISIBLE_DEVICES"];

/**
 * Returns a text that changes when a GPU driver is installed, updated, or removed, as far as a few small files show it. A
 * backend that failed with one driver may work with the next.
 */
export async function driverFingerprint(): Promise<string> {
	const files = process.platform === "win32" ? windowsFiles() : await linuxFiles();
	const parts = await Promise.all([
		...files.map(fileState),
		readFile("/proc/driver/nvidia/version", "utf8").catch(() => ""),
	]);
	const variables = driverVariables.map((name) => process.env[name] ?? "");
	return [os.release(), ...variables, ...parts].join("\n");
}

function windowsFiles(): readonly string[] {
	const folder = path.join(process.env.SystemRoot ?? "C:\\Windows", "System32");
	return windowsLibraries.map((name) => path.join(folder, name));
}

async function linuxFiles(): Promise<readonly string[]> {
	const lists = await Promise.all(
		vulkanManifests.map(async (folder) => {
			const names = await readdir(folder).catch(() => []);
			return names.sort().map((name) => path.join(folder, name));
		}),
	);
	return lists.flat();
}

async function fileState(file: string): Promise<string> {
	try {
		const { size, mtimeMs } = await stat(file);
		return `${file} ${size} ${mtimeMs}`;
	} catch {
		return `${file} -`;
	}
}
