import type { ScanLimits } from "./folderScan";
import { findModelsInFolder } from "./ggufFolder";
import type { LocalModel } from "./localModel";

/** Finds the models that this extension downloaded. */
export function findOwnModels(folder: string, limits: ScanLimits): Promise<LocalModel[]> {
	return findModelsInFolder("ours", folder, limits);
}
