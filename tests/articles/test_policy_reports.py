"""What browsers at the desk have blocked is counted for administrators, and for nobody else."""

import json

import pytest

from articles import policy_reports
from articles.models import PolicyReport

URL = "/policy-reports/"


@pytest.fixture(autouse=True)
def _fresh_minute():
    policy_reports._minute[:] = [0.0, 0]


def report(**more) -> str:
    said = {
        "document-uri": "https://desk.kabar.id/articles/article/3/change/?text=rahasia",
        "effective-directive": "script-src-attr",
        "blocked-uri": "inline",
        "source-file": "https://desk.kabar.id/articles/article/3/change/",
    }
    return json.dumps({"csp-report": said | more})


def send(client, body: str):
    return client.post(URL, body, content_type="application/csp-report")


def test_the_same_report_is_one_line_that_counts(desk_client, correspondent):
    client = desk_client(correspondent)
    for _time in range(3):
        assert send(client, report()).status_code == 204
    line = PolicyReport.objects.get()
    assert (line.directive, line.blocked, line.times) == ("script-src-attr", "inline", 3)
    # Not the query: it may hold what somebody searched for.
    assert line.page == "/articles/article/3/change/"


@pytest.mark.parametrize(
    "known",
    [
        {"source-file": "chrome-extension"},
        {"blocked-uri": "moz-extension://abc/x.js"},
        {"source-file": "safari-web-extension://abc/x.js"},
    ],
)
def test_what_is_known_is_left_out(desk_client, correspondent, known):
    send(desk_client(correspondent), report(**known))
    assert PolicyReport.objects.count() == 0


@pytest.mark.parametrize("directive", ["script-src-attr", "style-src-elem"])
def test_what_the_editor_was_made_to_do_is_no_known_one(desk_client, correspondent, directive):
    source = "https://desk.kabar.id/static/ckeditor/ckeditor/ckeditor.js"
    more = {"source-file": source, "effective-directive": directive}
    send(desk_client(correspondent), report(**more))
    assert PolicyReport.objects.count() == 1


@pytest.mark.parametrize(
    "nonsense", ["", "null", "[]", "{}", '{"csp-report": 3}', "[" * 7000, "\x00", '"' + "a" * 9000]
)
def test_nonsense_is_dropped(desk_client, correspondent, nonsense):
    assert send(desk_client(correspondent), nonsense).status_code == 204
    assert PolicyReport.objects.count() == 0


def test_strangers_are_not_counted(desk_client, db):
    assert send(desk_client(), report()).status_code == 204
    assert PolicyReport.objects.count() == 0


def test_no_more_than_a_minutes_worth_is_taken(desk_client, correspondent, monkeypatch):
    monkeypatch.setattr(policy_reports, "A_MINUTE", 5)
    client = desk_client(correspondent)
    for _time in range(9):
        send(client, report())
    assert PolicyReport.objects.get().times == 5


def test_old_kinds_give_way_to_new_ones(desk_client, correspondent, monkeypatch):
    monkeypatch.setattr(policy_reports, "MOST_KINDS", 3)
    client = desk_client(correspondent)
    for number in range(6):
        send(client, report(**{"blocked-uri": f"https://evil.example/{number}.js"}))
    kept = sorted(PolicyReport.objects.values_list("blocked", flat=True))
    assert kept == [f"https://evil.example/{number}.js" for number in (3, 4, 5)]


def test_administrators_see_them_and_editors_do_not(
    desk_client, administrator, editor, correspondent
):
    send(desk_client(correspondent), report())
    url = "/articles/policyreport/"
    assert "script-src-attr" in desk_client(administrator).get(url).content.decode()
    assert desk_client(editor).get(url).status_code == 403


def test_every_page_of_the_desk_tells_browsers_where_to_report(desk_client, correspondent):
    policy = desk_client(correspondent).get("/")["Content-Security-Policy"]
    assert "report-uri /policy-reports/" in policy
