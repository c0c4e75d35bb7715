import { shownTime } from "../../protocol/schemaParts";
import { t } from "../../wording/localize";

/** From this age in days, entries have their month as the heading. */
const daysByDay = 60;
const dayMs = 86_400_000;

/** Formats days and times of a list, in one language and in the time zone of this machine. */
export class DayWords {
	readonly #time: Intl.DateTimeFormat;
	readonly #weekday: Intl.DateTimeFormat;
	readonly #day: Intl.DateTimeFormat;
	readonly #month: Intl.DateTimeFormat;
	readonly #dayAndTime: Intl.DateTimeFormat;

	/** @param language "en", "de", "pt-br"… */
	constructor(language: string) {
		// Created once: a list formats thousands of times, and creating a formatter takes as long as a hundred uses.
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
	 * Returns the heading above an entry: its day or, from an age of 60 days, its month.
	 *
	 * @param ms the time of the entry, in epoch milliseconds, as is `nowMs`
	 */
	heading(ms: number, nowMs: number): string {
		const atMs = shownTime(ms);
		const days = daysBetween(atMs, nowMs);
		if (days <= 0) {
			// A clock that ran ahead can leave entries in the future, which count as today.
			return t("Today");
		}
		if (days === 1) {
			return t("Yesterday");
		}
		const words = days < 7 ? this.#weekday : days < daysByDay ? this.#day : this.#month;
		return words.format(atMs);
	}

	/** Returns the time of an entry below its heading: the time of day, or date and time below a month. */
	below(ms: number, nowMs: number): string {
		const atMs = shownTime(ms);
		return daysBetween(atMs, nowMs) < daysByDay
			? this.#time.format(atMs)
			: this.#dayAndTime.format(atMs);
	}

	/** Returns day and time of an entry, for a place without a heading. */
	whole(ms: number, nowMs: number): string {
		const atMs = shownTime(ms);
		return daysBetween(atMs, nowMs) <= 1
			? t("{0}, {1}", this.heading(atMs, nowMs), this.#time.format(atMs))
			: this.#dayAndTime.format(atMs);
	}
}

/** Returns the number of midnights between two times. Days of 23 and 25 hours count as one. */
function daysBetween(fromMs: number, toMs: number): number {
	return Math.round((calendarDayMs(toMs) - calendarDayMs(fromMs)) / dayMs);
}

function calendarDayMs(atMs: number): number {
	const at = new Date(atMs);
	return Date.UTC(at.getFullYear(), at.getMonth(), at.getDate());
}
