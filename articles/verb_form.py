"""What a verb asks for."""

from datetime import datetime, timedelta

from django import forms
from django.utils.functional import cached_property
from django.utils.html import format_html
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import publication, rights
from articles.dates import stamp_in_words
from articles.form_fields import LocalTimeField, in_zone, on_clock
from articles.models import Article, Notice, Picture
from articles.publication import Situation
from articles.verbs import VERBS
from bureaus.models import Bureau
from newsroom.unseen import SeenField

REASONS = {
    "send_back": _("Reason, which the author reads in full"),
    "retract": _("Reason, as readers will read it"),
    "decline_retraction": _("Reason"),
    "spike": _("Reason, which the author reads"),
    "backdate": _("Reason"),
}


# Verbs that are nothing without a time; others then happen at once.
SCHEDULING = frozenset({"schedule", "approve_and_schedule"})


def _whole_minute(story: Article) -> datetime:
    """The first minute that can be typed at which the embargo is over."""
    end = story.embargo_until
    whole = end.replace(second=0, microsecond=0)
    return whole if whole == end else whole + timedelta(minutes=1)


class BureauSelect(forms.Select):
    """Bureaus, of which some are shown and cannot be chosen."""

    closed: frozenset[int] = frozenset()

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        if getattr(value, "value", value) in self.closed:
            option["attrs"]["disabled"] = True
        return option


class VerbForm(forms.Form):
    """What one verb asks for. ``version`` is the revision that the person had before them."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    ground = forms.ChoiceField(
        label=_("Ground"),
        choices=[("", _("Choose a ground")), *Notice.Ground.choices],
        error_messages={"required": _("Choose the ground.")},
    )
    reason = SeenField(
        label=_("Reason"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        error_messages={"required": _("Write the reason.")},
    )
    notice = SeenField(
        label=_("Correction, as readers will read it"),
        max_length=2000,
        widget=forms.Textarea({"rows": 5}),
        help_text=_("Say what was wrong and what is right."),
        error_messages={"required": _("Write the correction.")},
    )
    note = SeenField(
        label=_("What is new, in one sentence for readers"), max_length=200, required=False
    )
    bureau = forms.ModelChoiceField(
        Bureau.objects.open(),
        label=_("Bureau"),
        empty_label=_("Choose a bureau"),
        widget=BureauSelect,
    )
    local_headline = SeenField(label=_("Local headline"), max_length=200, required=False)
    local_note = SeenField(
        label=_("Local note"),
        max_length=600,
        required=False,
        widget=forms.Textarea({"rows": 3}),
        help_text=_("What the story means for readers of this bureau."),
    )
    printed_at = LocalTimeField(label=_("Printed date and time"))
    at = LocalTimeField(label=_("Time of publication"))

    def __init__(self, *args, story: Article, verb: str, **kwargs):
        super().__init__(*args, **kwargs)
        asked = VERBS[verb].asks
        for name in set(self.fields) - {"version", *asked}:
            del self.fields[name]
        self.story, self.verb = story, verb
        self.initial.setdefault("version", story.version)
        if "reason" in asked:
            self.fields["reason"].label = REASONS[verb]
        if "bureau" in asked:
            elsewhere = Bureau.objects.open().exclude(pk=story.bureau_id)
            if verb == "unplace":
                elsewhere = elsewhere.filter(
                    pk__in=story.placements.filter(shown__upper_inf=True).values("bureau")
                )
            self.fields["bureau"].queryset = elsewhere
            self.fields["bureau"].widget.closed = frozenset(each.pk for each in self._closed)
        clock = gettext("Time in %(bureau)s (%(zone)s).") % {
            "bureau": story.bureau,
            "zone": story.bureau.zone_label,
        }
        for name in {"at", "printed_at"} & set(asked):
            self.fields[name].help_text = clock
        if "at" in asked and story.is_under_embargo:
            self.initial.setdefault("at", on_clock(_whole_minute(story), story.bureau.zone))
        elif "at" in asked and verb not in SCHEDULING:
            self.fields["at"].required = False
            self.fields["at"].help_text = gettext("Empty: at once.") + " " + clock
        for field in self.fields.values():
            field.widget.attrs.pop("maxlength", None)

    def clean(self):
        cleaned = super().clean()
        for name in {"at", "printed_at"} & set(cleaned):
            cleaned[name] = in_zone(cleaned[name], self.story.bureau.zone)
        return cleaned

    @property
    def embargo_at(self) -> str:
        """Until when no time will do; "" where that is no matter."""
        if "at" not in self.fields or not self.story.is_under_embargo:
            return ""
        return stamp_in_words(self.story.embargo_until, self.story.bureau)

    @cached_property
    def _closed(self) -> dict[Bureau, list[Picture]]:
        """The bureaus that the story's pictures keep it from; mostly none."""
        if self.verb != "place":
            return {}
        situation = Situation.of(self.story, publication.database_now())
        shown = [edition for edition in (situation.live, situation.pending) if edition]
        return rights.closed_to(self.fields["bureau"].queryset, *shown)

    @property
    def warning(self) -> str:
        """Why some of the bureaus cannot be chosen."""
        closed = self._closed
        if not closed:
            return ""
        pictures = dict.fromkeys(each for not_theirs in closed.values() for each in not_theirs)
        told = {"pictures": rights.linked(pictures), "bureaus": ", ".join(map(str, closed))}
        if len(closed) == self.fields["bureau"].queryset.count():
            return format_html(
                gettext(
                    "Because of {pictures} it can run in no other bureau yet. Have the picture"
                    " shared first."
                ),
                **told,
            )
        return format_html(
            gettext(
                "Because of {pictures} it cannot run in {bureaus} yet. Have the picture shared"
                " first."
            ),
            **told,
        )

    @property
    def told(self) -> dict:
        """What to tell the verb, by its own names."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}
