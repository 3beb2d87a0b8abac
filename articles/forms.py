"""The forms of a story and its credits."""

import json
from datetime import datetime
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.db.models import Q
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import workflow
from articles.body import plain_text, sanitise
from articles.dates import stamp_in_words
from articles.form_fields import LocalTimeField, TopicsField, in_zone, on_clock
from articles.models import Article, Byline, Content, Picture
from articles.object_cards import usable_pictures
from articles.objects import pictures_in
from articles.outcomes import last_saved, latest
from articles.typed import LAST, ONE_LINE, known_of_the_desk, opened_with
from bureaus.desk import workplaces
from bureaus.models import Author, Bureau, User

OFFERED_PICTURES = 30
LONGEST_BODY = 400_000  # letters, markup included: a book
# What makes a form more than an empty one; the rest of it is filled in when it opens.
TYPED = (
    "kicker",
    "headline",
    "picture",
    "picture_caption",
    "dateline",
    "summary",
    "section",
    "tags",
    "source_name",
)


class StoryForm(forms.ModelForm):
    """The working copy, in the order in which a reporter writes.

    It saves what is incomplete. It refuses a text that somebody else has saved since it was
    opened, and a person who may not edit the story (any more); what was typed stays in the form.
    ``user`` is set by the admin; on a POST the instance is under its row lock.

    Hidden in it: the ``version`` that was opened, the ``key`` by which the form is known when it
    is sent twice, its ``writer``, and what no revision holds as it was when it was ``opened``.
    """

    user: User
    #: somebody has saved the story since it was opened
    is_stale = False
    #: its text may not be changed as it stands
    is_closed = False
    #: somebody else has signed in since it was opened
    is_of_another = False

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    key = forms.UUIDField(required=False, widget=forms.HiddenInput)
    writer = forms.IntegerField(required=False, widget=forms.HiddenInput)
    opened = forms.JSONField(required=False, widget=forms.HiddenInput)
    slug = forms.CharField(
        label=_("Address"),
        max_length=100,
        required=False,
        help_text=_("Made from the headline when empty. Fixed once the story has been published."),
    )
    tags = TopicsField(
        label=_("Topics"), required=False, help_text=_("Part them with commas: banjir, Kali Serayu")
    )
    embargo_until = LocalTimeField(label=_("Embargo until"), required=False)

    class Meta:
        model = Article
        fields = [
            "kicker",
            "headline",
            "picture",
            "picture_caption",
            "dateline",
            "body",
            "summary",
            "section",
            "tags",
            "source",
            "source_name",
            "bureau",
            "paid",
            "unverified",
            "protected",
            "breaking",
            "embargo_until",
            "slug",
        ]
        # Their placeholders say it.
        help_texts = {"kicker": "", "dateline": ""}
        widgets = {
            "kicker": forms.TextInput(
                {"class": "writing__field writing__field--kicker", "placeholder": _("Optional")}
            ),
            "headline": forms.Textarea(
                {
                    "class": "writing__field writing__field--headline",
                    "rows": 1,
                    "placeholder": _("What happened?"),
                }
            ),
            "dateline": forms.TextInput(
                {
                    "class": "writing__field writing__field--dateline",
                    "placeholder": _("Where, as in Cilacap"),
                }
            ),
            "picture_caption": forms.Textarea({"class": "input", "rows": 2}),
            "summary": forms.Textarea({"class": "input", "rows": 3}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        story = self.instance
        self.is_out = bool(story.pk) and story.editions.uncancelled().exists()
        self.initial |= {"version": story.version, "key": uuid4(), "writer": self.user.pk}
        self.initial["opened"] = json.loads(opened_with(story))
        self.fields["slug"].disabled = self.is_out
        self.fields["section"].empty_label = gettext("Not chosen yet")
        self.fields["body"].validators.append(
            MaxLengthValidator(
                LONGEST_BODY,
                _("The story is too long: %(show_value)d letters, at most %(limit_value)d."),
            )
        )
        self._offer_bureaus()
        self._offer_pictures()
        zone = self._bureau.zone if self._bureau else None
        if zone:
            self.initial["embargo_until"] = on_clock(story.embargo_until, zone)
            self.fields["embargo_until"].help_text = gettext("Time in %(bureau)s (%(zone)s).") % {
                "bureau": self._bureau,
                "zone": self._bureau.zone_label,
            }
        for field in self.fields.values():
            # A browser would cut a longer paste without a word; the form says what is too long.
            field.widget.attrs.pop("maxlength", None)

    def _offer_bureaus(self):
        field = self.fields["bureau"]
        places = workplaces(self.user)
        if self.instance.bureau_id:
            places = Bureau.objects.filter(
                Q(pk__in=places.values("pk")) | Q(pk=self.instance.bureau_id)
            )
        offered = list(places)
        self._bureau = self.instance.bureau if self.instance.bureau_id else _own(offered, self.user)
        field.queryset = places
        field.empty_label = None
        field.initial = self.initial["bureau"] = self._bureau.pk if self._bureau else None
        field.disabled = self.is_out or len(offered) == 1

    def _offer_pictures(self):
        mine = Picture.objects.for_user(self.user)
        field = self.fields["picture"]
        field.queryset = Picture.objects.filter(
            Q(pk__in=mine.values("pk")) | Q(pk=self.instance.picture_id)
        )
        # Without the chooser's script the newest are offered, beside the one that is chosen.
        newest = list(mine.order_by("-uploaded_at", "-pk")[:OFFERED_PICTURES])
        chosen = self.chosen_picture
        offered = [*([chosen] if chosen and chosen not in newest else []), *newest]
        field.widget.choices = [
            ("", gettext("No picture")),
            *((picture.pk, str(picture)) for picture in offered),
        ]

    @property
    def shown_bureau(self) -> Bureau | None:
        """The home bureau that the form begins with."""
        return self._bureau

    @cached_property
    def chosen_picture(self) -> Picture | None:
        """The picture that the form shows, saved or not."""
        try:
            return self.fields["picture"].to_python(self["picture"].value())
        except ValidationError:
            return None

    def clean_slug(self):
        return slugify(self.cleaned_data["slug"], allow_unicode=True)

    def clean_body(self):
        body = self.cleaned_data["body"]
        placed = pictures_in(sanitise(body))
        if set(placed) - usable_pictures(self.user, self.instance, placed):
            raise ValidationError(
                _("A picture in the text is not, or no longer, in the library for you to use.")
            )
        return body

    def clean(self):
        cleaned = super().clean()
        for name in ONE_LINE:
            if name in cleaned:
                cleaned[name] = " ".join(cleaned[name].split())
        if cleaned.get("bureau") and cleaned.get("embargo_until"):
            cleaned["embargo_until"] = in_zone(cleaned["embargo_until"], cleaned["bureau"].zone)
        self._refuse_if_of_another(cleaned.get("writer"))
        if self.instance.pk:
            self._refuse_if_closed()
            self._refuse_if_stale(cleaned.get("version"))
            self._keep_what_others_set(cleaned)
        elif self.data.get("_verb") and self._is_empty(cleaned):
            raise ValidationError(_("Nothing has been written yet, so there is nothing to submit."))
        return cleaned

    def _is_empty(self, cleaned: dict) -> bool:
        if "body" in self.errors or plain_text(cleaned.get("body", "")):
            return False
        return not any(cleaned.get(name) or name in self.errors for name in TYPED)

    def content(self, credits: "BylineFormSet") -> dict:
        """What stands in the form, as a revision keeps it (``publication.snapshot``)."""
        found = {}
        for name in Content.content_fields():
            value = self.cleaned_data[name]
            found[name] = getattr(value, "pk", value)
        found["body"] = sanitise(found["body"])
        lines = [
            line.cleaned_data
            for line in credits.forms
            if line.cleaned_data.get("author") and not line.cleaned_data.get("DELETE")
        ]
        lines.sort(key=lambda line: line["position"])
        found["bylines"] = [[line["author"].pk, line["role"]] for line in lines]
        found["tags"] = sorted(self.cleaned_data["tags"], key=str.casefold)
        return found

    def is_untouched(self, credits: "BylineFormSet") -> bool:
        """Whether it says what the story said when the form was opened."""
        # Mistakes of the whole form are about who may save and when, not about what is written.
        if set(self.errors) - {"__all__"} or not credits.is_valid():
            return False
        opened = self.instance.revisions.filter(number=self.cleaned_data.get("version")).first()
        stored = Article.objects.get(pk=self.instance.pk)
        return (
            opened is not None
            and opened.content == self.content(credits)
            and self.cleaned_data["embargo_until"] == stored.embargo_until
            and self.cleaned_data["slug"] == stored.slug
            and self.cleaned_data["breaking"] == stored.breaking
        )

    def _refuse_if_of_another(self, writer: int | None):
        if writer in (None, self.user.pk) or self.data.get("_as") == str(self.user.pk):
            return
        self.is_of_another = True
        raise ValidationError(
            _("You are now signed in as %(name)s; this page was opened by somebody else."),
            code="other",
            params={"name": self.user},
        )

    def _refuse_if_closed(self):
        try:
            workflow.lock_for_editing(self.instance, by=self.user)
        except workflow.NotAllowed as error:
            self.is_closed = True
            raise ValidationError(
                [str(error), gettext("What you wrote is still below: copy it before you leave.")]
            ) from error

    def _refuse_if_stale(self, version: int | None):
        if version == self.instance.version:
            return
        revision = self.instance.revisions.select_related("saved_by").first()
        self._say_stale(revision.saved_by, revision.saved_at)

    def _say_stale(self, by: User, at: datetime):
        self.is_stale = True
        saved = ValidationError(
            _(
                "%(name)s saved this story at %(time)s, after you had opened it. Nothing was"
                " overwritten, and what you wrote is still below."
            ),
            code="stale",
            params={"name": by, "time": stamp_in_words(at, self.instance.bureau)},
        )
        last = latest(self.instance)
        raise ValidationError([saved, last] if last else [saved])

    def _keep_what_others_set(self, cleaned: dict):
        """What no revision holds, and this person has not touched, stays as it now is."""
        known = known_of_the_desk(cleaned.get("opened"), cleaned.get("key"), self.instance)
        if not known:
            return
        now = json.loads(opened_with(self.instance))
        fields = {"breaking": "breaking", "embargo": "embargo_until", "slug": "slug"}
        for name, field in fields.items():
            if field not in cleaned or now[name] == known[name]:
                continue
            typed = self._as_opened(name, cleaned)
            if typed == known[name]:
                cleaned[field] = getattr(self.instance, field)
            elif typed != now[name]:
                last = last_saved(self.instance)
                self._say_stale(last.saved_by, last.saved_at)

    def _as_opened(self, name: str, cleaned: dict) -> str:
        if name == "embargo":
            zone = cleaned["bureau"].zone if cleaned.get("bureau") else self._bureau.zone
            local = on_clock(cleaned["embargo_until"], zone)
            return f"{local:%Y-%m-%d %H:%M}" if local else ""
        if name == "breaking":
            return "on" if cleaned["breaking"] else ""
        return cleaned["slug"]


def _own(offered: list[Bureau], user: User) -> Bureau | None:
    """The bureau at which a new story begins: the author's own, else the first."""
    author = Author.objects.filter(user=user).first()
    home = [bureau for bureau in offered if author and bureau.pk == author.bureau_id]
    return (home or offered or [None])[0]


class BylineForm(forms.ModelForm):
    position = forms.IntegerField(
        required=False, min_value=0, max_value=LAST, widget=forms.HiddenInput
    )

    class Meta:
        model = Byline
        fields = ["author", "role", "position"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Whoever has left keeps the old credits and gets no new ones.
        self.fields["author"].queryset = Author.objects.filter(
            Q(is_active=True) | Q(pk=self.instance.author_id)
        )

    def clean_position(self):
        position = self.cleaned_data["position"]
        return LAST if position is None else position


class BylineFormSet(forms.BaseInlineFormSet):
    def get_unique_error_message(self, unique_check):
        return gettext("The same name stands twice with the same role.")
