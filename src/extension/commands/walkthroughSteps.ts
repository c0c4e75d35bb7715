/** The steps of the walkthrough that package.json declares; a test holds the two equal. */
export const walkthroughSteps = ["chooseModel", "firstMessage", "sendCode", "settings"] as const;

export type WalkthroughStep = (typeof walkthroughSteps)[number];
