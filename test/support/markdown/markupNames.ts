/* Names that markup can contain, far more than are allowed. Tests use them to find out which ones pass. */

/** Current and obsolete elements of HTML, elements of SVG and MathML, and a few of our own. */
export const elementNames: readonly string[] = [
	...words(
		"a abbr acronym address applet area article aside audio b base basefont bdi bdo bgsound big blink blockquote body",
	),
	...words(
		"br button canvas caption center cite code col colgroup command content data datalist dd",
	),
	...words(
		"del details dfn dialog dir div dl dt element em embed fencedframe fieldset figcaption figure",
	),
	...words(
		"font footer form frame frameset h1 h2 h3 h4 h5 h6 head header hgroup hr html i iframe image",
	),
	...words(
		"img input ins isindex kbd keygen label layer legend li link listing main map mark marquee",
	),
	...words(
		"menu menuitem meta meter model multicol nav nextid nobr noembed noframes noscript object ol",
	),
	...words(
		"optgroup option output p param permission picture plaintext portal pre progress q rb rp rt",
	),
	...words(
		"rtc ruby s samp script search section select selectedcontent shadow slot small source spacer",
	),
	...words(
		"span strike strong style sub summary sup table tbody td template textarea tfoot th thead",
	),
	...words("time title tr track tt u ul var video wbr webview xmp"),
	...words(
		"svg animate animatemotion animatetransform circle clippath defs desc ellipse feimage filter",
	),
	...words(
		"foreignobject g line lineargradient marker mask metadata mpath path pattern polygon rect set",
	),
	...words("stop switch symbol text textpath tspan use view"),
	...words(
		"math annotation annotation-xml maction malignmark merror mfrac mglyph mi mn mo mrow ms mspace",
	),
	...words("mtable mtext semantics"),
	...words(
		"chat-app chat-composer copy-button failure-card settings-dialog vscode-button x-element",
	),
];

/** Attributes that load, run, name, style, or address screen readers. The browser provides the names of event handlers. */
export const attributeNames: readonly string[] = [
	...words(
		"abbr accept accept-charset accesskey action align allow allowfullscreen alt anchor archive",
	),
	...words(
		"as async attributionsrc autocapitalize autocomplete autofocus autoplay axis background",
	),
	...words(
		"behavior bgcolor blocking border capture cellpadding cellspacing char charset checked cite",
	),
	...words(
		"class classid clear closedby code codebase codetype cols colspan command commandfor content",
	),
	...words(
		"contenteditable controls coords credentialless crossorigin csp data data-action data-code",
	),
	...words(
		"data-foo data-href data-image data-language data-rows data-task datetime declare decoding default defer",
	),
	...words(
		"dir dirname disabled download draggable dynsrc enctype enterkeyhint event exportparts face",
	),
	...words(
		"fetchpriority for form formaction formenctype formmethod formnovalidate formtarget frame",
	),
	...words("frameborder headers height hidden high href hreflang hspace http-equiv id imagesizes"),
	...words(
		"imagesrcset inert inputmode integrity interestfor is ismap itemid itemprop itemref itemscope",
	),
	...words(
		"itemtype kind label lang language list loading longdesc loop low lowsrc manifest marginheight",
	),
	...words(
		"max maxlength media method min minlength multiple muted name nohref nomodule nonce nonexistent",
	),
	...words(
		"noshade novalidate nowrap open optimum part pattern ping placeholder playsinline popover",
	),
	...words(
		"popovertarget popovertargetaction poster preload profile prompt readonly referrerpolicy rel",
	),
	...words("required rev reversed role rows rowspan rules sandbox scheme scope scrolling selected"),
	...words(
		"shadowrootmode shape size sizes slot span spellcheck src srcdoc srclang srcset standby start",
	),
	...words(
		"step style summary tabindex target text title translate type usemap valign value valuetype",
	),
	...words(
		"virtualkeyboardpolicy vlink vspace width wrap writingsuggestions xmlns xml:base xml:lang",
	),
	...words("xlink:href xlink:show aria-label aria-hidden aria-live aria-describedby aria-expanded"),
	...words(
		"fill filter mask clip-path from to values by attributename begin end dur encoding actiontype",
	),
	...words("definitionurl altimg onerror onload onclick onfocus ontoggle onmouseover onunknown on"),
];

/** Address schemes that a program on the user's machine may handle. */
export const schemeNames: readonly string[] = [
	...words(
		"about android-app app blob chrome chrome-extension code-oss command content data devtools dict",
	),
	...words(
		"dns facetime feed file filesystem ftp ftps git git+ssh gopher http https im intent irc jar",
	),
	...words("javascript ldap ldaps livescript magnet mailto market mms ms-appinstaller ms-excel"),
	...words(
		"ms-msdt ms-officecmd ms-settings ms-word news nfs nntp onenote res resource rtsp search search-ms",
	),
	...words(
		"sftp shell sip skype slack sms smb spotify ssh steam svn tel telnet tftp tvscript untitled urn",
	),
	...words(
		"vbscript view-source vnc vscode vscode-file vscode-insiders vscode-remote vscode-resource",
	),
	...words(
		"vscode-userdata vscode-webview wais webcal ws wss wyciwyg xmpp x-apple-helpbasic zoommtg",
	),
];

function words(list: string): string[] {
	return list.split(" ");
}
