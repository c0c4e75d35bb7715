import assert from "node:assert/strict";
import { withoutNames } from "../../../../src/extension/reports/withoutNames";

/** Texts with names that the machine does not know: only their position reveals them. */
const person = /jane|doe(?!s)|o'brien|projekt|geheim/i;

const leaks: readonly string[] = [
	"cannot open C:\\Users\\Jane Doe\\models\\a.gguf",
	"cannot open C:\\Users\\Jane Doe\\my geheim model.gguf: not found",
	"C:\\Users\\Jane Doe",
	"C:\\Users\\Jane Doe is not a folder",
	"C:\\Users\\Jane Doe, C:\\Users\\Joe Doe",
	"cwd: C:\\Users\\Jane Doe (not writable)",
	"\\\\wsl$\\Ubuntu\\home\\jane\\x",
	"C:\\用户\\jane\\模型.gguf",
	"HOME is C:/Users/Jane Doe/AppData/Local",
	"C:\\\\Users\\\\Jane Doe\\\\x.gguf",
	"C:\\Users\\Jane O'Brien\\x.gguf",
	"C:\\Users\\Doe, Jane\\x.gguf",
	"D:\\Projekt (geheim)\\x.gguf",
	"C:\\Program Files (x86)\\Jane\\x.dll",
	"C:\\Users\\jane.doe.CORP\\x",
	"C:\\Users\\JANEDO~1\\AppData\\x",
	"\\Users\\Jane Doe\\x",
	"Users\\Jane Doe\\x.gguf",
	"\\\\server\\share\\Jane Doe\\x.gguf",
	"\\\\\\\\server\\\\share\\\\Jane Doe\\\\x.gguf",
	"//server/share/Jane Doe/x.gguf",
	"\\\\?\\C:\\Users\\Jane Doe\\x.gguf",
	"\\\\?\\UNC\\server\\share\\Jane\\x",
	"c:\\users\\jane doe\\x.gguf",
	"/home/jane/models/a.gguf",
	"/home/jane doe/models/a.gguf",
	"path:/home/jane/x",
	"--model=/home/jane/x.gguf",
	"/Users/Jane Doe/Library/Application Support/Code/x",
	"/Users/Jane Doe",
	"/mnt/c/Users/Jane Doe/x.gguf",
	"/media/jane/Projekt X/x.gguf",
	"/home/jane\\ doe/x.gguf",
	"~/projekt/x.gguf",
	"~jane/x",
	"home/jane/x.gguf",
	"file:///home/jane/x.gguf",
	"file:///C:/Users/Jane%20Doe/x.gguf",
	"file:///C:/Users/Jane Doe/x.gguf",
	"file://server/share/jane/x",
	"file%3A%2F%2F%2Fhome%2Fjane%2Fx",
	"vscode-remote://ssh-remote%2Bjane@host/home/jane/x",
	"vscode-userdata:/home/jane/.config/Code/User",
	"c%3A%5CUsers%5CJane%20Doe%5Cx.gguf",
	"c:%5CUsers%5CJane",
	"%2Fhome%2Fjane%2Fx.gguf",
	"'/srv/projekt x/geheim'",
	'"C:\\Users\\Jane Doe"',
	"“C:\\Users\\Jane Doe\\x” does not name a model",
	"at load (/home/jane/x.js:10:5)",
	"USER=jane",
	"USERNAME=Jane Doe",
	"export LOGNAME='jane'",
	"USER: 'jane',",
	'"COMPUTERNAME":"JANE-PC"',
	"PATH=/usr/bin:/home/jane/bin",
	"SOME_CORP_SETTING=geheim value",
	"A_B=1 PROJEKT_NAME=geheim C=2",
	"https_proxy=http://jane:doe@proxy:1",
	"MAIL=jane@corp.example",
	"written by jane.doe@corp.example",
	"HF_TOKEN=geheim",
];

const kept: readonly string[] = [
	"20/28 layers, 7 tokens/s, https://example.org/a/b, and/or",
	"ggml_vulkan: 0 = Some GPU (RADV) | uma: 1 | fp16: 1 | warp size: 64",
	"CPU : SSE3 = 1 | AVX2 = 1 | OPENMP = 1",
	"llama_context: n_ctx = 8192, n_ctx_per_seq (8192) < n_ctx_train (131072)",
	"print_info: EOS token = 151645 '<|im_end|>'",
	"GGML_VK_VISIBLE_DEVICES=0",
	"at node:internal/timers:483:21",
	"out of memory at step 3 of 4: it has 12 MB",
	"libggml-cuda.so: cannot open shared object file",
	"loaded in 3:20 h; 4/5",
];

describe("a text for a bug report", () => {
	for (const text of leaks) {
		it(`does not reveal its author: ${text}`, () => {
			const clean = withoutNames(text, []);
			assert.doesNotMatch(clean, person);
			assert.equal(withoutNames(clean, []), clean, "and is as it is the second time");
		});
	}

	for (const text of kept) {
		it(`keeps: ${text}`, () => {
			assert.equal(withoutNames(text, []), text);
		});
	}

	it("keeps the text before and after a path", () => {
		assert.equal(
			withoutNames("ggml: C:\\Users\\Jane Doe\\llama\\ggml.c:4321: assertion failed", []),
			"ggml: (path):4321: assertion failed",
		);
		assert.equal(
			withoutNames("failed to open /home/jane/a.gguf (No such file or directory)", []),
			"failed to open (path) (No such file or directory)",
		);
	});

	it("contains no part of a name with blanks, and no encoded name", () => {
		assert.equal(
			withoutNames("Jane Doe, jane%20doe, JANE_DOE, Doe; but janet and does", ["Jane Doe"]),
			"(name), (name), (name), (name); but janet and does",
		);
	});

	it("is cleaned in linear time, whatever the text", () => {
		for (const part of [
			"/",
			"/a",
			"/a ",
			"C:\\",
			"C:\\a b",
			"\\\\",
			"%2F",
			"%2Fa",
			"A=",
			"'/a/",
			"a@a.",
			"~/",
			"Users/",
			"a ",
			"(",
			"file:/",
		]) {
			const text = part.repeat(Math.ceil(20_000 / part.length));
			const start = performance.now();
			withoutNames(text, ["a b"]);
			const took = performance.now() - start;
			assert.ok(took < 5000, `${part}: ${took} ms`);
		}
	}).timeout(60_000);
});
