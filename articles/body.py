"""The story's body: the editor at the desk and the sanitiser. The only importer of ckeditor."""

import re
from html import unescape

import nh3
from ckeditor.widgets import CKEditorWidget
from django.db import models
from django.forms.widgets import Media
from django.templatetags.static import static
from django.utils.html import strip_tags
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from js_asset import Script

from articles import objects
from articles.blocks import in_blocks
from articles.emptiness import without_empty
from newsroom.unseen import without_unseen

# What a story may consist of. Anything else goes: its tags, or with them its content.
ALLOWED = {
    "p": set(),
    "br": set(),
    "h2": set(),
    "h3": set(),
    "strong": set(),
    "em": set(),
    "a": {"href"},
    "ul": set(),
    "ol": set(),
    "li": set(),
    "blockquote": objects.ATTRIBUTES["blockquote"],
    "cite": set(),
    "figure": objects.ATTRIBUTES["figure"],
    "aside": objects.ATTRIBUTES["aside"],
    "table": set(),
    "thead": set(),
    "tbody": set(),
    "tr": set(),
    "th": {"colspan", "rowspan"},
    "td": {"colspan", "rowspan"},
    "sub": set(),
    "sup": set(),
}
CLEANER = nh3.Cleaner(
    tags=set(ALLOWED),
    # "*" empties what would be allowed everywhere: lang and title.
    attributes={"*": set(), **{tag: names for tag, names in ALLOWED.items() if names}},
    attribute_filter=objects.kept_attribute,
    url_schemes={"http", "https", "mailto", "tel"},
    clean_content_tags={"script", "style", "iframe", "object", "embed", "template", "noscript"},
    link_rel="noopener",
    strip_comments=True,
)
# White space beside these says nothing; every editor and import puts in its own.
_BLOCK = re.compile(
    r"\s*(</?(?:p|h2|h3|ul|ol|li|blockquote|figure|aside|table|thead|tbody|tr|th|td|br)\b"
    r"[^<>\"]*(?:\"[^\"]*\"[^<>\"]*)*>)\s*"
)
_END_OF_LINE = re.compile(r"(</(?:p|h2|h3|ul|ol|li|blockquote|figure|aside|table|tr)>)")
_PASSES = 5  # what a text goes through until it stays as it is; two are usual


def sanitise(html: str) -> str:
    """Reduce HTML from anywhere to what a story may hold, in one canonical form.

    Applying it again changes nothing, so that a text which an editor only opened is no new text.
    """
    return _settled(html, cells_stay=True)


def as_printed(html: str) -> str:
    """The same for readers: without tables and their rows that nobody has filled in."""
    return _settled(html, cells_stay=False)


def _settled(html: str, *, cells_stay: bool) -> str:
    text = CLEANER.clean(without_unseen(CLEANER.clean(html)))
    for _pass in range(_PASSES):
        before, text = text, _cleaned(text, cells_stay=cells_stay)
        if text == before:
            return text
    # Markup so crooked that each look at it finds another order: its words without its objects.
    return CLEANER.clean(objects.without_frames(text)).strip()


def _cleaned(html: str, *, cells_stay: bool) -> str:
    ordered = _BLOCK.sub(r"\1", in_blocks(objects.in_order(html)))
    lines = _END_OF_LINE.sub(r"\1\n", without_empty(ordered, cells_stay=cells_stay))
    # Last, whatever was done to the text before.
    return CLEANER.clean(lines).strip()


def plain_text(html: str) -> str:
    """The words of a body, with white space folded."""
    return " ".join(unescape(strip_tags(html.replace("<", " <"))).split())


# What the text looks like while it is written: as it will be read.
EDITOR_SHEETS = (
    "tokens", "base", "components/icon", "components/story-text", "components/editor-text",
)  # fmt: skip
# Of CKEditor no more than a story needs, and what these cannot do without. Its own toolbar and
# dialogs are not used: static/js/editor has the desk's. newsroom.checks refuses any other plugin.
EDITOR_PLUGINS = frozenset({
    "basicstyles", "blockquote", "clipboard", "enterkey", "entities", "link", "list",
    "newsroom", "pastefromlibreoffice", "pastefromword", "tab", "table",
    "tableselection", "tabletools", "undo", "widget", "wysiwygarea",
})  # fmt: skip
EDITOR = {
    "plugins": ",".join(sorted(EDITOR_PLUGINS)),
    # The first of the three fences: what CKEditor lets into the text, and out of it.
    "allowedContent": (
        "p h2 h3 strong em ul ol li br sub sup cite thead tbody tr table;"
        "th td[colspan,rowspan]; a[!href]; blockquote[data-object]; aside[!data-object];"
        "figure[!data-object,data-id,data-ids,data-still,data-size,data-url,data-caption]"
    ),
    "versionCheck": False,  # it would ask an outside host
    "customConfig": "",
    "toolbarLocation": "none",
    "clipboard_handleImages": False,  # static/js/editor/files.js sends them to the library
    "enableContextMenu": False,  # the browser's own knows spelling
    "disableNativeSpellChecker": False,
    "bodyClass": "story-text",
    "contentsLanguage": "id",
    "entities": False,
    "stylesSet": False,
    "resize_enabled": False,
    "undoStackSize": 100,  # a mark that static/js/editor/typography.js changes takes two
    "width": "100%",
    "height": 320,
}


class BodyWidget(CKEditorWidget):
    """CKEditor with the toolbar of a newsroom: EDITOR, templates/admin/widgets/body.html and
    static/js/editor."""

    def __init__(self, *args, has_objects=False, **kwargs):
        super().__init__(*args, template_name="admin/widgets/body.html", **kwargs)
        self.has_objects = has_objects
        self.config = {**EDITOR, "hasObjects": has_objects}

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        context["widget"]["has_objects"] = self.has_objects
        return context

    def format_value(self, value):
        # On the way into the editor, too, whatever has got into the database.
        return sanitise(value) if value else value

    def _set_config(self):
        # Django's own parts may be rendered with translation switched off.
        self.config["language"] = get_language() or "id"
        self.config["title"] = gettext("Story text")
        self.config["contentsCss"] = [static(f"css/desk/{name}.css") for name in EDITOR_SHEETS]

    @property
    def media(self):
        # In one tuple: media of several widgets are merged, and their order is Django's to choose.
        return Media(
            js=(
                Script(
                    "ckeditor/ckeditor-init.js",
                    **{
                        "id": "ckeditor-init-script",
                        "data-ckeditor-basepath": static("ckeditor/ckeditor/"),
                    },
                ),
                "js/editor/loading.js",
                "ckeditor/ckeditor/ckeditor.js",
                "js/editor/policy.js",
                Script("js/editor/editor.js", type="module"),
            ),
        )


class BodyField(models.TextField):
    """HTML of a story, sanitised whenever it is saved, whoever saves it.

    ``objects``: whether pictures, boxes and the like can be put into it with the editor.
    """

    description = _("Story text")

    def __init__(self, *args, objects=False, **kwargs):
        super().__init__(*args, **kwargs)
        self.has_objects = objects

    def pre_save(self, model_instance, add):
        value = sanitise(getattr(model_instance, self.attname) or "")
        setattr(model_instance, self.attname, value)
        return value

    def formfield(self, **kwargs):
        # Last, so that the admin's own idea of a text field does not replace the editor.
        return super().formfield(**{**kwargs, "widget": BodyWidget(has_objects=self.has_objects)})

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        # The editor is no business of the database: migrations see a plain text column.
        return name, "django.db.models.TextField", args, kwargs
