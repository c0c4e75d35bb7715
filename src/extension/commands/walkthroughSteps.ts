/** The steps of the walkthrough that package.json declares. A test keeps the two lists equal. */
export const walkthroughSteps = ["chooseModel", "firstMessage", "sendCode", "settings"] as const;

export type WalkthroughStep = (typeof walkthroughSteps)[number];
