"""The demo newsroom: complete, true to the workflow, loaded once."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command
from django.utils import timezone

from articles import curation, objects, record
from articles.body import plain_text, sanitise
from articles.checked_text import Text
from articles.models import (
    Article,
    CreditRole,
    Edition,
    Listing,
    Page,
    Picture,
    Pin,
    Placement,
    PublicState,
    Section,
    Tag,
)
from articles.models.content import Content
from articles.story_checks import demands_not_met
from bureaus.models import Author, Bureau, Network, User
from newsroom.demo import loader
from newsroom.demo.credits import Credits
from newsroom.demo.pictures import ILLUSTRATION
from newsroom.demo.reports import dated_reports, read_reports
from newsroom.demo.stories import drawings_of, read_stories
from newsroom.demo.walk import MARGIN

DEMO = Path(loader.__file__).parent
CAST = loader.read_cast()
ZONES = {bureau["slug"]: ZoneInfo(bureau["time_zone"]) for bureau in CAST["bureaus"]}
# Seven days one after another, at hours that are morning in one zone and night in another.
LOADINGS = [
    datetime(2027, 2, 25, 0, 10, tzinfo=UTC) + timedelta(days=1, hours=3.4) * number
    for number in range(7)
]


def counts() -> tuple[int, ...]:
    return tuple(
        model.objects.count() for model in (Bureau, Author, User, Article, Edition, Picture)
    )


@pytest.fixture
def demo(db, settings, tmp_path, monkeypatch):
    """All of it but for most reports: every tenth, those to which something happens later, and
    those that a story names."""

    def some(*args):
        reports = dated_reports(*args)
        return [
            report
            for number, report in enumerate(reports)
            if number % 10 == 0 or {"steps", "placements", "key"} & report.keys()
        ]

    monkeypatch.setattr(loader, "dated_reports", some)
    settings.IS_LOCAL = True
    settings.DATA_DIR = tmp_path
    call_command("load_demo")


def test_the_loaded_demo_is_a_whole_newsroom_and_loading_it_twice_changes_nothing(demo, capsys):
    # One test for all of it: to load it is what takes long.
    _it_has_every_state_and_loading_it_twice_changes_nothing(capsys)
    _every_bureau_has_been_open_since_before_its_first_story_and_says_who_answers()
    _pages_are_the_networks_and_two_are_a_bureaus_own()
    _editors_have_pinned_and_placed_stories()
    _frequent_topics_are_introduced()
    _a_picture_file_is_stored_once_however_many_show_it()
    _stories_show_all_that_the_editor_offers_and_pass_the_houses_own_checks()
    _what_illustrates_more_than_one_story_is_no_photo_of_any_of_them()


def _it_has_every_state_and_loading_it_twice_changes_nothing(capsys):
    before = counts()
    call_command("load_demo")
    assert counts() == before
    assert before[0] == 9
    assert before[1] == len(CAST["authors"])
    assert set(Bureau.objects.values_list("time_zone", flat=True)) == {
        "Asia/Jakarta",
        "Asia/Makassar",
        "Asia/Jayapura",
    }
    states = set(Article.objects.with_public_state().values_list("stage", "public"))
    assert states == {
        ("draft", "none"),
        ("submitted", "none"),
        ("in_review", "none"),
        ("approved", "none"),
        ("approved", "scheduled"),
        ("approved", "live"),
        ("draft", "live"),
        ("draft", "retracted"),
    }
    assert Edition.objects.live().filter(paid=True).exists()
    assert Edition.objects.live().filter(picture=None).exists()
    # Whatever a file says was corrected or added did change the text.
    again = Edition.objects.filter(kind__in=("correction", "update")).select_related("article")
    assert Counter(again.values_list("kind", flat=True)) == {"correction": 6, "update": 6}
    for edition in again:
        assert edition.body != edition.article.editions.get(number=1).body
    assert [fault for story in Article.objects.all() for fault in record.faults(story)] == []
    logins = User.objects.filter(username__in=loader.LOGINS)
    assert [user.has_usable_password() for user in logins] == [True] * 4
    assert "reporter, redaktur, redpel, admin" in capsys.readouterr().out


def _every_bureau_has_been_open_since_before_its_first_story_and_says_who_answers():
    network = Network.objects.get()
    assert network.masthead.is_complete
    assert network.email.endswith("@bentara.example")
    answering = set()
    for bureau in Bureau.objects.all():
        assert bureau.state == Bureau.State.OPEN
        assert bureau.opened_at < bureau.editions.earliest("first_published").first_published
        assert 6 <= bureau.sections.count() <= 10
        assert bureau.masthead.is_complete
        assert bureau.email.endswith("@bentara.example")
        assert " 555-01" in bureau.phone
        answering.add(bureau.masthead.person_responsible)
    assert len(answering) == 5
    assert answering <= set(Author.objects.values_list("name", flat=True))
    for author in Author.objects.exclude(kind=Author.Kind.AGENCY):
        assert author.position, author
        assert 2 <= author.biography.count(".") <= 6, author


def _pages_are_the_networks_and_two_are_a_bureaus_own():
    kinds = Page.Kind.values
    assert set(Page.objects.filter(bureau=None).values_list("kind", flat=True)) == set(kinds)
    cilacap = Bureau.objects.get(slug="cilacap")
    shown = Page.objects.shown_on(cilacap)
    assert {page.kind for page in shown} == set(kinds)
    own = {page.kind for page in shown if page.bureau_id == cilacap.pk}
    assert own == {Page.Kind.CONTACT, Page.Kind.ABOUT}
    for page in Page.objects.all():
        assert len(plain_text(page.body).split()) > 80


def _editors_have_pinned_and_placed_stories():
    cilacap, makassar = (Bureau.objects.get(slug=slug) for slug in ("cilacap", "makassar"))
    fronts = {None: 3, cilacap: 2, makassar: 1}
    assert Pin.objects.count() == 6
    now = timezone.now()
    for bureau, number in fronts.items():
        pins = curation.pins_of(bureau)
        assert len(pins) == number
        assert all(timedelta(days=1) < pin.until - now < timedelta(days=3) for pin in pins)
    told = Placement.objects.exclude(headline="").exclude(note="")
    assert told.count() >= 4
    assert told.values("bureau").distinct().count() >= 3
    assert Listing.objects.filter(placement__in=told).exists()


def _frequent_topics_are_introduced():
    introduced = Tag.objects.exclude(introduction="")
    assert len(introduced) == len(CAST["topics"]) >= 8
    used = Counter(tag for story in [*read_stories(), *read_reports()] for tag in story["tags"])
    for tag in introduced:
        assert used[tag.name] >= 3, tag
        assert tag.introduction.count(".") >= 2, tag


def _a_picture_file_is_stored_once_however_many_show_it():
    pictures = Picture.objects.all()
    files = {picture.original.name for picture in pictures}
    assert len(files) < len(pictures)
    for picture in pictures:
        assert picture.made
        assert all(default_storage.exists(picture.name_of(suffix)) for suffix in picture.made)


def _stories_show_all_that_the_editor_offers_and_pass_the_houses_own_checks():
    shown = Counter[str]()
    for story in Article.objects.prefetch_related("bylines"):
        assert sanitise(story.body) == story.body.strip(), story
        text = Text.of(story)
        assert [check.name for check in demands_not_met(text)] == [], story
        assert text.unseen_object is None, story
        assert {picture.bureau_id for picture in text.objects.pictures.values()} <= {
            story.bureau_id
        }
        shown.update({each.kind for each in objects.placeholders_in(story.body)})
        shown.update(
            mark
            for mark in ("pull-quote", "fact-box", "<table>")
            if mark in objects.without_placeholders(story.body)
        )
    assert set(shown) == {
        *("picture", "gallery", "see-also", "embed", "pull-quote", "fact-box", "<table>")
    }
    lead = Article.objects.get(headline__startswith="Tiga pekan tertahan gelombang")
    kinds = [each.kind for each in objects.placeholders_in(lead.body)]
    assert kinds == ["picture", "see-also", "see-also"]


def _what_illustrates_more_than_one_story_is_no_photo_of_any_of_them():
    shown = Article.objects.exclude(picture=None).select_related("picture")
    by_drawing: dict[str, list[Article]] = {}
    for story in shown:
        by_drawing.setdefault(story.picture.original.name, []).append(story)
    shared = [story for stories in by_drawing.values() if len(stories) > 1 for story in stories]
    assert len(shared) >= 4
    for story in shared:
        assert story.picture.credit == ILLUSTRATION, story
        assert story.bylines.filter(role=CreditRole.PHOTOGRAPHER).count() == 0, story


@pytest.mark.soak
def test_the_whole_demo_loads(db, settings, tmp_path):
    settings.IS_LOCAL = True
    settings.DATA_DIR = tmp_path
    call_command("load_demo")
    assert Article.objects.count() == len(read_stories()) + len(read_reports())
    live = Edition.objects.live()
    assert live.count() >= 155
    begun = timezone.now() - timedelta(hours=36)
    assert 15 <= live.filter(first_published__gte=begun).count() <= 45
    assert Article.objects.with_public_state().filter(public=PublicState.SCHEDULED).count() == 1
    assert [fault for story in Article.objects.all() for fault in record.faults(story)] == []


# The reports, as texts


def test_there_are_more_than_160_stories_from_every_bureau_and_for_every_section(db):
    stories = [*read_stories(), *read_reports()]
    assert len(stories) >= 160
    assert len({report["kind"] for report in read_reports()}) >= 36
    assert {report["section"] for report in read_reports()} == set(
        Section.objects.values_list("slug", flat=True)
    )
    by_bureau = Counter(story["bureau"] for story in stories)
    assert set(by_bureau) == set(ZONES)
    assert [slug for slug, _number in by_bureau.most_common(2)] == ["cilacap", "makassar"]
    assert by_bureau.most_common()[-1][0] == "ternate"


def test_every_report_fits_the_form_and_names_people_of_the_cast():
    limits = {
        field.name: field.max_length
        for field in Content._meta.get_fields()
        if getattr(field, "max_length", None)
    }
    credits = Credits(CAST["authors"])
    known = {author["slug"] for author in CAST["authors"]}
    for report in dated_reports(LOADINGS[0], ZONES, MARGIN):
        where = report["headline"]
        for name in ("kicker", "headline", "summary", "dateline", "source_name"):
            assert len(report.get(name, "")) <= limits[name], (where, name)
        assert 2 <= len(report["tags"]) == len(set(report["tags"])) <= 8, where
        assert ("source_name" in report) == (report.get("source", "own") != "own"), where
        more = credits.of(report)
        assert {slug for _role, slug in more["credits"]} <= known, where
        if picture := more.get("picture"):
            assert (DEMO / "pictures" / picture["file"]).exists(), where
            assert set(picture) == {"file"}, where
            assert report["picture"] in CAST["pictures"], where


def test_no_drawing_that_reports_share_is_a_storys_own_photo():
    own = {
        story["picture"]["file"] for story in read_stories() if "credit" in story.get("picture", {})
    }
    assert own & {f"{stem}.jpg" for stem in CAST["pictures"]} == set()
    for drawing in CAST["pictures"].values():
        assert drawing["caption"].endswith("."), drawing
        assert drawing["alt"] != drawing["caption"], drawing


def test_nothing_is_told_twice():
    stories = [*read_stories(), *read_reports()]
    told = Counter(
        words
        for story in stories
        for words in (story["headline"], story.get("summary") or None, *_paragraphs(story["body"]))
        if words
    )
    assert [words for words, times in told.items() if times > 1] == []


def _paragraphs(body: str) -> list[str]:
    return [
        " ".join(plain_text(part).split()) for part in body.replace("</p>", "\n\n").split("\n\n")
    ]


@pytest.mark.parametrize(
    "now",
    [
        pytest.param(now, marks=[pytest.mark.soak] if number % 3 else [])
        for number, now in enumerate(LOADINGS)
    ],
)
def test_reports_happen_at_times_at_which_a_newsroom_publishes(now):
    reports = dated_reports(now, ZONES, MARGIN)
    assert len(reports) == len(read_reports())
    for report in reports:
        moment = report["time"]
        assert moment.tzinfo == ZONES[report["bureau"]]
        assert timedelta(hours=5, minutes=40) <= moment - _midnight(moment) < timedelta(hours=23)
        after = max((step["after"] for step in report.get("steps", [])), default=0)
        changed = moment + timedelta(minutes=after)
        assert changed <= now - MARGIN
        assert timedelta(hours=5) <= changed - _midnight(changed) < timedelta(hours=23, minutes=15)
        assert moment > now - timedelta(days=125)
        assert "{" not in str([report["body"], report["headline"], report.get("summary")])
    newest = [report for report in reports if report["time"] > now - timedelta(hours=36)]
    assert 10 <= len(newest) <= 25
    assert reports[-40]["time"] > now - timedelta(days=6)
    ages = Counter((now - report["time"]).days // 30 for report in reports)
    assert min(ages[month] for month in range(4)) >= 10


def test_the_same_moment_always_gives_the_same_newsroom():
    once, again = (dated_reports(LOADINGS[3], ZONES, MARGIN) for _time in range(2))
    assert once == again


def test_offices_work_on_working_days_and_dates_agree_with_their_names():
    weekdays = {"Senin", "Selasa", "Rabu", "Kamis", "Jumat"}
    report = next(
        report
        for report in dated_reports(LOADINGS[2], ZONES, MARGIN)
        if report["headline"].startswith("DPRD Makassar tolak pinjaman")
    )
    day = report["time"]
    said = f"({day.day}/{day.month})"
    assert said in report["body"]
    assert report["body"].split(said)[0].split()[-1] in weekdays
    later = day + timedelta(days=14)
    assert f"({later.day}/{later.month})" in report["body"]


def _midnight(moment: datetime) -> datetime:
    return moment.replace(hour=0, minute=0, second=0, microsecond=0)


# Where it is not loaded


def test_the_demo_is_not_loaded_on_a_real_domain(db, settings):
    settings.IS_LOCAL = False
    settings.DOMAIN = "bentara.id"
    with pytest.raises(CommandError, match=r"bentara\.id"):
        call_command("load_demo")
    assert Bureau.objects.count() == 0


def test_the_demo_is_not_loaded_over_a_newsroom_of_ones_own(cilacap, settings, capsys):
    settings.IS_LOCAL = True
    call_command("load_demo")
    assert Article.objects.count() == 0
    assert "has bureaus of its own" in capsys.readouterr().out


def test_nobody_of_the_newsroom_is_said_to_have_written_what_is_paid_for():
    kinds = {author["slug"]: author["kind"] for author in CAST["authors"]}
    paid = [story["credits"][0][1] for story in read_stories() if story.get("paid")]
    paid += [report["writer"] for report in read_reports() if report.get("paid")]
    assert {kinds[slug] for slug in paid} == {"agency"}
    assert "tim-bentara" not in paid


@pytest.mark.parametrize("now", LOADINGS[:3])
def test_the_newest_reports_of_the_bureaus_show_no_picture_twice(now):
    newest = {report["bureau"]: report for report in dated_reports(now, ZONES, MARGIN)}
    pictures = Counter(report["picture"] for report in newest.values() if "picture" in report)
    assert set(pictures.values()) == {1}


@pytest.mark.parametrize("now", LOADINGS[:3])
def test_the_fronts_show_no_drawing_twice(now):
    drawn = drawings_of(read_stories())
    newest_first = dated_reports(now, ZONES, MARGIN, drawn)[::-1]
    on_network = [report["picture"] for report in newest_first[:40] if "picture" in report]
    assert len(on_network) >= 8
    assert set(Counter([*on_network, *drawn]).values()) == {1}
    for bureau in ZONES:
        own = [report for report in newest_first if report["bureau"] == bureau][:16]
        shown = Counter(report["picture"] for report in own if "picture" in report)
        assert set(shown.values()) <= {1}, bureau
