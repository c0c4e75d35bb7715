import { VsCodeWindow, type WindowOptions } from "./vsCodeWindow";

/**
 * Defines a suite whose tests share one window of VS Code. A test that fails leaves a screenshot and prints the logs.
 *
 * @param define receives a function that returns the window, for use inside tests
 */
export function describeInVsCode(
	title: string,
	options: WindowOptions,
	define: (window: () => VsCodeWindow) => void,
): void {
	describe(title, () => {
		let window: VsCodeWindow | undefined;

		before(async () => {
			window = await VsCodeWindow.open(options);
		});

		afterEach(async function () {
			if (this.currentTest?.state === "failed" && window) {
				await window.report(this.currentTest.fullTitle());
			}
		});

		after(async () => {
			await window?.close();
		});

		define(() => {
			if (!window) {
				throw new Error("The window is open only while tests run.");
			}
			return window;
		});
	});
}
