import { hostileAddresses } from "./addresses";
import { hostileDocuments } from "./documents";
import { hostileForeignContent } from "./foreignContent";
import { hostileForms } from "./forms";
import type { HostileClasses } from "./hostileFragment";
import { hostileMedia } from "./media";
import { hostileMutations } from "./mutations";
import { hostileScripts } from "./scripts";
import { hostileStructures } from "./structures";
import { hostileStyles } from "./styles";

/** All known hostile fragments, by class. */
export const hostileCorpus: HostileClasses = {
	...hostileScripts,
	...hostileForeignContent,
	...hostileMutations,
	...hostileAddresses,
	...hostileStyles,
	...hostileDocuments,
	...hostileForms,
	...hostileMedia,
	...hostileStructures,
};
