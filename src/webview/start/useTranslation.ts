import { setTranslation, type Translation } from "../../wording/catalog";

/*
 * Each script of the page imports this before anything else: elements that the page already holds are made as soon as
 * their class is defined.
 */
const { lang, dataset } = document.documentElement;
setTranslation(lang, JSON.parse(dataset.translation ?? "{}") as Translation);
