"""Readers get one small style sheet, joined from the files of static/css."""

import gzip
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage

from newsroom import stylesheet

# Bytes as gzip sends them: what a phone waits for before it draws anything.
LARGEST = 9 * 1024


@pytest.mark.parametrize("path", ["/", "/tidak-ada"])
@pytest.mark.parametrize("label", ["", "cilacap"])
def test_a_page_asks_for_one_sheet(reader, cilacap, label, path):
    html = reader(label).get(path).content.decode()
    assert re.findall(r'<link rel="stylesheet" href="([^"]*)"', html) == ["/static/css/site.css"]


def test_every_file_is_in_it_and_the_order_is_kept():
    files = [path.relative_to(stylesheet.SOURCES) for path in stylesheet.sources()]
    there = [
        path.relative_to(stylesheet.SOURCES)
        for path in stylesheet.SOURCES.rglob("*.css")
        if "desk" not in path.relative_to(stylesheet.SOURCES).parts
    ]
    assert sorted(files) == sorted(there)
    assert [path.name for path in files[:3]] == ["tokens.css", "base.css", "layout.css"]
    assert files[-1].name == "print.css"
    css = stylesheet.joined()
    for path in files:
        text = stylesheet.compact((stylesheet.SOURCES / path).read_text(encoding="utf-8"))
        assert text
        assert text in css, path


def test_the_sheet_is_small_and_asks_for_nothing_more():
    css = stylesheet.joined()
    assert len(gzip.compress(css.encode(), 6)) <= LARGEST
    assert "@import" not in css
    assert "url(" not in css
    assert css.count("{") == css.count("}")


def test_what_is_for_paper_is_for_paper_alone():
    text = (stylesheet.SOURCES / "print.css").read_text(encoding="utf-8")
    assert re.fullmatch(r"@media print\{.*\}\}", stylesheet.compact(text))


@pytest.mark.parametrize(
    ("css", "compacted"),
    [
        ("a { color: red; }\n", "a{color:red}"),
        ("a,\n b  >  c { margin : 0 ; }", "a,b > c{margin :0}"),
        ("/* why */ a { x: y; /* z */ }", "a{x:y}"),
        ("nav :focus { x: calc(1px + 2px); }", "nav :focus{x:calc(1px + 2px)}"),
        ('a::after { content: " (;  }/* no */"; }', 'a::after{content:" (;  }/* no */"}'),
        ("a { content: '\\' ; }'; }", "a{content:'\\' ; }'}"),
        ("@media (min-width: 1em) {\n  a { x: y; }\n}\n", "@media (min-width:1em){a{x:y}}"),
    ],
)
def test_only_what_a_browser_does_not_read_is_taken_out(css, compacted):
    assert stylesheet.compact(css) == compacted


def test_the_sheet_is_found_and_written_again_only_when_it_has_changed(tmp_path, monkeypatch):
    own_place = FileSystemStorage(location=tmp_path)
    monkeypatch.setattr(stylesheet.JoinedSheetFinder, "storage", own_place)
    path = Path(finders.find("css/site.css"))
    assert path.is_relative_to(tmp_path)
    assert path.read_text(encoding="utf-8") == stylesheet.joined()
    written = path.stat().st_mtime_ns
    assert finders.find("css/site.css") == str(path)
    assert path.stat().st_mtime_ns == written
    monkeypatch.setattr(stylesheet, "joined", lambda: "a{}")
    assert Path(finders.find("css/site.css")).read_text(encoding="utf-8") == "a{}"
    assert [path.name for path in path.parent.iterdir()] == ["site.css"]


def test_what_is_collected_is_the_sheet_and_not_its_sources():
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    collected = {
        path
        for finder in finders.get_finders()
        for path, _storage in finder.list(ignored)
        if path.startswith("css/") and not path.startswith("css/desk/")
    }
    assert collected == {"css/site.css"}


def test_the_collected_sheet_bears_its_hash(tmp_path):
    collected = ManifestStaticFilesStorage(location=tmp_path)
    collected.save("css/site.css", ContentFile(stylesheet.joined()))
    list(collected.post_process({"css/site.css": (collected, "css/site.css")}))
    assert re.fullmatch(r"css/site\.[0-9a-f]{12}\.css", collected.stored_name("css/site.css"))
