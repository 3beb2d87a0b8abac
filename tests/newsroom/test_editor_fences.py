"""The program refuses to start with a fence around the story editor missing."""

from types import SimpleNamespace

import pytest

from articles import body
from newsroom import checks
from newsroom.checks import check_editor_is_fenced


def complaints() -> list[str]:
    return [problem.msg for problem in check_editor_is_fenced(None)]


def test_with_every_fence_there_is_nothing_to_complain_of():
    assert complaints() == []


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"versionCheck": True}, "versionCheck"),
        ({"allowedContent": True}, "allowedContent"),
        ({"allowedContent": "p; script"}, "allowedContent"),
        ({"allowedContent": "p *[onclick]"}, "allowedContent"),
        ({"allowedContent": "style; p"}, "allowedContent"),
        ({"fullPage": True}, "allowedContent"),
        ({"extraAllowedContent": "img[onerror]"}, "allowedContent"),
        ({"plugins": "link,preview"}, "plugins"),
        ({"extraPlugins": "codesnippetgeshi"}, "plugins"),
    ],
)
def test_a_wider_editor_is_refused(monkeypatch, change, complaint):
    monkeypatch.setattr(body, "EDITOR", {**body.EDITOR, **change})
    (problem,) = complaints()
    assert problem.startswith(complaint)


def test_an_editor_with_all_that_ckeditor_brings_is_refused(monkeypatch):
    config = {name: value for name, value in body.EDITOR.items() if name != "plugins"}
    monkeypatch.setattr(body, "EDITOR", config)
    assert complaints() == ["plugins must name no other plugin than EDITOR_PLUGINS."]


@pytest.mark.parametrize("source", ["'unsafe-inline'", "'unsafe-eval'", "*", "data:", "https:"])
def test_a_policy_that_lets_scripts_in_is_refused(settings, source):
    settings.DESK_CSP = {**settings.DESK_CSP, "script-src": ["'self'", source]}
    (problem,) = complaints()
    assert problem.startswith("DESK_CSP")


def test_a_policy_of_the_editors_own_is_refused(settings):
    settings.EDITOR_CSP = settings.DESK_CSP
    assert complaints() == ["No page may have a policy of its own for the editor."]


def test_an_open_upload_view_is_refused(monkeypatch, settings):
    with_it = SimpleNamespace(INSTALLED_APPS=["ckeditor_uploader"], DESK_CSP=settings.DESK_CSP)
    monkeypatch.setattr(checks, "settings", with_it)
    (problem,) = complaints()
    assert problem.startswith("ckeditor_uploader")


def test_a_sanitiser_that_sleeps_is_noticed(monkeypatch):
    monkeypatch.setattr(body, "sanitise", lambda html: html)
    (problem,) = complaints()
    assert problem.startswith("articles.body.sanitise")
