import { setTimeout as delay } from "node:timers/promises";

/** How long programs may take to end after SIGTERM before they are killed, in milliseconds. */
const patienceMs = 5000;

/**
 * Ends a program that was spawned `detached` and all of its group, including processes that have outlived it.
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
 * Kills the group at once, so that nothing can be saved.
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
 * @returns {boolean} whether the group still has a process
 */
function signalGroup(leader, signal) {
	try {
		process.kill(-leader, signal);
		return true;
	} catch {
		return false;
	}
}
