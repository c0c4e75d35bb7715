import assert from "node:assert/strict";
import { DayWords } from "../../../../src/extension/history/dayWords";

/** Returns a local time in epoch milliseconds. */
function at(text: string): number {
	return new Date(text).getTime();
}

describe("Headings and times of days", () => {
	const zone = process.env.TZ;
	afterEach(() => {
		if (zone === undefined) {
			delete process.env.TZ;
		} else {
			process.env.TZ = zone;
		}
	});

	const words = new DayWords("en");
	const now = at("2026-11-25T14:30");
	const headings: readonly (readonly [at: string, heading: string])[] = [
		["2026-11-25T14:29", "Today"],
		["2026-11-25T00:00", "Today"],
		["2026-11-24T23:59:59.999", "Yesterday"],
		["2026-11-24T00:00", "Yesterday"],
		["2026-11-23T23:59", "Monday"],
		["2026-11-19T00:00", "Thursday"],
		["2026-11-18T23:59", "November 18"],
		["2026-09-27T00:00", "September 27"],
		["2026-09-26T23:59", "September 2026"],
		["2025-11-25T14:30", "November 2025"],
	];
	for (const [when, heading] of headings) {
		it(`are “${heading}” for ${when}, on the afternoon of November 25`, () => {
			assert.equal(words.heading(at(when), now), heading);
		});
	}

	it("change at midnight", () => {
		const evening = at("2026-11-25T23:59:59");
		assert.equal(words.heading(evening, at("2026-11-25T23:59:59.999")), "Today");
		assert.equal(words.heading(evening, at("2026-11-26T00:00")), "Yesterday");
	});

	it("are “Today” for a time in the future, from a wrong clock", () => {
		assert.equal(words.heading(at("2027-01-01T00:00"), now), "Today");
	});

	it("name a day of December in January, without its year", () => {
		assert.equal(words.heading(at("2026-12-20T12:00"), at("2027-01-03T12:00")), "December 20");
	});

	const changes: readonly (readonly [
		zone: string,
		what: string,
		shortDay: string,
		next: string,
	])[] = [
		["Europe/Berlin", "of 23 hours", "2026-03-29", "2026-03-30"],
		["Europe/Berlin", "of 25 hours", "2026-10-25", "2026-10-26"],
		// This day begins at one o'clock: it has no midnight.
		["Africa/Cairo", "without a midnight", "2026-04-24", "2026-04-25"],
	];
	for (const [place, what, day, next] of changes) {
		it(`count a day ${what} as one, in ${place}`, () => {
			process.env.TZ = place;
			assert.equal(words.heading(at(`${day}T23:59`), at(`${next}T00:01`)), "Yesterday");
			assert.equal(words.heading(at(`${day}T01:30`), at(`${next}T23:59`)), "Yesterday");
			assert.equal(words.heading(at(`${day}T01:30`), at(`${day}T23:59`)), "Today");
		});
	}

	it("follow the time zone of the machine", () => {
		const moment = Date.UTC(2026, 10, 25, 3);
		const later = Date.UTC(2026, 10, 25, 12);
		process.env.TZ = "America/New_York";
		assert.equal(words.heading(moment, later), "Yesterday");
		process.env.TZ = "Asia/Tokyo";
		assert.equal(words.heading(moment, later), "Today");
	});

	it("exist for every time that a file can contain", () => {
		const moments = [9e15, -9e15, 8.64e15, 1e300, -1, 0.5, NaN, Infinity, -Infinity];
		for (const zone of ["Pacific/Kiritimati", "Etc/UTC", "Pacific/Pago_Pago"]) {
			process.env.TZ = zone;
			for (const moment of moments) {
				for (const said of [
					words.heading(moment, now),
					words.below(moment, now),
					words.whole(moment, now),
				]) {
					assert.match(said, /\w/);
				}
			}
		}
	});

	it("are in the given language", () => {
		const german = new DayWords("de");
		assert.equal(german.heading(at("2026-11-23T12:00"), now), "Montag");
		assert.equal(german.heading(at("2026-11-03T12:00"), now), "3. November");
		assert.equal(german.heading(at("2025-03-03T12:00"), now), "März 2025");
		assert.equal(german.below(at("2026-11-25T14:05"), now), "14:05");
	});

	it("are times below a day, and dates with times below a month", () => {
		assert.match(words.below(at("2026-11-25T14:05"), now), /^2:05\sPM$/);
		assert.match(words.below(at("2026-10-01T14:05"), now), /^2:05\sPM$/);
		assert.match(words.below(at("2026-09-01T14:05"), now), /^Sep 1, 2026, 2:05\sPM$/);
	});

	it("are dates with times in a place without a heading", () => {
		assert.match(words.whole(at("2026-11-25T14:05"), now), /^Today, 2:05\sPM$/);
		assert.match(words.whole(at("2026-11-24T14:05"), now), /^Yesterday, 2:05\sPM$/);
		assert.match(words.whole(at("2026-11-23T14:05"), now), /^Nov 23, 2026, 2:05\sPM$/);
	});
});
