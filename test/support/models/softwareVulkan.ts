import { existsSync } from "node:fs";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { installDebianPackages } from "../../../scripts/lib/debianPackages.mjs";
import { findProgram, run } from "../../../scripts/lib/shell.mjs";

/** The manifest in which Mesa's Debian package announces its software driver to the Vulkan loader. */
const mesaManifest = "/usr/share/vulkan/icd.d/lvp_icd.x86_64.json";
const folder = path.join(process.cwd(), "out/vulkan");

/** Environment variables of a process; `undefined` removes one. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Finds a software Vulkan driver, and installs it where that needs no permission.
 *
 * @returns the environment in which llama.cpp finds this GPU and no other
 * @throws {Error} that says what is missing
 */
export async function softwareVulkan(): Promise<Environment> {
	if (process.platform !== "linux" || process.arch !== "x64") {
		throw new Error("software Vulkan is tested on Linux x64");
	}
	if (!existsSync(mesaManifest)) {
		await installDebianPackages(["mesa-vulkan-drivers", "libvulkan1"]).catch(() => false);
	}
	if (!existsSync(mesaManifest)) {
		throw new Error("needs the Debian packages mesa-vulkan-drivers and libvulkan1");
	}
	return {
		VK_ICD_FILENAMES: mesaManifest,
		// llama.cpp skips devices of type CPU unless they are listed.
		GGML_VK_VISIBLE_DEVICES: "0",
		// Most of a test's time goes into compiling llama.cpp's shaders, which is faster without optimization.
		GALLIVM_PERF: "nopt",
	};
}

/**
 * Builds a software Vulkan driver that ends its process when `diesOn` is called.
 *
 * @returns the environment in which llama.cpp finds it
 * @throws {Error} that says what is missing
 */
export async function dyingVulkan(diesOn: string): Promise<Environment> {
	const working = await softwareVulkan();
	const compiler = findProgram("cc", "gcc", "clang");
	if (!compiler) {
		throw new Error("needs a C compiler");
	}
	const library = path.join(folder, "dyingVulkanDriver.so");
	await mkdir(folder, { recursive: true });
	const source = path.join(process.cwd(), "test/fixtures/dyingVulkanDriver.c");
	await run(compiler, ["-shared", "-fPIC", "-o", library, source, "-ldl"]);
	const real = JSON.parse(await readFile(mesaManifest, "utf8")) as {
		readonly ICD: { readonly library_path: string };
	};
	return {
		...working,
		VK_ICD_FILENAMES: await writeManifest("dying", library),
		REAL_VULKAN_DRIVER: real.ICD.library_path,
		DIES_ON: diesOn,
	};
}

/** Returns the environment whose only driver has no library. */
export async function brokenVulkan(): Promise<Environment> {
	const working = await softwareVulkan();
	await mkdir(folder, { recursive: true });
	return {
		...working,
		VK_ICD_FILENAMES: await writeManifest("broken", path.join(folder, "missing.so")),
	};
}

/** Sets variables for this process and its children. @returns a function that restores them */
export function useEnvironment(variables: Environment): () => void {
	const before = Object.fromEntries(
		Object.keys(variables).map((name) => [name, process.env[name]] as const),
	);
	assign(variables);
	return () => {
		assign(before);
	};
}

function assign(variables: Environment): void {
	for (const [name, value] of Object.entries(variables)) {
		if (value === undefined) {
			// eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the environment has no other way
			delete process.env[name];
		} else {
			process.env[name] = value;
		}
	}
}

async function writeManifest(name: string, library: string): Promise<string> {
	const file = path.join(folder, `${name}.json`);
	const manifest = {
		file_format_version: "1.0.0",
		ICD: { library_path: library, api_version: "1.1.0" },
	};
	await writeFile(file, JSON.stringify(manifest));
	return file;
}
