import { UserError } from "../base/userError";
import { t } from "../../wording/localize";

/** Returns the error of attaching code to a message that has the most attachments. */
export function noRoomForCode(): UserError {
	return new UserError(t("No more code fits into one message. Send it, or remove some."));
}
