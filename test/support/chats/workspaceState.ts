import type { Memento } from "vscode";

/** VS Code's storage for a workspace. As after a reload, values have passed through JSON. */
export function workspaceState(kept: Readonly<Record<string, unknown>> = {}): Memento {
	const values = new Map(Object.entries(kept));
	return {
		keys: () => [...values.keys()],
		get: <T>(key: string, otherwise?: T) => (values.get(key) as T | undefined) ?? otherwise,
		update: (key, value: unknown) => {
			if (value === undefined) {
				values.delete(key);
			} else {
				values.set(key, JSON.parse(JSON.stringify(value)));
			}
			return Promise.resolve();
		},
	};
}
