import { shownTime } from "../../protocol/schemaParts";

/** After so many days a list goes on by month. */
const daysByDay = 60;
const dayMs = 86_400_000;

/** What a list calls days and times: in one language, as the calendar and the clock of this machine have them. */
export class DayWords {
	readonly #time: Intl.DateTimeFormat;
	readonly #weekday: Intl.DateTimeFormat;
	readonly #day: Intl.DateTimeFormat;
	readonly #month: Intl.DateTimeFormat;
	readonly #dayAndTime: Intl.DateTimeFormat;

	/** @param language "en", "de", "pt-br"… */
	constructor(language: string) {
		// Made once: a list asks for thousands of words, and to make one of these takes as long as to use it a hundred times.
		this.#time = new Intl.DateTimeFormat(language, { timeStyle: "short" });
		this.#weekday = new Intl.DateTimeFormat(language, { weekday: "long" });
		this.#day = new Intl.DateTimeFormat(language, { day: "numeric", month: "long" });
		this.#month = new Intl.DateTimeFormat(language, { month: "long", year: "numeric" });
		this.#dayAndTime = new Intl.DateTimeFormat(language, {
			dateStyle: "medium",
			timeStyle: "short",
		});
	}

	/**
	 * @param ms of something in the list; epoch milliseconds, as is `nowMs`
	 * @returns the heading that it stands below: a day, or for what is older than two months a month.
	 */
	heading(ms: number, nowMs: number): string {
		const atMs = shownTime(ms);
		const days = daysBetween(atMs, nowMs);
		if (days <= 0) {
			// What a clock that ran ahead left behind is not in a future that nobody can scroll to.
			return "Today";
		}
		if (days === 1) {
			return "Yesterday";
		}
		const words = days < 7 ? this.#weekday : days < daysByDay ? this.#day : this.#month;
		return words.format(atMs);
	}

	/** @returns when something was, for a place that stands below its day: the time, or the whole of it below a month. */
	below(ms: number, nowMs: number): string {
		const atMs = shownTime(ms);
		return daysBetween(atMs, nowMs) < daysByDay
			? this.#time.format(atMs)
			: this.#dayAndTime.format(atMs);
	}

	/** @returns when something was, for a place that says nothing of the day. */
	whole(ms: number, nowMs: number): string {
		const atMs = shownTime(ms);
		return daysBetween(atMs, nowMs) <= 1
			? `${this.heading(atMs, nowMs)}, ${this.#time.format(atMs)}`
			: this.#dayAndTime.format(atMs);
	}
}

/** @returns midnights between two moments; days of 23 and 25 hours count as others do. */
function daysBetween(fromMs: number, toMs: number): number {
	return Math.round((calendarDayMs(toMs) - calendarDayMs(fromMs)) / dayMs);
}

function calendarDayMs(atMs: number): number {
	const at = new Date(atMs);
	return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
}
