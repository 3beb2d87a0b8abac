"""The story list: who finds which stories, and in which order."""

from dataclasses import replace

from django.contrib import admin
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from articles import bulk, keyset, states, ticked
from articles.admin.cut_list import CutList
from articles.admin.date_filter import ChangedFilter
from articles.admin.filters import (
    ALL,
    AuthorFilter,
    BureauFilter,
    HeldFilter,
    MarkFilter,
    PictureFilter,
    SectionFilter,
    TabFilter,
    bureau_chosen,
    bureaus_of,
    count_tabs,
)
from articles.approval_clock import wait_of
from articles.bureau_board import MOST_COUNTED, capped
from articles.models import Article, Byline, CreditRole
from articles.states import with_states
from articles.story_orders import BY_CHANGE, BY_CHANGE_OF_FEW
from articles.story_search import TooWide, are_few, bounded, is_searchable
from articles.templatetags import clock
from articles.templatetags import desk as shown
from bureaus import bureau_switch
from bureaus.desk import DeskAdmin
from newsroom.indonesian import within_quotes

LONG = ("published", ALL)  # tabs with the archive in them
WRITERS = (
    Byline.objects.filter(article=OuterRef("pk"), role=CreditRole.WRITER)
    .order_by("position", "pk")
    .values("author__name")
)


class StoryList(CutList):
    """The tab decides the order."""

    def get_queryset(self, request, exclude_parameters=None):
        self.counts = count_tabs(request.user, bureau_chosen(request))
        return super().get_queryset(request, exclude_parameters)

    def get_filters(self, request):
        found = super().get_filters(request)
        self.tabs, *self.filters = found[0]
        is_short = self.tabs.value() not in LONG
        if is_short or self.query or self.counts["published"] > MOST_COUNTED:
            stories = Article.objects.for_user(request.user, one_by_one=True)
            self.root_queryset = with_states(stories)
        return found

    def get_results(self, request):
        self.order = self.tabs.tab.order
        self.show(self._part())
        now, several = timezone.now(), len(bureaus_of(request)) > 1
        refused = ticked.taken(request)
        for story in self.result_list:
            story.wait = wait_of(story, now) if story.submitted_at else None
            story.has_zone = several
            story.is_held_by_me = story.claimed_by_id == request.user.pk
            story.is_ticked = story.pk in refused
        total = self._total()
        self.total, self.total_number = total and capped(total), total

    def _part(self) -> keyset.Cut[Article]:
        """The stories of the page; of a search that takes too long, none."""
        if not self.query:
            return self._cut()
        try:
            with bounded():
                return self._cut()
        except TooWide:
            self.is_too_wide = True
            return keyset.Cut([], None, None)

    def _cut(self) -> keyset.Cut[Article]:
        """First which stories, by little of each, for many may have to be put in order."""
        order = self.order
        if order is BY_CHANGE and is_searchable(self.query) and are_few(self.query):
            order = BY_CHANGE_OF_FEW
        stories = order.of(self.queryset).select_related(None).only("changed_at")
        try:
            part = keyset.cut(stories, order.by, self.list_per_page, **self.cursor)
        except keyset.NoSuchPlace:
            part = keyset.cut(stories, order.by, self.list_per_page)
        return replace(part, rows=self._in_full([story.pk for story in part.rows]))

    def _in_full(self, numbers: list[int]) -> list[Article]:
        """The stories with all that a line shows."""
        stories = with_states(Article.objects.filter(pk__in=numbers))
        stories = stories.select_related(*self.list_select_related).defer("body")
        found = stories.annotate(writers=ArraySubquery(WRITERS)).in_bulk()
        return [found[number] for number in numbers if number in found]

    def _total(self) -> int | None:
        """How many stories the list has, where that is known without counting them."""
        if not self.multi_page:
            return len(self.result_list)
        if self.query or self.chips:
            return None
        return self.counts.get(self.tabs.value())

    @property
    def narrowing(self) -> list:
        return self.filters

    @property
    def mistakes(self) -> list[str]:
        """Why no story can be shown: days that cannot be read."""
        return [words for spec in self.filters for words in getattr(spec, "mistakes", ())]

    @property
    def has_bureaus(self) -> bool:
        return any(spec.parameter_name == BureauFilter.parameter_name for spec in self.filters)

    @property
    def here(self) -> str:
        """The address of what is shown, its place in the list included."""
        return self.get_query_string(self.cursor)

    @property
    def everywhere(self) -> str:
        """The address of the same search and filters in all stories; empty where that is this."""
        return "" if self.tabs.value() == ALL else self.get_query_string({"tab": ALL})

    @property
    def is_in_use(self) -> bool:
        """Whether the person has any story at all, or looks for one."""
        return bool(self.result_list or self.query or self.chips or any(self.counts.values()))

    @property
    def only_search(self) -> str:
        return self.without(*self.filters)

    @property
    def without_filters(self) -> str:
        """The address of the tab as a whole."""
        tab = f"?tab={self.tabs.value()}"
        return f"{tab}&{BureauFilter.parameter_name}=" if self.has_bureaus else tab

    @property
    def is_too_short(self) -> bool:
        """Whether what was searched for is too little to look for."""
        return bool(self.query.strip()) and not is_searchable(self.query)


class StoryListAdmin(DeskAdmin):
    """The half of the admin of stories that lists them; articles.admin.article holds the form."""

    list_display = [
        "action_checkbox", "story", "state", "bureau", "writers", "section", "waiting", "changed"
    ]  # fmt: skip
    list_display_links = ["story"]
    list_filter = [
        TabFilter,
        BureauFilter,
        SectionFilter,
        AuthorFilter,
        ChangedFilter,
        PictureFilter,
        MarkFilter,
        HeldFilter,
    ]
    list_select_related = ["bureau", "section", "claimed_by"]
    list_per_page = 30
    search_fields = ["headline", "body"]  # by Article.objects.search
    sortable_by = ()  # an order that no index has would read every story

    def get_urls(self):
        view = self.admin_site.admin_view(bulk.bulk_page)
        return [path("bulk/", view, name="articles_article_bulk"), *super().get_urls()]

    def get_changelist(self, request, **kwargs):
        return StoryList

    def get_list_display(self, request):
        if len(bureaus_of(request)) > 1:
            return self.list_display
        return [name for name in self.list_display if name != "bureau"]

    def get_search_results(self, request, queryset, search_term):
        if not search_term.strip():
            return queryset, False
        if not is_searchable(search_term):
            return queryset.none(), False
        return queryset.search(search_term), False

    def changelist_view(self, request, extra_context=None):
        bureau, name = bureau_chosen(request), BureauFilter.parameter_name
        if bureau and name not in request.GET:
            # Every link of the page then says which bureau it is about.
            request.GET = request.GET.copy()
            request.GET[name] = str(bureau.pk)
        response = super().changelist_view(request, extra_context)
        if isinstance(response, TemplateResponse):
            context = response.context_data
            cl = context["cl"]
            context["bulk_verbs"] = bulk.buttons(request.user, cl.tabs.value())
            context["switch"] = bureau_switch.switch(
                bureaus_of(request),
                bureau,
                lambda place: cl.get_query_string({name: place.pk if place else ""}),
            )
            if bureau:
                context["workplace"] = bureau.name
        return response

    # The columns

    @admin.display(description="")
    def action_checkbox(self, article):
        return format_html(
            '<input type="checkbox" name="story" value="{}" class="action-select"'
            ' aria-label="{}"{}>',
            ticked.Choice(article.pk, article.version),
            gettext("Select “%(story)s”") % {"story": within_quotes(article)},
            mark_safe(" checked") if article.is_ticked else "",
        )

    @admin.display(description=_("headline"))
    def story(self, article):
        return render_to_string("admin/includes/_headline.html", {"story": article})

    @admin.display(description=_("state"))
    def state(self, article):
        """Every state of the story, with who holds it and when it goes live."""
        said = format_html_join(
            " ", "{}", ((_shown(article, state),) for state in states.shown_states(article))
        )
        if not article.goes_live:
            return said
        return format_html(
            "{} {}", said, shown.moment(article.goes_live, article.bureau, article.has_zone)
        )

    @admin.display(description=_("writers"))
    def writers(self, article):
        return ", ".join(article.writers)

    @admin.display(description=_("waiting"))
    def waiting(self, article):
        return clock.wait(article.wait) if article.wait else ""

    @admin.display(description=_("changed"))
    def changed(self, article):
        return shown.moment(article.changed_at, article.bureau, article.has_zone)


def _shown(article: Article, state: states.State) -> str:
    if state == states.IN_REVIEW and article.claimed_by:
        state = states.in_review_by(article.claimed_by, is_reader=article.is_held_by_me)
    return shown.state(state)
