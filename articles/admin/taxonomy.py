"""Sections and topics."""

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import CharField, Exists, OuterRef, Value
from django.db.models.functions import Cast, Concat, Now
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from articles.models import Article, Listing, Section, Tag, TaggedArticle
from bureaus.desk import administers, may_write
from bureaus.meanwhile import GuardedAdmin

FROZEN = _("Stands in the address of its page. Fixed once saved: published stories lead there.")


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ["name", "name_en", "slug", "position"]
        help_texts = {"slug": FROZEN}


@admin.register(Section)
class SectionAdmin(GuardedAdmin):
    form = SectionForm
    list_display = ["name", "name_en", "slug", "position"]
    search_fields = ["name", "name_en"]
    prepopulated_fields = {"slug": ["name"]}
    frozen_fields = ["slug"]
    fields = ["name", "name_en", "slug", "position"]

    def may_see(self, user, obj=None):
        return administers(user, None)

    def may_add(self, user):
        return administers(user, None)

    def may_change(self, user, obj=None):
        return administers(user, None)


class TagForm(forms.ModelForm):
    class Meta:
        model = Tag
        fields = ["name", "slug", "introduction"]
        help_texts = {"slug": FROZEN}

    def clean_name(self):
        name = " ".join(self.cleaned_data["name"].split())
        if "," in name:
            raise ValidationError(_("A comma parts topics: a topic cannot hold one."))
        return name


@admin.register(Tag)
class TagAdmin(GuardedAdmin):
    form = TagForm
    fields = ["name", "slug", "introduction"]
    list_display = ["name", "slug", "introduced"]
    search_fields = ["name"]
    ordering = ["name"]
    frozen_fields = ["slug"]

    @admin.display(description=_("introduction"))
    def introduced(self, tag):
        return Truncator(tag.introduction).chars(60)

    def may_choose(self, user):
        return may_write(user)

    def choices(self, request):
        """Topics of live stories and of those that the user sees: the words of another bureau's
        draft could tell what it is working on."""
        lists = Listing.objects.filter(live__contains=Now())
        name = Concat(Value("tag:"), Cast(OuterRef("pk"), CharField()))
        seen = Article.objects.for_user(request.user)
        of_seen = TaggedArticle.objects.filter(tag=OuterRef("pk"), content_object__in=seen)
        return super().choices(request).filter(Exists(lists.filter(list=name)) | Exists(of_seen))

    def may_see(self, user, obj=None):
        return user.is_network_editor or administers(user, None)

    def may_change(self, user, obj=None):
        return self.may_see(user)
