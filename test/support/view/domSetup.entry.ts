import { GlobalRegistrator } from "@happy-dom/global-registrator";

GlobalRegistrator.register();

const nodeNames: Readonly<Record<number, string>> = {
	[Node.TEXT_NODE]: "#text",
	[Node.COMMENT_NODE]: "#comment",
	[Node.DOCUMENT_NODE]: "#document",
	[Node.DOCUMENT_FRAGMENT_NODE]: "#document-fragment",
};

// DOMPurify reads `nodeName` through the getter of `Node.prototype`, which happy-dom 21.0.4 leaves empty.
Object.defineProperty(Node.prototype, "nodeName", {
	configurable: true,
	get(this: Node) {
		return this instanceof Element ? this.tagName : (nodeNames[this.nodeType] ?? "");
	},
});

// Every test file's bundle contains its own copy of the components. The first to define an element keeps its name.
Object.assign(window, { __vscodeElements_disableRegistryWarning__: true });
const define = customElements.define.bind(customElements);
customElements.define = (name, constructor, options) => {
	if (!customElements.get(name)) {
		define(name, constructor, options);
	}
};

// happy-dom 21.0.4 has no element internals, which form-associated elements request when they are created.
Object.defineProperty(HTMLElement.prototype, "attachInternals", {
	configurable: true,
	value: () => ({ form: null, setFormValue: () => undefined }),
});
