from allauth.account.apps import AccountConfig
from django.apps import AppConfig
from django.contrib.admin.apps import AdminConfig
from django.contrib.staticfiles import apps as staticfiles

# Plugins of CKEditor that come in folders of their own; articles/body.py says which are in use.
UNNEEDED_PLUGINS = [
    "a11yhelp", "about", "adobeair", "ajax", "autoembed", "autogrow", "autolink", "bbcode",
    "codesnippet", "codesnippetgeshi", "colordialog", "copyformatting", "devtools",
    "div", "divarea", "docprops", "embed", "embedbase", "embedsemantic", "exportpdf", "filetools",
    "find", "flash", "forms", "iframe", "iframedialog", "image", "image2", "language", "link",
    "liststyle", "magicline", "mathjax", "menubutton", "notificationaggregator", "pagebreak",
    "pastefromgdocs", "placeholder", "preview", "scayt", "sharedspace", "showblocks", "smiley",
    "sourcedialog", "specialchar", "stylesheetparser", "table", "tableresize", "tabletools",
    "templates", "uicolor", "uploadimage", "uploadwidget", "wsc", "xml",
]  # fmt: skip


class NewsroomConfig(AppConfig):
    name = "newsroom"

    def ready(self):
        from newsroom import checks  # noqa: F401 - registers the system checks


class DeskConfig(AdminConfig):
    default_site = "newsroom.admin_site.DeskSite"


class AccountsConfig(AccountConfig):
    def ready(self):
        # Without the parent's demand for its middleware: bureaus.sign_in.middleware runs that one,
        # and at the desk alone.
        from allauth.account import checks  # noqa: F401 - registers the system checks


class StaticFilesConfig(staticfiles.StaticFilesConfig):
    # Of the editor's 1,257 files, those with known holes (CVE-2024-24816, CVE-2024-43407) and
    # those that no story needs. A pattern with a slash is matched against the whole path.
    ignore_patterns = [
        *staticfiles.StaticFilesConfig.ignore_patterns,
        *(f"ckeditor/ckeditor/plugins/{name}/*" for name in UNNEEDED_PLUGINS),
        "ckeditor/ckeditor/plugins/*/dialogs/*",
        "ckeditor/ckeditor/plugins/dialog/*.js",
        *(f"ckeditor/ckeditor/{name}" for name in ("adapters/*", "samples/*", "vendor/*")),
        *(f"ckeditor/ckeditor/skins/moono-lisa/*_{kind}.css" for kind in ("ie", "iequirks", "ie8")),
        "ckeditor/ckeditor/skins/moono-lisa/dialog*.css",
        "ckeditor/ckeditor/skins/moono/*",
        "ckeditor/file-icons/*",
        "ckeditor/galleriffic/*",
        "ckeditor/ckeditor/*.md",
        # Languages other than English and Indonesian (and their few neighbours in the alphabet).
        "ckeditor/*/lang/[!ei]*.js",
        # Scripts of the sign-in's stock pages; the desk has a module of its own.
        "account/js/*",
        "mfa/js/*",
        # What newsroom/stylesheet.py joins.
        "css/components/*",
        *(f"css/{name}.css" for name in ("tokens", "base", "layout", "print")),
    ]
