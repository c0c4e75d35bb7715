import { MarkdownStream } from "../../src/webview/markdown/markdownStream";

const frames: FrameRequestCallback[] = [];

/** Slices whose final rendering differs from that of their whole text. */
export interface OtherEnding {
	/** The index of the slicing. */
	readonly index: number;
	readonly drawn: string;
	readonly whole: string;
}

/** The part of a browser test that runs in the page. `runFrames` runs the requested frames. */
export const markdownPage = {
	streams: [] as { readonly host: HTMLElement; readonly stream: MarkdownStream; text: string }[],

	/** Adds an element with a stream to the page. Returns the index of both. */
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

	/** Returns the HTML of a text that is rendered at once. */
	renderWhole(text: string): string {
		const index = this.open();
		this.streams[index]!.text = text;
		return this.end(index);
	},

	/** Draws after each of `slices`, and returns the final HTML. */
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
