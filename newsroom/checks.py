"""System checks over what Django's own cannot see: three URLconfs, and the editor's fences."""

import re

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import Error, Tags, register
from django.core.checks.urls import check_resolver
from django.urls import get_resolver

from articles import body
from bureaus.hosts import URLCONFS

# Plugins of CKEditor 4.22.1 with unfixed holes: CVE-2024-24816, CVE-2024-43407.
VULNERABLE = ("plugins/preview/", "plugins/codesnippetgeshi/", "ckeditor/samples/")

UNSAFE = {"'unsafe-inline'", "'unsafe-eval'", "'unsafe-hashes'", "*", "data:", "blob:", "https:"}
# CVE-2024-24815 needs one of these elements, or a rule for any element.
WIDE = re.compile(r"(?:^|[\s;])(?:script|style|iframe|object|\*)(?:[\s;\[{(]|$)")
HOSTILE = "<script>x</script><img src=x onerror=x><style>x</style><iframe src=x></iframe>"


@register(Tags.urls)
def check_urlconfs(app_configs, **kwargs):
    """Django checks ROOT_URLCONF alone; every kind of host has one of its own."""
    return [
        problem
        for urlconf in URLCONFS.values()
        for problem in check_resolver(get_resolver(urlconf))
    ]


@register(Tags.security)
def check_editor_is_fenced(app_configs, **kwargs):
    """Why the silenced ckeditor.W001 may be silent. SECURITY.md, "The story editor"."""
    config = body.EDITOR
    policy = settings.DESK_CSP
    foreign = set(config.get("plugins", "all").split(",")) - body.EDITOR_PLUGINS
    fences = [
        (
            "ckeditor_uploader" not in settings.INSTALLED_APPS,
            "ckeditor_uploader must not be installed: its upload view is open.",
        ),
        (
            config.get("versionCheck") is False,
            "versionCheck must be off: it asks an outside host.",
        ),
        (
            _filters(config),
            "allowedContent must list what a story may hold, without script, style and fullPage.",
        ),
        (
            not foreign and "extraPlugins" not in config,
            "plugins must name no other plugin than EDITOR_PLUGINS.",
        ),
        (
            not UNSAFE & set(policy["script-src"]) and not UNSAFE & set(policy["default-src"]),
            "DESK_CSP must not allow scripts inline, by eval or from anywhere.",
        ),
        (
            not hasattr(settings, "EDITOR_CSP"),
            "No page may have a policy of its own for the editor.",
        ),
        (
            body.sanitise(HOSTILE) == "",
            "articles.body.sanitise must take scripts out of a story.",
        ),
    ]
    return [
        Error(text, id=f"newsroom.E00{number}")
        for number, (holds, text) in enumerate(fences, 1)
        if not holds
    ]


def _filters(config) -> bool:
    allowed = config.get("allowedContent")
    is_list = isinstance(allowed, str) and not WIDE.search(allowed)
    return is_list and not config.get("fullPage") and "extraAllowedContent" not in config


@register(Tags.security, deploy=True)
def check_collected_editor(app_configs, **kwargs):
    """The editor's vulnerable plugins must not be among the files that collectstatic takes."""
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    found = [
        path
        for finder in get_finders()
        for path, _storage in finder.list(ignored)
        if any(part in path for part in VULNERABLE)
    ]
    return [Error(f"{path} would be collected.", id="newsroom.E010") for path in sorted(found)[:1]]
