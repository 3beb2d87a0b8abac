"""One verb for many stories: each is decided by itself, as if its own button had been pressed.

What one story refuses holds up no other, and the page that asks for a reason says beforehand which
stories will refuse. A verb about a text is refused for a story whose text has
changed since the list was shown: nobody approves what they have not had before them.
"""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlencode

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from articles import desk, next_step, publication
from articles.models import Article, PublicState, Stage
from articles.publication import Situation
from articles.refusals import demand_complete, demand_may_appear, refuse, refuse_placement
from articles.states import with_states
from articles.ticked import Choice, chosen_in, keep
from articles.verb_form import REASONS
from articles.verbs import VERBS
from articles.workflow import NotNow, TextChanged, WorkflowError
from bureaus.desk import may_write
from bureaus.models import Bureau, Role
from newsroom.unseen import SeenField

MOST = 100  # stories at once
LONGEST_ADDRESS = 1000

# The verbs that make sense for many stories, in the order of their buttons, and the tabs of the
# list under which they are offered. What decides about one story alone is not here: a correction,
# a retraction, a printed date.
FOR_EDITORS = {
    "claim": {"desk", "submitted", "all"},
    "release": {"in_review"},
    "approve": {"desk", "in_review", "all"},
    "publish": {"desk", "approved", "all"},
    "send_back": {"desk", "in_review", "all"},
    "place": {"published", "all"},
    "spike": {"desk", "draft", "sent_back", "all"},
}
FOR_WRITERS = {"submit": {"draft", "sent_back"}}
FOR_REPORTERS = {"submit": {"desk", "draft", "sent_back", "all"}}
IN_BULK = FOR_EDITORS | FOR_WRITERS
# They reach readers: shown once more before they are done.
CONFIRMED = frozenset({"publish"})


@dataclass(frozen=True)
class Already:
    """A story that is what was asked for: how one knows, and what it then is."""

    is_so: Callable[..., bool]
    words: str | Promise


ALREADY = {
    "claim": Already(lambda story, by, told: story.claimed_by_id == by.pk, _("already with you")),
    "release": Already(
        lambda story, by, told: story.stage == Stage.SUBMITTED, _("already with nobody")
    ),
    "approve": Already(
        lambda story, by, told: story.stage == Stage.APPROVED, _("already approved")
    ),
    "publish": Already(
        lambda story, by, told: (
            story.public == PublicState.LIVE and story.edition_version == story.version
        ),
        _("already published"),
    ),
    "send_back": Already(lambda story, by, told: story.sent_back, _("already sent back")),
    "place": Already(
        lambda story, by, told: (
            "bureau" in told
            and story.placements.filter(bureau=told["bureau"], shown__upper_inf=True).exists()
        ),
        _("already running there"),
    ),
    "spike": Already(lambda story, by, told: story.spiked_at is not None, _("already spiked")),
    "submit": Already(
        lambda story, by, told: story.stage in (Stage.SUBMITTED, Stage.IN_REVIEW),
        _("already submitted"),
    ),
}


@dataclass(frozen=True)
class Undone:
    """Why the verb was not done for a story; ``is_so``: there was nothing to do.

    ``is_to_be_read``: its text is another than the list showed.
    """

    why: SafeString | str
    is_so: bool = False
    is_to_be_read: bool = False


@dataclass(frozen=True)
class Button:
    verb: str
    label: str | Promise
    is_danger: bool
    asks: bool


class BulkForm(forms.Form):
    """What a verb asks for, once for all the stories."""

    reason = SeenField(
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write the reason.")},
    )
    bureau = forms.ModelChoiceField(
        Bureau.objects.open(), label=_("Bureau"), empty_label=_("Choose a bureau")
    )

    def __init__(self, *args, verb: str, **kwargs):
        super().__init__(*args, **kwargs)
        for name in set(self.fields) - set(VERBS[verb].asks):
            del self.fields[name]
        if "reason" in self.fields:
            self.fields["reason"].label = REASONS[verb]
            self.fields["reason"].widget.attrs.pop("maxlength", None)


def needs_page(verb: str) -> bool:
    return bool(VERBS[verb].asks) or verb in CONFIRMED


def buttons(user, tab: str) -> list[Button]:
    """What this person may do with many stories of the tab; each story may still refuse."""
    is_editor = user.is_network_editor or user.holds(Role.BUREAU_EDITOR)
    verbs = FOR_WRITERS | FOR_EDITORS if is_editor else FOR_REPORTERS
    return [
        Button(verb, VERBS[verb].label, VERBS[verb].tone == "danger", needs_page(verb))
        for verb, tabs in verbs.items()
        if tab in tabs
    ]


def bulk_page(request) -> HttpResponse:
    """Do a verb for the stories that were ticked; first show what it asks for, if it asks."""
    if not may_write(request.user):
        raise PermissionDenied
    back = _back(request)
    verb = request.POST.get("verb", "")
    if request.method != "POST":
        return HttpResponseRedirect(back)
    if verb not in IN_BULK:
        raise Http404
    chosen = chosen_in(request.POST.getlist("story"))
    if not chosen:
        messages.warning(request, gettext("No story was selected. Tick the stories first."))
        return HttpResponseRedirect(back)
    if len(chosen) > MOST:
        said = gettext("At most %(most)d stories at once. Nothing was done.") % {"most": MOST}
        messages.error(request, said)
        return HttpResponseRedirect(back)
    form = BulkForm(request.POST if "told" in request.POST else None, verb=verb)
    if needs_page(verb) and not form.is_valid():
        return _ask(request, verb, chosen, form, back)
    details = form.cleaned_data if needs_page(verb) else {}
    stories = _stories(request.user, chosen)
    undone = done(verb, chosen, stories, by=request.user, **details)
    refused = [number for number, each in undone.items() if not each.is_so]
    if needs_page(verb) and refused and len(undone) == len(chosen) and stories:
        return _ask(request, verb, chosen, form, back, undone=undone)
    messages.add_message(request, *told(verb, chosen, stories, undone))
    keep(request, [number for number in refused if not undone[number].is_to_be_read])
    return HttpResponseRedirect(back)


def done(
    verb: str, chosen: list[Choice], stories: dict[int, Article], *, by, **details
) -> dict[int, Undone]:
    """Do the verb for each story in a transaction of its own.

    Returns why it was not done for the others, by their numbers. ``stories`` are those that the
    person may see.
    """
    found = {}
    for choice in chosen:
        undone = _undone(verb, choice, stories.get(choice.article_id), by, details)
        if undone:
            found[choice.article_id] = undone
    return found


def told(
    verb: str, chosen: list[Choice], stories: dict[int, Article], undone: dict[int, Undone]
) -> tuple[int, SafeString]:
    """What to say of it and the level of the message: every refusal by its story, with the reason.

    Of a story that the person may not see nothing is said but its number.
    """
    refused = {number: each.why for number, each in undone.items() if not each.is_so}
    count = len(chosen) - len(undone)
    lead = ngettext(
        "%(verb)s: %(done)d of %(all)d story.",
        "%(verb)s: %(done)d of %(all)d stories.",
        len(chosen),
    ) % {"verb": VERBS[verb].label, "done": count, "all": len(chosen)}
    if so := len(undone) - len(refused):
        words = {"count": so, "what": ALREADY[verb].words}
        lead = f"{lead} {gettext('%(count)d %(what)s.') % words}"
    if not refused:
        return messages.SUCCESS if count else messages.INFO, format_html("{}", lead)
    rest = ngettext(
        "One was refused and stays as it was:", "%(count)d were refused and stay as they were:",
        len(refused),
    ) % {"count": len(refused)}  # fmt: skip
    lines = [
        (_named(choice, stories.get(choice.article_id)), refused[choice.article_id])
        for choice in chosen
        if choice.article_id in refused
    ]
    said = format_html(
        '<p><b>{}</b> {}</p><ul class="notice__list">{}</ul>',
        lead,
        rest,
        format_html_join("", "<li>{} {}</li>", lines),
    )
    return messages.WARNING, said


def foreseen(verb: str, choice: Choice, story: Article, by) -> Undone | None:
    """Why the verb would not be done as the story now stands; None if nothing is known against it.

    What is asked for, as the bureau that is to run it, is not known yet.
    """
    try:
        situation = Situation.of(story, publication.database_now())
        if verb == "place":
            refuse_placement(verb, story, situation, by, story.bureau)
        else:
            refuse(verb, story, situation, by)
        desk.demand_read(verb, story, choice.version)
        desk.demand_decided(verb, story, by)
        if verb == "publish":
            demand_complete(story)
            demand_may_appear(story, story, situation.now)
    except WorkflowError as error:
        return _why(verb, choice, story, by, error)
    return None


def _stories(user, chosen: list[Choice]) -> dict[int, Article]:
    visible = with_states(Article.objects.for_user(user)).select_related("bureau", "claimed_by")
    return visible.in_bulk([choice.article_id for choice in chosen])


def _undone(verb: str, choice: Choice, story: Article | None, by, details: dict) -> Undone | None:
    """Do the verb; None when it was done, else why not."""
    if story is None:
        return Undone(gettext("is not there, or not yours to see."))
    try:
        desk.perform(verb, story, by=by, version=choice.version, **details)
    except WorkflowError as error:
        story.refresh_from_db()
        return _why(verb, choice, story, by, error, details)
    return None


def _why(
    verb: str, choice: Choice, story: Article, by, error: WorkflowError, details: dict | None = None
) -> Undone:
    is_as_listed = verb not in desk.OF_A_REVISION or choice.version == story.version
    is_closed = story.retracted_at or (story.spiked_at and verb != "spike")
    if is_as_listed and not is_closed and ALREADY[verb].is_so(story, by, details or {}):
        return Undone(capfirst(f"{ALREADY[verb].words}."), is_so=True)
    is_to_be_read = isinstance(error, TextChanged)
    if type(error) is not NotNow:
        return Undone(desk.refusal(verb, story, error, by), is_to_be_read=is_to_be_read)
    # Who did what last would make a wall of words of many refusals; the list shows the state.
    return Undone(f"{error} {next_step.told(verb, story, by)}".strip())


def _named(choice: Choice, story: Article | None) -> SafeString | str:
    if story is None:
        return gettext("Story no. %(number)d") % {"number": choice.article_id}
    return format_html('<a href="{}">{}</a>:', desk.story_url(story), story)


def _ask(
    request,
    verb: str,
    chosen: list[Choice],
    form: BulkForm,
    back: str,
    *,
    undone: dict[int, Undone] | None = None,
) -> HttpResponse:
    """The page in between: the stories and what the verb asks for.

    Those that would refuse are told and not ticked any more. ``undone`` is why none was done, when
    it has been tried; then what was typed stands there still.
    """
    stories = _stories(request.user, chosen)
    lines = []
    for choice in chosen:
        if story := stories.get(choice.article_id):
            found = (undone or {}).get(story.pk) or foreseen(verb, choice, story, request.user)
            lines.append((choice, story, found))
    context = {
        **admin.site.each_context(request),
        "opts": Article._meta,
        "title": VERBS[verb].label,
        "verb": verb,
        "tone": VERBS[verb].tone or "main",
        "chosen": lines,
        "refused": [line for line in lines if line[2] and not line[2].is_so],
        "is_in_vain": all(found for _choice, _story, found in lines),
        "was_tried": undone is not None,
        "form": form,
        "explanation": desk.EXPLAINED.get(verb, ""),
        "back": back,
        "back_query": request.POST.get("back", "")[:LONGEST_ADDRESS],
    }
    template = "admin/articles/article/bulk.html"
    return TemplateResponse(request, template, context, status=409 if undone else 200)


def _back(request) -> str:
    """The list as it was; only its query is taken from the form, so it leads nowhere else."""
    query = urlencode(parse_qsl(request.POST.get("back", "")[:LONGEST_ADDRESS].lstrip("?")))
    url = reverse("admin:articles_article_changelist")
    return f"{url}?{query}" if query else url
