import assert from "node:assert/strict";
import { withoutSecrets } from "../../../../src/protocol/text/withoutSecrets";

/** Every secret in the samples matches this. */
const secret = /s3cr3t|hunter|KEYDATA/i;

const leaks: Readonly<Record<string, readonly string[]>> = {
	"a name and password in an address": [
		"https://jane:s3cr3t@mirror.example/api",
		"GET https://s3cr3ttoken@mirror.example failed",
		"https://jane:p@s3cr3t@mirror.example/x",
		"https://jane:pa/s3cr3t@mirror.example/x",
		"https://jane:pa?s3cr3t#x@mirror.example/x",
		"https://jane:s3cr3t%40x@[::1]:8080/",
		"https://jane:%733cr3t%2Fs3cr3t@mirror.example",
		"HTTPS://JANE:S3CR3T@MIRROR.EXAMPLE",
		"http:\\\\jane:s3cr3t@mirror.example\\x",
		"http:/jane:s3cr3t@mirror.example/x",
		"redirect=https%3A%2F%2Fjane%3As3cr3t%40mirror.example%2Fx",
		"Request cannot be constructed from a URL that includes credentials: https://jane:s3cr3t@h/x",
		"“https://jane:s3cr3t@h/x” does not name a model.",
		"https://proxy.example/https://jane:s3cr3t@h/x",
		"https://proxy.example/https%3A%2F%2Fjane%3As3cr3t%40h",
		"proxy jane:s3cr3t@proxy.example:8080 is not reachable",
		"socks5://jane:s3cr3t@127.0.0.1:1080",
		"postgres://jane:s3cr3t@db.example:5432/x",
		"git+https://oauth2:s3cr3t@git.example/x.git",
		"https://jane:s3cr3t@a.example,https://joe:hunter2@b.example",
	],
	"what follows the question mark of an address": [
		"https://cdn.example/x.gguf?X-Amz-Signature=s3cr3t&X-Amz-Credential=s3cr3t",
		"https://cdn.example/x.gguf?Expires=1&Policy=s3cr3t&Signature=s3cr3t&Key-Pair-Id=s3cr3t",
		"https://blob.example/x?sv=2024&sig=s3cr3t%3D&se=2026",
		"https://mirror.example/?token=s3cr3t",
		"https://mirror.example/?s3cr3t",
		"GET /x/y?access=1&k=s3cr3t HTTP/1.1",
		"(https://cdn.example/x?k=s3cr3t).",
		"location: /x?k=s3cr3t",
		"https%3A%2F%2Fcdn.example%2Fx%3FSignature%3Ds3cr3t%26Policy%3Ds3cr3t",
		"https://app.example/cb#access_token=s3cr3t&x=1",
		"see <https://cdn.example/x?a=s3cr3t>",
	],
	headers: [
		"Authorization: Bearer s3cr3t",
		"authorization: Basic czNjcjN0OnMzY3IzdA== s3cr3t",
		'Authorization: Digest username="jane", response="s3cr3t"',
		"'proxy-authorization': 'Basic s3cr3t'",
		'{"authorization":"Bearer s3cr3t","accept":"*/*"}',
		'{\\"authorization\\":\\"Bearer s3cr3t\\"}',
		"[ 'authorization', 'Bearer s3cr3t' ]",
		"Cookie: a=b; token=s3cr3t",
		"Set-Cookie: session=s3cr3t; Path=/; HttpOnly",
		"x-api-key: s3cr3t",
		"X-Amz-Security-Token: s3cr3t",
		"X-Auth-Token = s3cr3t",
		"sent Bearer s3cr3t to the host",
		"Bearer\ts3cr3t",
	],
	"tokens by what they look like": [
		"hf_s3cr3tAbCdEfGhIjKlMnOpQrStUvWx",
		"invalid token hf_hunter",
		'"hf_s3cr3tabcdef"',
		"ghp_s3cr3tAbCdEfGhIjKlMnOpQrStUvWxYz12",
		"github_pat_11s3cr3tABCDEFG_abcdefghijkl",
		"sk-ant-s3cr3t-abcdefghijklmnop",
		"xoxb-1234-s3cr3tabc",
		"AKIAS3CR3TEXAMPLE123 ".trim(),
		"eyJhbGciOiJIUzI1NiJ9.s3cr3teyJzdWIiOiIx.s3cr3tSflKx",
		"npm_s3cr3tabcdefghijklmnopqrstuvwxyz",
		"-----BEGIN RSA PRIVATE KEY-----\nKEYDATA\n-----END RSA PRIVATE KEY-----",
		"-----BEGIN OPENSSH PRIVATE KEY-----\nKEYDATA",
	],
	"variables and fields": [
		"HF_TOKEN=s3cr3t",
		"export HUGGING_FACE_HUB_TOKEN='s3cr3t'",
		'declare -x AWS_SECRET_ACCESS_KEY="s3cr3t/x"',
		"DB_PASSWORD=correct horse s3cr3t",
		"OPENAI_API_KEY: s3cr3t",
		"MYSQL_PWD=s3cr3t",
		"SMTP_PASS=s3cr3t",
		'"password": "s3cr3t"',
		"password: s3cr3t",
		"{ apiKey: 's3cr3t' }",
		"client_secret=s3cr3t&grant=x",
		"Server=db;User Id=sa;Password=s3cr3t;",
		"refresh_token => 's3cr3t'",
		"token: s3cr3tvalue99",
		"token=hunter",
		"passphrase := s3cr3t",
		"<password>s3cr3t</password>",
		"curl --hf-token s3cr3t -o x",
		"curl -u jane:s3cr3t",
		"--api-key s3cr3t",
		"MY_SERVICE_KEY=s3cr3tvalue",
		"machine h login jane password s3cr3t",
		"AccountKey=s3cr3t==;EndpointSuffix=x",
		"//registry.example/:_authToken=s3cr3t",
		"HTTP_PROXY=jane:s3cr3t@proxy.example:3128",
		"password%3Ds3cr3t",
		"credentials: s3cr3t",
	],
};

const kept: readonly string[] = [
	"BOS token        = 11 ','",
	"print_info: EOS token = 151645 '<|im_end|>'",
	"llama_context: n_ctx = 8192, n_batch = 512, n_tokens = 12",
	"Reached 2048 tokens: the answer ended.",
	"load: printing all EOG tokens:",
	"tokenizer.ggml.pre str = qwen2",
	"https://huggingface.co/owner/name",
	"https://mirror.example:8443/a@b/c.gguf is not there",
	"http://[::1]:8080/x",
	"huggingface.co gives this model only to accounts that have agreed to its licence.",
	"enter an access token of the account",
	"The model file /srv/hf_models/hub/a.gguf is not there.",
	"C:\\models\\a.gguf",
	"git@github.com:owner/name.git",
	"owner@example.org",
	"error code: ERR_TLS_CERT_ALTNAME_INVALID",
	"ggml_vulkan: 0 = Some GPU (RADV) | uma: 1 | fp16: 1",
	"Retry-After: 30",
	"Basic support for tokens",
	"20/28 layers, 7 tokens/s",
	"Why? Because x = 1",
	"at Object.<anonymous> (/srv/app/x.js:10:5)",
	"max_tokens: 2048",
	"no token is sent",
	"the key of the map: 12",
];

describe("withoutSecrets", () => {
	for (const [kind, texts] of Object.entries(leaks)) {
		for (const text of texts) {
			it(`hides ${kind}: ${text.replace(/\n/g, "⏎")}`, () => {
				const clean = withoutSecrets(text);
				assert.doesNotMatch(clean, secret);
				assert.equal(withoutSecrets(clean), clean, "and is as it is the second time");
			});
		}
	}

	for (const text of kept) {
		it(`keeps: ${text}`, () => {
			assert.equal(withoutSecrets(text), text);
		});
	}

	it("keeps the host and the subject", () => {
		assert.equal(
			withoutSecrets("GET https://jane:s3cr3t@mirror.example/api?x=1: 401 (HF_TOKEN=abc)"),
			"GET https://…@mirror.example/api?…: 401 (HF_TOKEN=…",
		);
	});

	it("hides known secrets wherever they occur", () => {
		const text = "The host says: plainword is wrong (plainword)";
		assert.equal(withoutSecrets(text, ["plainword"]), "The host says: … is wrong (…)");
		assert.equal(withoutSecrets("a b", ["a", ""]), "a b", "a letter is in every word");
	});

	it("takes negligible time for keys and tokens that begin but do not end", () => {
		for (const part of ["a-eyJ", `${"A".repeat(20)}\n`, `${"A".repeat(99)}\n`]) {
			const text = part.repeat(400_000 / part.length);
			assert.ok(withoutSecrets(text) === text, part);
		}
	});

	it("hides whole keys and tokens of any length", () => {
		const long = "s3cr3t".repeat(2_000);
		for (const text of [
			`eyJhbGciOiJI.${long}.${long}`,
			`a-eyJ${long}.${long}`,
			`${`${"s3cr3t".repeat(10)}\n`.repeat(400)}-----END RSA PRIVATE KEY-----`,
		]) {
			const shown = withoutSecrets(text);
			assert.ok(shown.length < 20, `${text.slice(0, 20)}: ${shown.length}`);
		}
	});

	it("takes linear time for any text", () => {
		for (const part of [
			"://",
			"a://b:c",
			"a.",
			"token",
			"?a=",
			"-----BEGIN PRIVATE KEY-----",
			'\\"',
			"%3A%2F",
			"a:b@",
			" ",
			"x-",
			"eyJ",
			").,;",
			"https://a?)",
			")",
		]) {
			const text = part.repeat(Math.ceil(1_000_000 / part.length));
			const start = performance.now();
			withoutSecrets(text);
			const took = performance.now() - start;
			assert.ok(took < 5000, `${part}: ${took} ms`);
		}
	}).timeout(60_000);
});
