/**
 * The file in the prompt cache folder that the host rewrites whenever it clears the cache. A process must not save what
 * it evaluated before that.
 */
export const forgottenMark = "forgotten";
