"""System checks over what Django's own cannot see: three URLconfs, and the editor's fences."""

from django.apps import apps
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.checks import Error, Tags, register
from django.core.checks.urls import check_resolver
from django.urls import get_resolver

from bureaus.hosts import URLCONFS

# Plugins of CKEditor 4.22.1 with unfixed holes: CVE-2024-24816, CVE-2024-43407.
VULNERABLE = ("plugins/preview/", "plugins/codesnippetgeshi/", "ckeditor/samples/")


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
    config = settings.CKEDITOR_CONFIGS["default"]
    removed = config.get("removePlugins", "").split(",")
    problems = []
    if "ckeditor_uploader" in settings.INSTALLED_APPS:
        problems.append("ckeditor_uploader must not be installed: its upload view is open.")
    if config.get("versionCheck") is not False:
        problems.append("versionCheck must be off: it asks an outside host.")
    if config.get("allowedContent") in (None, True) or config.get("fullPage"):
        problems.append("allowedContent must list what a story may hold.")
    if not {"preview", "sourcearea", "iframe", "forms"} <= set(removed):
        problems.append("removePlugins must name preview, sourcearea, iframe and forms.")
    return [Error(text, id=f"newsroom.E00{number}") for number, text in enumerate(problems, 1)]


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
