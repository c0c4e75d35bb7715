/** The costs of the frames in a trace, on the page's main thread, in milliseconds. */
export interface FrameCosts {
	readonly frames: number;
	readonly longestTaskMs: number;
	/** The same in CPU time, which other programs do not lengthen. */
	readonly longestTaskCpuMs: number;
	/** The same without V8's full garbage collections, which start whenever V8 wants. */
	readonly longestWorkCpuMs: number;
	/** The 95th percentile of script, style, and layout in a frame. */
	readonly p95FrameMs: number;
	/** The 95th percentile of everything that the page's main thread does for a frame. */
	readonly p95WholeFrameMs: number;
}

/** The parts of a Chromium trace event that are read here. Times are in microseconds. */
interface TraceEvent {
	readonly name: string;
	readonly ph: string;
	readonly pid: number;
	readonly tid: number;
	readonly ts: number;
	readonly dur?: number;
	readonly tdur?: number;
	readonly args: { readonly name?: unknown };
}

/** The trace events of Chromium's timeline that cover script, style, and layout. */
const scriptAndLayout: ReadonlySet<string> = new Set([
	"EvaluateScript",
	"EventDispatch",
	"FireAnimationFrame",
	"FireIdleCallback",
	"FunctionCall",
	"Layout",
	"MajorGC",
	"MinorGC",
	"ParseHTML",
	"RunMicrotasks",
	"TimerFire",
	"UpdateLayoutTree",
]);

/**
 * The categories that a trace must record. "disabled-by-default-devtools.timeline" is not among them, because Chromium then
 * counts all nodes of the page in every frame.
 */
export const traceCategories = [
	"-*",
	"devtools.timeline",
	"disabled-by-default-devtools.timeline.frame",
	"toplevel",
	"v8",
];

/** @param trace JSON as Chromium writes it */
export function readFrameCosts(trace: Buffer): FrameCosts {
	const { traceEvents } = JSON.parse(trace.toString()) as { traceEvents: readonly TraceEvent[] };
	const events = ofBusiestPage(traceEvents);
	const tasks = events.filter(
		({ name, ph }) => name === "ThreadControllerImpl::RunTask" && ph === "X",
	);
	const starts = events
		.filter(({ name }) => name === "BeginMainThreadFrame")
		.map(({ ts }) => ts)
		.sort((a, b) => a - b);
	const work = events.filter(({ name, ph }) => ph === "X" && scriptAndLayout.has(name));
	return {
		frames: starts.length,
		longestTaskMs: Math.max(...tasks.map(({ dur = 0 }) => dur)) / 1000,
		longestTaskCpuMs: Math.max(...tasks.map(({ tdur = 0 }) => tdur)) / 1000,
		longestWorkCpuMs: longestWorkCpuMs(tasks, events),
		p95FrameMs: p95Ms(costsByFrame(starts, covered(work))),
		p95WholeFrameMs: p95Ms(costsByFrame(starts, covered(tasks))),
	};
}

function longestWorkCpuMs(tasks: readonly TraceEvent[], events: readonly TraceEvent[]): number {
	const collections = events.filter(({ name, ph }) => name === "MajorGC" && ph === "X");
	const work = tasks.map(({ ts, dur = 0, tdur = 0 }) => {
		const within = collections.filter((each) => each.ts >= ts && each.ts < ts + dur);
		return within.reduce((left, each) => left - (each.tdur ?? 0), tdur);
	});
	return Math.max(...work) / 1000;
}

function ofBusiestPage(events: readonly TraceEvent[]): readonly TraceEvent[] {
	const mains = events.filter(
		({ name, args }) => name === "thread_name" && args.name === "CrRendererMain",
	);
	const [busiest = []] = mains
		.map((main) => events.filter(({ pid, tid }) => pid === main.pid && tid === main.tid))
		.sort((a, b) => b.length - a.length);
	return busiest;
}

/** Returns the time of `spans` in each frame. Both lists are in order. */
function costsByFrame(starts: readonly number[], spans: readonly Span[]): number[] {
	const costs = starts.map(() => 0);
	let frame = 0;
	for (const [from, until] of spans) {
		while ((starts[frame + 1] ?? Infinity) <= from) {
			frame += 1;
		}
		costs[frame] = (costs[frame] ?? 0) + until - from;
	}
	return costs;
}

type Span = [from: number, until: number];

/** @param durations in microseconds */
function p95Ms(durations: readonly number[]): number {
	const ascending = [...durations].sort((a, b) => a - b);
	return (ascending[Math.floor(ascending.length * 0.95)] ?? NaN) / 1000;
}

/** Returns the spans that events cover, in order, with nested events merged. */
function covered(events: readonly TraceEvent[]): Span[] {
	const spans: Span[] = [];
	const ordered = [...events].sort((a, b) => a.ts - b.ts);
	for (const { ts, dur = 0 } of ordered) {
		const last = spans.at(-1);
		if (last && ts < last[1]) {
			last[1] = Math.max(last[1], ts + dur);
		} else {
			spans.push([ts, ts + dur]);
		}
	}
	return spans;
}
