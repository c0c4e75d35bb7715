/**
 * The file in the folder of saved states that the host writes anew when it has them removed. What a process evaluated
 * before that must not be saved by it any more.
 */
export const forgottenMark = "forgotten";
