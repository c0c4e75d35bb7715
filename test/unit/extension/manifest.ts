import { readFileSync } from "node:fs";
import path from "node:path";

/** The parts of package.json that the tests read, with the sentences of package.nls.json. */
export interface Manifest {
	readonly main: string;
	readonly activationEvents: readonly string[];
	readonly capabilities: {
		readonly untrustedWorkspaces: {
			readonly supported: boolean | string;
			readonly description: string;
			readonly restrictedConfigurations: readonly string[];
		};
	};
	readonly contributes: {
		readonly commands: readonly { readonly command: string; readonly category: string }[];
		readonly menus: Readonly<Record<string, readonly { readonly command: string }[]>>;
		readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
		readonly walkthroughs: readonly {
			readonly steps: readonly {
				readonly media: { readonly image: Readonly<Record<string, string>> };
				readonly completionEvents: readonly string[];
			}[];
		}[];
		/** Each is a group in the Settings editor. */
		readonly configuration: readonly {
			readonly title: string;
			readonly properties: Readonly<Record<string, DeclaredSetting>>;
		}[];
	};
}

interface DeclaredSetting {
	readonly default: unknown;
	readonly scope: string;
	readonly markdownDescription: string;
	readonly minimum?: number;
	readonly maximum?: number;
	readonly maxLength?: number;
	readonly enum?: readonly string[];
}

/** The English sentences of the manifest, by their keys. */
export const manifestSentences = JSON.parse(read("package.nls.json")) as Readonly<
	Record<string, string>
>;

/** The text of package.json, where `%key%` stands for a sentence. */
export const manifestText = read("package.json");

export const manifest = JSON.parse(manifestText, (_key, value: unknown) =>
	typeof value === "string"
		? value.replace(/^%(.+)%$/, (name, key: string) => manifestSentences[key] ?? name)
		: value,
) as Manifest;

function read(file: string): string {
	return readFileSync(path.join(process.cwd(), file), "utf8");
}

/** The settings of all groups, by id. */
export const declaredSettings: Readonly<Record<string, DeclaredSetting>> = Object.fromEntries(
	manifest.contributes.configuration.flatMap(({ properties }) => Object.entries(properties)),
);
