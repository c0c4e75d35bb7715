import path from "node:path";
import { commands, Uri, type CancellationToken, type TextDocumentContentProvider } from "vscode";
import { describeFailure } from "../../wording/describeFailure";
import type { ModelDetails } from "../../protocol/inference/model";
import { describeDetails } from "./modelDetails";
import { failureIn } from "../../protocol/failureError";

/** The URI scheme of pages about models. */
export const modelPageScheme = "local-llm-model";

/**
 * Reads the details in a model's files.
 *
 * @returns `undefined` if aborted
 * @throws {FailureError} if the files cannot be read
 */
export type ReadModelDetails = (
	path: string,
	signal: AbortSignal,
) => Promise<ModelDetails | undefined>;

/** Provides pages about models. A page's URI names the model's file, and its text is made each time it is opened. */
export class ModelPages implements TextDocumentContentProvider {
	readonly inspect: ReadModelDetails;

	constructor(inspect: ReadModelDetails) {
		this.inspect = inspect;
	}

	/** Opens the page of the model at `file`, called `name`. */
	async show(name: string, file: string): Promise<void> {
		const title = `${name.replaceAll(/[\\/]/g, " ")}.md`;
		const page = Uri.from({ scheme: modelPageScheme, path: `/${title}`, query: file });
		await commands.executeCommand("markdown.showPreview", page);
	}

	async provideTextDocumentContent(page: Uri, token: CancellationToken): Promise<string> {
		const controller = new AbortController();
		const subscription = token.onCancellationRequested(() => {
			controller.abort();
		});
		const title = path.posix.basename(page.path, ".md");
		try {
			const details = await this.inspect(page.query, controller.signal);
			return details ? describeDetails(title, details) : "";
		} catch (error) {
			const failure = failureIn(error);
			if (failure) {
				return describeFailure(failure).sentence;
			}
			throw error;
		} finally {
			subscription.dispose();
		}
	}
}
