/** The question of “Ask an Example”. Every chat model can answer it, even the demo model. */
export const exampleQuestion = "Write a Python function that reverses a string";
