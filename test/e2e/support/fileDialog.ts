import path from "node:path";
import { errors, type Locator } from "playwright-core";
import { until } from "../../support/until";

/** Chooses the file or folder at `place` in VS Code's own file dialog, which is about to open in `quickPick`. */
export async function takeFile(quickPick: Locator, place: string): Promise<void> {
	const input = quickPick.locator("input").first();
	// While the dialog reads a folder, it changes its textbox some time after a key press.
	const isAtRest = async (): Promise<boolean> =>
		path.isAbsolute(await input.inputValue()) &&
		(await quickPick.getByRole("option").count()) > 0 &&
		(await quickPick.locator(".monaco-progress-container.active").count()) === 0;
	await until("the dialog has a place", isAtRest);
	await until("the dialog takes the place", async () => {
		await input.fill(place);
		await until("the dialog has read its folder", isAtRest);
		if ((await input.inputValue()) !== place) {
			return false;
		}
		await input.press("Enter");
		return input
			.waitFor({ state: "hidden", timeout: 3000 })
			.then(() => true)
			.catch(unlessTimedOut);
	});
}

/** Returns `false` for a wait that was too short. @throws all other errors */
export function unlessTimedOut(error: unknown): false {
	if (!(error instanceof errors.TimeoutError)) {
		throw error;
	}
	return false;
}
