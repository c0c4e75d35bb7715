/** What "Ask an Example" asks: every model that can chat answers it well, down to the one that the tests come with. */
export const exampleQuestion = "Write a Python function that reverses a string";
