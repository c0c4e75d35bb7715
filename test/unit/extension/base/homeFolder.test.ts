import assert from "node:assert/strict";
import os from "node:os";
import path from "node:path";
import { privateNames } from "../../../../src/extension/reports/privateNames";
import { homeFolder } from "../../../../src/extension/base/homeFolder";

describe("an account without a home folder and a name", () => {
	const { homedir, userInfo } = os;
	beforeEach(() => {
		const none = (): never => {
			throw new Error("uv_os_homedir returned ENOENT");
		};
		Object.assign(os, { homedir: none, userInfo: none });
	});
	afterEach(() => {
		Object.assign(os, { homedir, userInfo });
	});

	it("still has a folder to search, and crash reports without an empty private name", () => {
		assert.ok(path.isAbsolute(homeFolder()));
		assert.ok(privateNames().every((name) => name !== ""));
	});
});
