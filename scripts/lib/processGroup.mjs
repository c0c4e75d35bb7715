import { setTimeout as delay } from "node:timers/promises";

/** How long programs have to end by themselves before they are ended, in milliseconds. */
const patienceMs = 5000;

/**
 * Ends a program that was spawned `detached`, with all that it started and that stayed in its group,
 * also what has outlived it.
 *
 * @param {number} leader process id of the program
 */
export async function endProcessGroup(leader) {
	signalGroup(leader, "SIGTERM");
	if (!(await groupIsGone(leader))) {
		await killProcessGroup(leader);
	}
}

/**
 * The same, with no moment to save anything.
 *
 * @param {number} leader
 */
export async function killProcessGroup(leader) {
	signalGroup(leader, "SIGKILL");
	await groupIsGone(leader);
}

/** @param {number} leader */
async function groupIsGone(leader) {
	const end = performance.now() + patienceMs;
	while (signalGroup(leader, 0)) {
		if (performance.now() > end) {
			return false;
		}
		await delay(50);
	}
	return true;
}

/**
 * @param {number} leader
 * @param {NodeJS.Signals | 0} signal
 * @returns {boolean} whether anybody is left in the group
 */
function signalGroup(leader, signal) {
	try {
		process.kill(-leader, signal);
		return true;
	} catch {
		return false;
	}
}
