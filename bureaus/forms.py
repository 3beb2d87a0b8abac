"""Forms about people and settings: logins, credited names, roles, a bureau, the network."""

from allauth.account.adapter import get_adapter as account_adapter
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.forms.models import ModelChoiceIterator
from django.urls import reverse
from django.utils.html import format_html
from django.utils.text import capfirst, slugify
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from bureaus import opening
from bureaus.desk import administers
from bureaus.likeness_form import WithMark, WithPortrait
from bureaus.models import Author, Bureau, Membership, Network, Role, User

EVERY_BUREAU = "all"  # as the forms of roles send it
LONGEST_LABEL = 63  # of a host's name, RFC 1035 2.3.1


class ProfileForm(forms.ModelForm):
    """What everyone may change about the own login."""

    class Meta:
        model = User
        fields = ["first_name", "last_name", "language"]
        widgets = {"language": forms.RadioSelect}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # One name is enough: many people have no other.
        self.fields["first_name"].required = True
        self.fields["first_name"].error_messages["required"] = _(
            "Write your name: colleagues see it beside all that you do."
        )


class AuthorTextForm(forms.ModelForm):
    """What people say about themselves on their author's page."""

    class Meta:
        model = Author
        fields = ["position", "position_en", "place", "biography"]
        labels = {"position": capfirst(pgettext_lazy("of a person", "position"))}
        widgets = {"biography": forms.Textarea(attrs={"rows": 6})}


class OnlyOnesAddress:
    """Says at the field what the database would say of the whole form."""

    def clean_email(self):
        address = self.cleaned_data["email"]
        others = User.objects.exclude(pk=self.instance.pk)
        if address and others.filter(email__iexact=address).exists():
            raise ValidationError(_("Another account has this e-mail address."), code="taken")
        return address


class EmailForm(OnlyOnesAddress, forms.ModelForm):
    """The own address, confirmed by the password: links that open the account go there."""

    email = forms.EmailField(label=_("E-mail"))
    password = forms.CharField(
        label=_("Present password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    class Meta:
        model = User
        fields = ["email"]

    def __init__(self, request, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_password(self):
        # Through the adapter, which counts the attempts.
        if not account_adapter(self.request).reauthenticate(
            self.request.user, self.cleaned_data["password"]
        ):
            raise account_adapter().validation_error("incorrect_password")
        return self.cleaned_data["password"]


USER_HELP = {
    "username": _("For logging in: letters, digits and @ . + - _"),
    "email": _("The invitation and lost passwords go there. No other account has it."),
}


class UserForm(OnlyOnesAddress, forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "language"]
        labels = {"email": _("E-mail")}
        help_texts = USER_HELP

    def clean_username(self):
        """Two logins that differ by the case of a letter would be taken for one another."""
        name = self.cleaned_data["username"]
        if User.objects.filter(username__iexact=name).exclude(pk=self.instance.pk).exists():
            raise ValidationError(User._meta.get_field("username").error_messages["unique"])
        return name


class NewUserForm(UserForm):
    """An account without a password: whoever is invited sets one."""

    email = forms.EmailField(label=_("E-mail"), help_text=USER_HELP["email"])

    def save(self, commit=True):
        self.instance.set_unusable_password()
        return super().save(commit)


class AuthorForm(WithPortrait, forms.ModelForm):
    class Meta:
        model = Author
        fields = [
            "name",
            "slug",
            "kind",
            "bureau",
            "position",
            "position_en",
            "place",
            "biography",
            "user",
            "is_active",
        ]
        labels = {"position": capfirst(pgettext_lazy("of a person", "position"))}
        help_texts = {
            "user": _("Stories that credit this name count as this person's own."),
            "slug": _(
                "Stands in the address of the author’s page. Fixed once saved: published stories"
                " lead there."
            ),
        }


class WorkplaceChoices(ModelChoiceIterator):
    """Nothing chosen yet; every bureau, where that may be chosen; each bureau."""

    def __iter__(self):
        lines = super().__iter__()
        yield next(lines)
        if self.field.offers_every:
            yield EVERY_BUREAU, _("Every bureau")
        yield from lines


class WorkplaceField(forms.ModelChoiceField):
    """A bureau or, expressly, every bureau, which is None: nobody gets them all by an oversight."""

    iterator = WorkplaceChoices
    offers_every = True

    def to_python(self, value):
        is_every = value == EVERY_BUREAU and self.offers_every
        return None if is_every else super().to_python(value)


class MembershipForm(forms.ModelForm):
    """A role; refuses one that the giver (set by the inline) may not give."""

    giver: User

    bureau = WorkplaceField(
        Bureau.objects.all(),
        label=capfirst(_("bureau")),
        required=False,
        empty_label=_("Choose a bureau"),
    )

    class Meta:
        model = Membership
        fields = ["role", "bureau"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        field = self.fields["bureau"]
        if self.instance.pk and self.instance.bureau_id is None:
            self.initial["bureau"] = EVERY_BUREAU
        if not administers(self.giver, None):
            given = [at for role, at in self.giver.roles if role == Role.ADMINISTRATOR]
            field.queryset = field.queryset.filter(pk__in=given)
            field.offers_every = False

    def has_changed(self):
        # A row that was added is meant, even as it came: else its role would be lost unsaid.
        return self.instance.pk is None or super().has_changed()

    def clean_bureau(self):
        bureau = self.cleaned_data["bureau"]
        is_everywhere = self.cleaned_data.get("role") == Role.NETWORK_EDITOR
        if bureau and is_everywhere:
            raise ValidationError(
                _("A network editor works at every bureau: choose “Every bureau”."),
                code="everywhere",
            )
        if not self["bureau"].data and not is_everywhere:
            raise ValidationError(_("Choose a bureau."), code="required")
        return bureau

    def clean(self):
        cleaned = super().clean()
        bureau = cleaned.get("bureau")
        if self.instance.user_id == self.giver.pk:
            raise ValidationError(_("Nobody gives a role to himself."), code="own")
        if not administers(self.giver, bureau.pk if bureau else None):
            raise ValidationError(
                _("You can give roles only at bureaus that you administer yourself."),
                code="above_own",
            )
        return cleaned


LOGO_SHOWN = _(
    "JPEG, PNG or WebP. Readers see it on the bureau’s masthead page, above its publisher. The head"
    " of every page stays the name in letters, and the icon is drawn from the names."
)


class AccentSelect(forms.RadioSelect):
    """The colours to be seen, each with its name."""

    template_name = "admin/widgets/accents.html"


class BureauForm(WithMark, forms.ModelForm):
    """Everything that makes a bureau; opens it only when it has what a site must have."""

    slug = forms.CharField(
        label=_("Subdomain"),
        max_length=LONGEST_LABEL,
        required=False,
        help_text=_("Made from the name when empty."),
    )
    is_confirmed = forms.BooleanField(label=_("Open it all the same"), required=False)

    class Meta:
        model = Bureau
        fields = [
            "name",
            "slug",
            "custom_domain",
            "province",
            "time_zone",
            "amber_after",
            "red_after",
            "breaking_after",
            "accent",
            "sections",
            "publisher",
            "address",
            "person_responsible",
            "email",
            "phone",
            "is_open",
        ]
        labels = {"is_open": _("Open the bureau")}
        help_texts = {
            "custom_domain": _("Only if it has one: kabarcilacap.id"),
            "is_open": _("Its site appears at once, and its editors can publish."),
        }
        widgets = {"accent": AccentSelect, "sections": forms.CheckboxSelectMultiple}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "likeness_file" in self.fields:
            self.fields["likeness_file"].help_text = LOGO_SHOWN
        self.network = Network.objects.get()
        for name in (*opening.MASTHEAD, "email", "phone"):
            value = getattr(self.network, name)
            if name in self.fields:
                self.fields[name].help_text = (
                    gettext("Empty: the network’s, “%(value)s”.") % {"value": value}
                    if value
                    else gettext("The network has none either.")
                )
        if self.instance.opened_at and "slug" in self.fields:
            self.fields["slug"].help_text = gettext(
                "If you change it, the old address leads to the new one for good, and no other"
                " bureau can have it."
            )
        if not self.instance.is_open:
            self._reserve(opening.reservations(self.instance))

    def _reserve(self, reservations: list[str]) -> None:
        """Ask for a confirmation only where there is something to be confirmed."""
        widget = forms.CheckboxInput() if reservations else forms.HiddenInput()
        self.fields["is_confirmed"].widget = widget
        self["is_confirmed"].help_text = " ".join(reservations)

    def clean_slug(self):
        made = slugify(self.cleaned_data.get("name", ""))[:LONGEST_LABEL].strip("-")
        return self.cleaned_data["slug"] or made

    def clean_custom_domain(self):
        domain = self.cleaned_data["custom_domain"] or None
        own = settings.DOMAIN.partition(":")[0]
        if domain and f".{domain}".endswith(f".{own}"):
            raise ValidationError(
                _("Below “%(domain)s” the subdomain is enough: leave this empty."),
                params={"domain": own},
            )
        return domain

    def clean(self):
        cleaned = super().clean()
        is_opened = bool(cleaned.get("is_open")) and not self.instance.is_open
        if is_opened or self.instance.opened_at:
            # Nor does anybody else then take an address that this one leaves.
            self.network = opening.lock()
        if is_opened or self.instance.is_open:
            self._demand_masthead(is_opened=is_opened)
        if is_opened:
            self._demand_guidelines()
            self._demand_confirmation()
        return cleaned

    def _demand_masthead(self, *, is_opened: bool) -> None:
        for name in opening.MASTHEAD:
            is_there = self.cleaned_data.get(name) or getattr(self.network, name)
            if is_there or name in self.errors or not (is_opened or name in self.changed_data):
                continue
            self.add_error(name, _("An open bureau needs this: fill it in here or at the network."))

    def _demand_guidelines(self) -> None:
        demand = opening.demands(self.instance)[-1]
        if not demand.is_met:
            url = f"{reverse('admin:articles_page_add')}?kind={opening.GUIDELINES}"
            self.add_error(
                "is_open",
                format_html(
                    '{} <a href="{}" target="_blank">{}</a>',
                    gettext("There are no editorial guidelines yet, nor has the network any."),
                    url + (f"&bureau={self.instance.pk}" if self.instance.pk else ""),
                    gettext("Write them"),
                ),
            )

    def _demand_confirmation(self) -> None:
        typed = {name: self.cleaned_data.get(name, "") for name in opening.MASTHEAD}
        reservations = opening.reservations(Bureau(pk=self.instance.pk, **typed))
        self._reserve(reservations)
        if reservations and not self.errors and not self.cleaned_data.get("is_confirmed"):
            self.add_error("is_confirmed", _("Tick this as well, if that is what you want."))


class NetworkForm(forms.ModelForm):
    """The masthead; keeps what open bureaus have from it alone."""

    class Meta:
        model = Network
        fields = [
            "name",
            "printed_domain",
            "tagline",
            "accent",
            "publisher",
            "address",
            "person_responsible",
            "email",
            "phone",
            "home_places_elsewhere",
        ]
        widgets = {"accent": AccentSelect}

    def clean(self):
        cleaned = super().clean()
        opening.lock()
        for name in opening.MASTHEAD:
            if name not in self.changed_data or cleaned.get(name) or name in self.errors:
                continue
            depending = opening.depending_on(name)
            if depending:
                self.add_error(
                    name,
                    _("These open bureaus have none of their own: %(bureaus)s.")
                    % {"bureaus": opening.names(depending)},
                )
        return cleaned
