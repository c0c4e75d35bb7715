import { MarkdownStream } from "../../src/webview/markdown/markdownStream";

const frames: FrameRequestCallback[] = [];

/** Slices that, drawn one after the other, do not end as their text does when it is drawn once. */
export interface OtherEnding {
	/** Which of the slicings these slices are. */
	readonly index: number;
	readonly drawn: string;
	readonly whole: string;
}

/** The part of a browser test that runs in the page. Frames come when `runFrames` is called. */
export const markdownPage = {
	/** @returns an element in the page with a stream, both named by the index. */
	streams: [] as { readonly host: HTMLElement; readonly stream: MarkdownStream; text: string }[],

	open(): number {
		const host = document.createElement("div");
		document.body.append(host);
		return this.streams.push({ host, stream: new MarkdownStream(host), text: "" }) - 1;
	},

	runFrames(): void {
		for (const frame of frames.splice(0)) {
			frame(performance.now());
		}
	},

	append(index: number, slices: readonly string[]): void {
		const opened = this.streams[index]!;
		for (const slice of slices) {
			opened.text += slice;
			opened.stream.append(slice);
			this.runFrames();
		}
	},

	end(index: number): string {
		const { stream, text } = this.streams[index]!;
		stream.end(text);
		return this.html(index);
	},

	html(index: number): string {
		return this.streams[index]?.host.innerHTML ?? "";
	},

	text(index: number): string {
		return this.streams[index]?.host.textContent ?? "";
	},

	/** @returns the HTML that a text is rendered as at once. */
	renderWhole(text: string): string {
		const index = this.open();
		this.streams[index]!.text = text;
		return this.end(index);
	},

	/** @returns the HTML that `slices` end as, drawn after each of them. */
	render(slices: readonly string[]): string {
		const index = this.open();
		this.append(index, slices);
		return this.end(index);
	},

	/** Draws each of `slicings`, and closes all streams. */
	otherEndings(slicings: readonly (readonly string[])[]): readonly OtherEnding[] {
		const wholes = new Map<string, string>();
		return slicings.flatMap((slices, index) => {
			const text = slices.join("");
			const whole = wholes.get(text) ?? this.renderWhole(text);
			wholes.set(text, whole);
			const drawn = this.render(slices);
			this.close();
			return drawn === whole ? [] : [{ index, drawn, whole }];
		});
	},

	close(): void {
		for (const { host, stream } of this.streams.splice(0)) {
			stream.dispose();
			host.remove();
		}
	},
};

Object.assign(window, {
	markdownPage,
	requestAnimationFrame: (callback: FrameRequestCallback) => frames.push(callback),
	cancelAnimationFrame: () => frames.splice(0),
});
