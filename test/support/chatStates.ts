export * from "./view/chatStates";
