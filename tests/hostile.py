"""Bodies that try to run a script: by hand, by template, and by chance. Each would call ran(n)."""

# ruff: noqa: E501 - one attack is one line

import random
from collections.abc import Iterator

RUN = "ran({n})"

# Written by hand: markup that has got past some filter somewhere, mutations and namespaces among it.
BY_HAND = [
    "<script>{run}</script>",
    "<ScRiPt>{run}</sCrIpT>",
    "<script\n>{run}</script\n>",
    "<script/x>{run}</script>",
    "<<script>{run}//<</script>",
    "<scr<script>ipt>{run}</scr</script>ipt>",
    "<script src='data:text/javascript,{run}'></script>",
    "<script type=module>{run}</script>",
    "<script>/*<!--*/{run}/*-->*/</script>",
    "<svg><script>{run}</script></svg>",
    "<svg><script href='data:text/javascript,{run}'/></svg>",
    "<svg><script xlink:href='data:text/javascript,{run}'></script></svg>",
    "<math><script>{run}</script></math>",
    "<svg/onload={run}>",
    "<svg onload={run}//",
    "<svg><animate onbegin={run} attributeName=x dur=1s>",
    "<svg><set onbegin={run} attributeName=x>",
    "<svg><a xlink:href='javascript:{run}'><text x=20 y=20>x</text></a></svg>",
    "<svg><a><animate attributeName=href values=javascript:{run} /><text x=20 y=20>x</text></a></svg>",
    "<svg><use href=\"data:image/svg+xml,<svg id='x' xmlns='http://www.w3.org/2000/svg'><image href='1' onerror='{run}'/></svg>#x\"/></svg>",
    "<svg><foreignObject><img src=x onerror={run}></foreignObject></svg>",
    "<svg><title><img src=x onerror={run}></title></svg>",
    "<svg><desc><img src=x onerror={run}></desc></svg>",
    "<svg><style><img src=x onerror={run}></style></svg>",
    "<math><mtext><img src=x onerror={run}></mtext></math>",
    "<math><annotation-xml encoding='text/html'><img src=x onerror={run}></annotation-xml></math>",
    "<math><mglyph><style><img src=x onerror={run}></style></mglyph></math>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror={run}&gt;'>",
    "<math><mi><mglyph><svg><mtext><textarea><path id='</textarea><img onerror={run} src=1>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror={run}>",
    "<svg></p><style><a id='</style><img src=1 onerror={run}>'>",
    "<svg><p><style><g title='</style><img src=x onerror={run}>'>",
    "<noscript><p title='</noscript><img src=x onerror={run}>'>",
    "<noembed><p title='</noembed><img src=x onerror={run}>'></noembed>",
    "<noframes><p title='</noframes><img src=x onerror={run}>'></noframes>",
    "<xmp><p title='</xmp><img src=x onerror={run}>'></xmp>",
    "<textarea><p title='</textarea><img src=x onerror={run}>'></textarea>",
    "<title><p title='</title><img src=x onerror={run}>'></title>",
    "<iframe><p title='</iframe><img src=x onerror={run}>'></iframe>",
    "<select><style></select><img src=x onerror={run}></style>",
    "<select><template><img src=x onerror={run}></template></select>",
    "<template><img src=x onerror={run}></template>",
    "<template shadowrootmode=open><img src=x onerror={run}></template>",
    "<div><template shadowrootmode=open><script>{run}</script></template></div>",
    "<!--<img src='--><img src=x onerror={run}//'>",
    "<!--><img src=x onerror={run}>-->",
    "<!--!><img src=x onerror={run}>",
    "<!-- --!><img src=x onerror={run}>",
    "<!DOCTYPE x[<!ENTITY y '<img src=x onerror={run}>'>]>&y;",
    "<![CDATA[<img src=x onerror={run}>]]>",
    "<svg><![CDATA[><img src=x onerror={run}>]]></svg>",
    "<?xml version='1.0'?><img src=x onerror={run}>",
    "<?php <img src=x onerror={run}> ?>",
    "</br style=x onload={run}>",
    "</p onclick={run}><img src=x onerror={run}>",
    "<img src=x onerror={run}",
    "<img src=x onerror={run} <p>",
    '<img src=x:x onerror="{run}">',
    "<img/src=x/onerror={run}>",
    "<img\x0csrc=x\x0conerror={run}>",
    "<img src='x'onerror={run}>",
    "<img src=`x`onerror={run}>",
    "<img \x00src=x onerror={run}>",
    "<img src=x on\x00error={run}>",
    "<img src=x onerror&#61;{run}>",
    "<img src=x onerror=&#114;an({n})>",
    "<img src=x OnErRoR={run}>",
    "<img alt='\"><img src=x onerror={run}>' src=x>",
    "<image src=x onerror={run}>",
    "<img srcset=x onerror={run}>",
    "<picture><source srcset=x><img onerror={run}></picture>",
    "<video src=x onerror={run}></video>",
    "<video><source onerror={run} src=x></video>",
    "<audio src=x onerror={run}></audio>",
    "<body onload={run}>",
    "<body onpageshow={run}>",
    "<html onmouseover={run}>",
    "<iframe src='javascript:parent.{run}'></iframe>",
    "<iframe srcdoc='<script>parent.{run}</script>'></iframe>",
    "<iframe srcdoc='&lt;img src=x onerror=parent.{run}&gt;'></iframe>",
    "<iframe onload={run}></iframe>",
    "<object data='javascript:parent.{run}'></object>",
    "<object data='data:text/html,<script>parent.{run}</script>'></object>",
    "<object onerror={run} data=x></object>",
    "<embed src='javascript:parent.{run}'>",
    "<embed src='data:text/html,<script>parent.{run}</script>'>",
    "<link rel=stylesheet href=x onerror={run}>",
    "<link rel=import href='data:text/html,<script>{run}</script>'>",
    "<link rel=modulepreload href='data:text/javascript,{run}'>",
    "<style onload={run}></style>",
    "<style>@import 'x';</style><style onerror={run}>@import 'x';</style>",
    "<meta http-equiv=refresh content='0;url=javascript:{run}'>",
    "<base href='javascript:{run}//'><a href=x>x</a>",
    "<details open ontoggle={run}>x</details>",
    "<details ontoggle={run}><summary>x</summary></details>",
    "<input autofocus onfocus={run}>",
    "<select autofocus onfocus={run}></select>",
    "<textarea autofocus onfocus={run}></textarea>",
    "<button autofocus onfocus={run}>x</button>",
    "<a href=x tabindex=1 autofocus onfocus={run}>x</a>",
    "<p contenteditable autofocus onfocus={run}>x</p>",
    "<form action='javascript:{run}'><button>x</button></form>",
    "<form><button formaction='javascript:{run}'>x</button></form>",
    "<form><input type=submit formaction='javascript:{run}' value=x></form>",
    "<form id=f></form><button form=f formaction='javascript:{run}'>x</button>",
    "<isindex action='javascript:{run}' type=image>",
    "<marquee onstart={run}>x</marquee>",
    "<dialog open onclose={run}><form method=dialog><button>x</button></form></dialog>",
    "<div popover id=p onbeforetoggle={run}>x</div><button popovertarget=p>x</button>",
    "<p style='animation-name:x' onanimationstart={run}>x</p>",
    "<style>@keyframes k{}</style><p style='animation:k' onanimationend={run}>x</p>",
    "<p style='background:url(javascript:{run})'>x</p>",
    "<p style='width:expression({run})'>x</p>",
    "<table background='javascript:{run}'><tr><td background='javascript:{run}'>x</td></tr></table>",
    "<map name=m><area href='javascript:{run}' shape=default></map><img usemap=#m src=x>",
    "<a href='javascript:{run}'>x</a>",
    "<a href=\"javascript:'<script>parent.{run}</script>'\" target=_self>x</a>",
    "<a href='x' ping='javascript:{run}'>x</a>",
    "<a id=ran href='javascript:{run}'>x</a><a id=ran name=ran>x</a>",
    "<a href='jav&#x09;ascript:{run}'>x</a>",
    "<a href='&#1;javascript:{run}'>x</a>",
    "<a href='javascript&colon;{run}'>x</a>",
    "<a href='java\nscript:{run}'>x</a>",
    "<a href=' javascript:{run}'>x</a>",
    "<a href='JAVASCRIPT:{run}'>x</a>",
    "<a href='vbscript:{run}'>x</a>",
    "<a href='data:text/html,<script>opener.{run}</script>'>x</a>",
    "<a href='https://a.id/\" onclick={run} x=\"'>x</a>",
    "<p title='</p><img src=x onerror={run}>'>x</p>",
    "&lt;script&gt;{run}&lt;/script&gt;",
    "&amp;lt;img src=x onerror={run}&amp;gt;",
    "\ufeff<script>{run}</script>",
    "<custom-tag onclick={run}>x</custom-tag>",
    "<p is=x onclick={run}>x</p>",
    "<x onclick={run}>x</x>",
    "<x/onmouseover={run}>x",
    "<plaintext><img src=x onerror={run}>",
]

EVENTS = [
    "onclick",
    "onmouseover",
    "onmouseenter",
    "onfocus",
    "onfocusin",
    "onpointerover",
    "onpointerdown",
    "onmousedown",
    "onkeydown",
    "onauxclick",
    "oncontextmenu",
    "ondblclick",
    "onwheel",
    "onpaste",
    "oncopy",
    "ondrag",
    "oninput",
    "onscroll",
    "ontouchstart",
    "onanimationstart",
]
ELEMENTS = ("p", "a href=x", "h2", "blockquote", "td", "figure", "aside")
SCHEMES = (
    "javascript:{run}", "JaVaScRiPt:{run}", "java\tscript:{run}", "\x01javascript:{run}",
    "javascript://%0a{run}", "javascript&Tab;:{run}", "data:text/html,<script>{run}</script>",
)  # fmt: skip
PLACES = (
    '<a href="{url}">x</a>',
    '<iframe src="{url}"></iframe>',
    '<object data="{url}"></object>',
    '<form action="{url}"><button>x</button></form>',
    '<figure data-object="embed" data-url="{url}"></figure>',
)
ESCAPES = (
    '"><img src=x onerror={run}>',
    "'><img src=x onerror={run}>",
    "&quot;&gt;&lt;img src=x onerror={run}&gt;",
    "</figure><script>{run}</script>",
    '" onmouseover="{run}" x="',
    "javascript:{run}",
    "\x00<svg onload={run}>",
)
OBJECTS = (
    '<figure data-object="picture" data-id="{value}" data-caption="x"></figure>',
    '<figure data-object="picture" data-id="1" data-caption="{value}"></figure>',
    '<figure data-object="picture" data-id="1" data-size="{value}"></figure>',
    '<figure data-object="gallery" data-ids="{value}"></figure>',
    '<figure data-object="embed" data-url="https://youtu.be/{value}" data-caption="{value}"></figure>',
    '<figure data-object="{value}" data-id="1"></figure>',
    '<blockquote data-object="pull-quote"><p>{value}</p><p><cite>{value}</cite></p></blockquote>',
    '<aside data-object="fact-box"><h3>{value}</h3><p>{value}</p></aside>',
    '<aside data-object="{value}"><p>x</p></aside>',
)


def templated() -> Iterator[str]:
    for event in EVENTS:
        for element in ELEMENTS:
            name = element.split()[0]
            yield f"<{element} {event}={{run}} tabindex=0>x</{name}>"
    for scheme in SCHEMES:
        for place in PLACES:
            yield place.replace("{url}", scheme)
    for value in ESCAPES:
        for shape in OBJECTS:
            yield shape.replace("{value}", value)


PIECES = (
    "<p>", "</p>", "<svg>", "</svg>", "<math>", "</math>", "<style>", "</style>", "<table>", "<tr><td>",
    "</table>", "<select>", "</select>", "<template>", "</template>", "<noscript>", "</noscript>", "<title>",
    "</title>", "<textarea>", "</textarea>", "<mtext>", "<mglyph>", "<foreignObject>", "<desc>", "<!--", "-->",
    "<![CDATA[", "]]>", "<form>", "</form>", "<a href='", "'>", '">', "<img src=x onerror={run}>",
    "<svg onload={run}>", "<script>{run}</script>", "<a href='javascript:{run}'>x</a>", " onclick={run} ",
    "<p title='", "<figure data-object='picture' data-id='1' data-caption='", "<aside data-object='fact-box'>",
    "<blockquote data-object='pull-quote'>", "</figure>", "</aside>", "</blockquote>", "<cite>", "&lt;", "&quot;",
    "<iframe srcdoc='", "<xmp>", "</xmp>", "<br>", "x", "\x00", "<li>", "<h2>", "<annotation-xml encoding='text/html'>",
)  # fmt: skip


def by_chance(count: int, seed: int) -> Iterator[str]:
    """Pieces of attacks in any order: what no one would think of."""
    chance = random.Random(seed)
    for _number in range(count):
        yield "".join(chance.choice(PIECES) for _piece in range(chance.randint(2, 9)))


def corpus(count_by_chance: int = 100, seed: int = 1) -> list[str]:
    """Every body with its own number in ran(…)."""
    shapes = [*BY_HAND, *templated(), *by_chance(count_by_chance, seed)]
    return [
        shape.replace("{run}", RUN).replace("{n}", str(number))
        for number, shape in enumerate(shapes)
    ]
