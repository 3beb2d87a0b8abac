"""What surrounds a story at the desk: its states, its buttons, its log, its checks."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from django.contrib import admin
from django.http import HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import comparison, next_step, object_cards, publication, rights, story_log, workflow
from articles.checked_text import Text
from articles.dates import stamp_in_words
from articles.models import PULSE, Article, Notice, Picture, Stage
from articles.outcomes import last_saved, latest
from articles.publication import Situation
from articles.refusals import TextUnchanged, Undecided, UnderEmbargo
from articles.states import (
    IN_REVIEW,
    SENT_BACK,
    State,
    in_review_by,
    shown_states,
    with_states,
)
from articles.story_checks import Check, advice_for, demands_not_met
from articles.verbs import VERBS, may_be_edited
from articles.workflow import WorkflowError
from articles.writing import others_at, unsaved_at
from bureaus.models import Bureau

# Verbs that take the revision which the actor decided about.
OF_A_REVISION = frozenset(
    {
        "submit",
        "approve",
        "approve_and_publish",
        "approve_and_schedule",
        "publish",
        "schedule",
        "update",
        "correct",
    }
)
# Verbs that settle what becomes of the text: not while the actor's own one waits for a choice.
OVER_A_TEXT = OF_A_REVISION | {"send_back", "spike", "discard"}
# Verbs that publish at one press: the story page asks first, without a script the verb's own page.
PUBLISHING = frozenset({"publish", "approve_and_publish"})
INSTEAD = ("schedule", "approve_and_schedule", "approve")  # what an embargo does not bar
# Verbs that ask nothing and cannot be undone: shown once more before they are done.
CONFIRMED = PUBLISHING | {"discard", "confirm_retraction"}
# Checks of the lead picture with the fields of its own, not of the story, at which they are mended.
ON_THE_PICTURES_PAGE = {
    "alt_text": "alt_text",
    "credit": "credit",
    "whose": "source",
    "licence": "licence",
}
# Verbs that bring a text before readers: what the checks say of it is shown beside the question.
TO_READERS = PUBLISHING | {"schedule", "approve_and_schedule", "update", "correct"}
# Buttons beside the main one; every other verb without a tone, or of danger, is in the menu.
BESIDE_THE_MAIN_ONE = frozenset(
    {"send_back", "withdraw", "revive", "decline_retraction", "confirm_retraction"}
)
# In the menu all the same: a phone's bar has no room for four.
IN_THE_MENU = frozenset({"approve_and_schedule"})
# Who has the story in hand: one key for each of them, for only one is possible at a time.
HOLDING = frozenset({"claim", "release", "take_over"})
AT_ONCE = _("Readers see it at once, and it cannot simply be taken back.")
# What a verb means, where its name alone might not say it.
EXPLAINED = {
    **dict.fromkeys(PUBLISHING, AT_ONCE),
    "discard": _("The story goes from every list at the desk. Nobody can bring it back."),
    "confirm_retraction": _(
        "The story leaves every list, search and bureau at once. Its address tells readers that it"
        " was retracted, when and why. This cannot be undone."
    ),
    "retract": _(
        "A second editor must confirm. Then the story leaves every list, and its address tells"
        " readers that it was retracted, when and why."
    ),
    "spike": _("The story is put aside. An editor can revive it."),
    "backdate": _("Readers see this date and time instead of those of publication."),
}


@dataclass(frozen=True)
class Button:
    """One verb that this person can do now."""

    verb: str
    label: str | Promise
    tone: str
    asks: bool
    url: str
    is_main: bool = False

    @property
    def keys(self) -> str:
        """What presses it, as aria-keyshortcuts spells it."""
        holding = ["a"] if self.verb in HOLDING else []
        return " ".join([*holding, "Control+Enter"] if self.is_main else holding)

    @property
    def is_leading(self) -> bool:
        if self.verb in IN_THE_MENU:
            return False
        return bool(self.tone and self.tone != "danger") or self.verb in BESIDE_THE_MAIN_ONE


def story_url(article: Article) -> str:
    return reverse("admin:articles_article_change", args=[article.pk])


def verb_url(article: Article, verb: str) -> str:
    return reverse("admin:articles_article_verb", args=[article.pk, verb])


def conflict_url(article: Article, key) -> str:
    return reverse("admin:articles_article_conflict", args=[article.pk, key])


def needs_page(verb: str, *, is_confirmed: bool = False) -> bool:
    """Whether the verb has something to ask; ``is_confirmed``: the page it was pressed on did."""
    return bool(VERBS[verb].asks) or (verb in CONFIRMED and not is_confirmed)


def buttons(article: Article, user) -> list[Button]:
    """What this person can do now, the way to readers last: there the thumb is."""
    found = [
        Button(
            name,
            label_of(name, article, user),
            VERBS[name].tone,
            needs_page(name),
            verb_url(article, name),
        )
        for name in workflow.available(article, user)
    ]
    found.sort(key=lambda button: ["", "danger", "main", "public"].index(button.tone))
    # The next step within the desk before the one to readers: a key is pressed by mistake, too.
    main = next(
        (button for tone in ("main", "public") for button in found if button.tone == tone), None
    )
    return [replace(button, is_main=button is main) for button in found]


def label_of(verb: str, article: Article, user) -> str | Promise:
    """What the verb is called for this person and this story."""
    if verb == "schedule" and article.editions.pending().exists():
        return _("Change the schedule")
    request = article.retraction_request if verb == "decline_retraction" else None
    if request and request.by_id == user.pk:
        return _("Withdraw the request")
    return VERBS[verb].label


def first_button() -> Button:
    """A new story can be filed in one press: it is saved first."""
    verb = VERBS["submit"]
    return Button("submit", verb.label, verb.tone, asks=False, url="", is_main=True)


def may_edit(article: Article, user) -> bool:
    """Whether the story opens as a form: its text may be changed by this person as it stands."""
    is_retracted = article.notices.filter(kind=Notice.Kind.RETRACTION).exists()
    return may_be_edited(article, user) and not is_retracted


def _with_reviewer(state: State, article: Article, user) -> State:
    if state != IN_REVIEW or not article.claimed_by:
        return state
    return in_review_by(article.claimed_by, is_reader=article.claimed_by == user)


def story_context(article: Article, user) -> dict:
    """Everything about a saved story that stands around its text."""
    shown = with_states(Article.objects.filter(pk=article.pk)).get()
    situation = Situation.of(article, publication.database_now())
    states = [_with_reviewer(state, article, user) for state in shown_states(shown)]
    events = story_log.events_of(article)
    offered = buttons(article, user)
    by_name = {button.verb: button for button in offered}
    pending = situation.pending
    return {
        "story": article,
        "states": states,
        "situation": situation,
        "pending_at": stamp_in_words(pending.live.lower, article.bureau) if pending else "",
        **embargo_context(article.embargo_until, article.bureau, article.stage),
        "public_url": situation.live.address.get_absolute_url() if situation.live else "",
        "over": rights.over_for_readers(situation),
        "others": others_at(article, user),
        "also_runs": also_runs(article, situation),
        "log": story_log.log_of(article, events),
        "last_event": events[0] if events else None,
        "last_saved": last_saved(article),
        "sent_back": next((event for event in events if event.verb == "send_back"), None)
        if SENT_BACK in states
        else None,
        "sent_again": comparison.sent_again(article, events),
        "differs_url": _differs_url(article, situation),
        "retraction": request_of(article) if user.is_editor_of(article.bureau_id) else None,
        "is_own_review": article.claimed_by_id == user.pk and article.is_written_by(user),
        "question": next((button for button in offered if button.verb in PUBLISHING), None),
        "publishing_means": AT_ONCE,
        # What leads on where an embargo bars publishing: the time, or the step before it.
        "instead": next((by_name[verb] for verb in INSTEAD if verb in by_name), None),
        "leading": [button for button in offered if button.is_leading],
        "rest": [button for button in offered if not button.is_leading],
    }


def _differs_url(article: Article, situation: Situation) -> str:
    """Where to see in what the text differs from the one that readers have; "" if in nothing."""
    if situation.live is None or situation.live.version == article.version:
        return ""
    return comparison.compare_url(article, comparison.READERS, article.version)


def checks_context(text: Text) -> dict:
    """What the checks say of a text: what holds it, and what would do it good."""
    return {
        "demands": [(each, mended_at(each, text.picture)) for each in demands_not_met(text)],
        "advice": [(each, mended_at(each, text.picture)) for each in advice_for(text)],
    }


def request_of(article: Article) -> dict | None:
    """The request to retract that waits for a second editor."""
    event = article.retraction_request
    return event and {"event": event, "ground": Notice.Ground(event.details["ground"]).label}


def also_runs(article: Article, situation: Situation) -> list[tuple[Bureau, str]]:
    """The other bureaus that run the story, with the time from which on where it is to come."""
    running = article.placements.filter(shown__upper_inf=True).select_related("bureau")
    return [
        (
            placement.bureau,
            stamp_in_words(placement.shown.lower, article.bureau)
            if placement.shown.lower > situation.now
            else "",
        )
        for placement in running.order_by("bureau__name")
    ]


def read_page(request, article: Article, opts) -> HttpResponse:
    """A story for somebody who may see it but not change it now, with the verbs that are theirs."""
    context = {
        **admin.site.each_context(request),
        **story_context(article, request.user),
        **checks_context(Text.of(article)),
        "offers": unsaved_at(article, request.user),
        "offer_bureau": article.bureau,
        "pulse": PULSE,
        "opts": opts,
        "title": str(article),
        **reading_context(article),
    }
    return TemplateResponse(request, "admin/articles/article/read.html", context)


def reading_context(article: Article) -> dict:
    """The saved text for somebody who reads it."""
    return {
        "body": object_cards.as_read(article.body),
        "bylines": article.bylines.select_related("author"),
        "tags": article.tags.order_by("name"),
    }


def perform(
    verb: str, article: Article, *, by, version: int | None, form: UUID | None = None, **details
):
    """Do a verb. ``form`` is the key of the story form in which it was pressed.

    Raises WorkflowError.
    """
    demand_decided(verb, article, by, form=form)
    if verb in OF_A_REVISION:
        details["version"] = version
    return getattr(workflow, verb)(article, by=by, **details)


def demand_decided(verb: str, article: Article, by, *, form: UUID | None = None) -> None:
    """Raise Undecided where the verb would pass over a text of one's own that waits for a choice.

    What the ``form`` itself has kept is not meant: it is what is being sent.
    """
    if verb not in OVER_A_TEXT:
        return
    for text in unsaved_at(article, by):
        if text.is_stale and text.key != form:
            raise Undecided(verb, text.key)


def demand_read(verb: str, article: Article, version: int) -> None:
    """Raise TextChanged before a page is shown that would decide about a text not read."""
    if verb in OF_A_REVISION and version != article.version:
        raise workflow.TextChanged(
            gettext("The text has been changed since you opened it. Read it again, then decide.")
        )


def after(article: Article) -> str:
    """Where to go when a verb was done."""
    if article.discarded_at:
        return reverse("admin:articles_article_changelist")
    return story_url(article)


def refusal(verb: str, article: Article, error: WorkflowError, by) -> str:
    """Why a verb was refused, with whatever there is to do about it; ``article`` as it now is."""
    if isinstance(error, workflow.Incomplete):
        items = format_html_join(
            "",
            '<li><a href="{}">{}</a></li>',
            (
                (mended_at(check, article.picture, story_url(article)), check.message)
                for check in error.checks
            ),
        )
        lead = gettext("The story is not complete yet:")
        return format_html('{}<ul class="notice__list">{}</ul>', lead, items)
    if isinstance(error, Undecided):
        url = conflict_url(article, error.key)
        return format_html('{} <a href="{}">{}</a>', str(error), url, gettext("Compare and choose"))
    if isinstance(error, TextUnchanged):
        link = format_html('<a href="{}">{}</a>', story_url(article), gettext("Change the text"))
        return format_html("{} {}", str(error), link)
    if isinstance(error, UnderEmbargo):
        return f"{error} {within_embargo(article.stage)}"
    if isinstance(error, workflow.NotNow):
        first = next_step.told(verb, article, by) if type(error) is workflow.NotNow else ""
        return " ".join(filter(None, (str(error), first, latest(article))))
    return str(error)


def within_embargo(stage: str) -> str:
    """What an editor can do with a story that readers must not see yet."""
    if stage == Stage.APPROVED:
        return gettext("Schedule it for then: it goes live by itself.")
    return gettext("Approve it now and schedule it for then: it goes live by itself.")


def embargo_context(until: datetime | None, bureau: Bureau | None, stage: str) -> dict:
    """What the question before publishing says of an embargo; nothing once it has passed."""
    if not until or not bureau or until <= timezone.now():
        return {"embargo_at": ""}
    return {"embargo_at": stamp_in_words(until, bureau), "within_embargo": within_embargo(stage)}


def mended_at(check: Check, picture: Picture | None, form: str = "") -> str:
    """The address at which what a check says is mended; ``form`` is that of the story form, "" on
    it."""
    if picture and check.name in ON_THE_PICTURES_PAGE:
        page = reverse("admin:articles_picture_change", args=[picture.pk])
        return f"{page}#id_{ON_THE_PICTURES_PAGE[check.name]}"
    return f"{form}#{anchor(check.field)}"


def anchor(field: str) -> str:
    """Where on the story form a field is mended."""
    places = {
        "bylines": "bylines-group",
        "body": "story-body",
        "embargo_until": "id_embargo_until_0",
    }
    return places.get(field, f"id_{field}")
