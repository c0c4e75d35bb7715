/** British words and their American forms. */
const words = new Map(
	Object.entries({
		...{ ageing: "aging", amongst: "among", burnt: "burned", cosy: "cozy", learnt: "learned" },
		...{ practising: "practicing", programme: "program", programmes: "programs" },
		...{ spelt: "spelled", whilst: "while" },
	}),
);

/** British stems and their American forms. Only whole words match, with an ending from the list below. */
const stems = Object.entries({
	...{ aluminium: "aluminum", analogue: "analog", armour: "armor", artefact: "artifact" },
	...{ behaviour: "behavior", calibre: "caliber", catalogue: "catalog", centre: "center" },
	...{ cheque: "check", chequer: "checker", colour: "color" },
	...{ counsell: "counsel", defence: "defense", dialogue: "dialog", draught: "draft" },
	...{ endeavour: "endeavor", enrol: "enroll", favour: "favor", favourite: "favorite" },
	...{ fibre: "fiber", flavour: "flavor", fuell: "fuel", fulfil: "fulfill", grey: "gray" },
	...{ harbour: "harbor", honour: "honor", humour: "humor", instalment: "installment" },
	...{ jewellery: "jewelry", judgement: "judgment", kerb: "curb", labell: "label" },
	...{ labour: "labor", licence: "license", litre: "liter", manoeuvre: "maneuver" },
	...{ metre: "meter", modell: "model", mould: "mold", neighbour: "neighbor" },
	...{ neighbourhood: "neighborhood", offence: "offense", parlour: "parlor", plough: "plow" },
	...{ practise: "practice", pretence: "pretense", rigour: "rigor", rumour: "rumor" },
	...{ savour: "savor", sceptic: "skeptic", signall: "signal", skilful: "skillful" },
	...{ splendour: "splendor", sulphur: "sulfur", theatre: "theater", travell: "travel" },
	...{ tumour: "tumor", tunnell: "tunnel", tyre: "tire", vapour: "vapor", vigour: "vigor" },
	...{ wilful: "willful" },
});

const endings = /^(?:s|d|ed|r|er|rs|ers|ing|able|al|ful|fully|less|ly|ally|ism|ist|ists|y)?$/;

/** Verbs that end in -ize, without that ending. */
const verbs = [
	...["alphabet", "anonym", "apolog", "author", "capital", "categor", "central", "character"],
	...["civil", "computer", "crystall", "custom", "digit", "emphas", "equal", "familiar"],
	...["final", "formal", "general", "global", "harmon", "immun", "initial"],
	...["item", "legal", "local", "maxim", "memor", "minim", "mobil", "modern", "modular"],
	...["monopol", "neutral", "normal", "optim", "organ", "parallel", "parameter", "penal"],
	...["personal", "popular", "prior", "privat", "quant", "random", "rational", "real"],
	...["recogn", "reorgan", "sanit", "scrutin", "serial", "deserial", "special", "stabil"],
	...["standard", "styl", "subsid", "summar", "symbol", "sympath", "synchron"],
	...["synthes", "token", "util", "vector", "virtual", "visual"],
];

const britishVerb = new RegExp(
	`^((?:un|de|re)?(?:${verbs.join("|")}))is(e|es|ed|er|ers|ing|able|ation|ations)$`,
);

/**
 * @param {string} word
 * @returns {string | undefined} its American spelling, in lower case; undefined if that is how it is spelled
 */
export function americanSpelling(word) {
	const lower = word.toLowerCase();
	const known = words.get(lower);
	if (known) {
		return known;
	}
	const verb = lower
		.replace(britishVerb, "$1iz$2")
		.replace(/^((?:anal|paral|catal)y)s(ed?|ing|ers?)$/, "$1z$2");
	if (verb !== lower) {
		return verb;
	}
	for (const [british, american] of stems) {
		const ending = lower.slice(british.length);
		if (lower.startsWith(british) && endings.test(ending)) {
			const losesE = british.endsWith("e") && !american.endsWith("e") && /^[dr]/.test(ending);
			return american + (losesE ? "e" : "") + ending;
		}
	}
	return undefined;
}
