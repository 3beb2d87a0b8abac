"""Forms about people: the own profile, a new login, a name that is credited, a role."""

from django import forms
from django.contrib.auth.forms import UserCreationForm
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from bureaus.desk import administers
from bureaus.models import Author, Membership, Role, User


class ProfileForm(forms.ModelForm):
    """What everyone may change about the own login."""

    class Meta:
        model = User
        fields = ["language"]
        widgets = {"language": forms.RadioSelect}


USER_HELP = {
    "username": _("For logging in: letters, digits and @ . + - _"),
    "is_active": _("Whoever has left cannot log in any more, and keeps the old bylines."),
}


class UserForm(forms.ModelForm):
    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "language", "is_active"]
        help_texts = USER_HELP


class NewUserForm(UserCreationForm):
    class Meta:
        model = User
        fields = ["username", "first_name", "last_name", "email", "language"]
        help_texts = USER_HELP


class AuthorForm(forms.ModelForm):
    class Meta:
        model = Author
        fields = ["name", "slug", "kind", "bureau", "place", "biography", "user", "is_active"]
        help_texts = {
            "user": _("Stories that credit this name count as this person's own."),
            "slug": _("Stands in the address of the author's page."),
        }


class MembershipForm(forms.ModelForm):
    """A role; refuses one that the giver (set by the inline) may not give."""

    giver: User

    class Meta:
        model = Membership
        fields = ["role", "bureau"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["bureau"].empty_label = _("Every bureau")
        if not administers(self.giver, None):
            given = [at for role, at in self.giver.roles if role == Role.ADMINISTRATOR]
            bureaus = self.fields["bureau"].queryset
            self.fields["bureau"].queryset = bureaus.filter(pk__in=given)

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
