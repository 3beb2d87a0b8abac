"""The library's list: who finds which pictures. Newest first, at the same cost however many."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList

from articles import keyset
from articles.admin.picture_filters import (
    CreditFilter,
    LackFilter,
    LibraryFilter,
    RightsFilter,
    SentFilter,
)
from articles.library import part_of, searched
from articles.models import Picture
from bureaus.desk import DeskAdmin

CURSORS = ("before", "after")
LAYOUT = "view"  # of the page: a grid, or a list with all that is known of each


class Library(ChangeList):
    """Cut by keyset: no list is counted, none skips what came before."""

    is_too_wide = False

    def get_queryset(self, request, exclude_parameters=None):
        self.cursor = {}
        for name in CURSORS:
            self.filter_params.pop(name, None)
            if value := self.params.pop(name, ""):
                self.cursor = {name: value}
        self.filter_params.pop(LAYOUT, None)
        self.is_list = self.params.get(LAYOUT) == "list"
        return super().get_queryset(request, exclude_parameters)

    def get_filters(self, request):
        offered = {spec.parameter_name for spec in self.model_admin.list_filter}
        if set(self.get_filters_params()) - offered - {LAYOUT, *CURSORS}:
            # Django would look up any column, and by any expression, that an address names.
            raise IncorrectLookupParameters
        return super().get_filters(request)

    def get_ordering(self, request, queryset):
        return []

    def get_results(self, request):
        found = part_of(
            self.queryset, self.list_per_page, self.cursor, is_search=bool(self.query or self.chips)
        )
        self.is_too_wide = found is None
        part = found or keyset.Cut([], None, None)
        self.result_list: list[Picture] = part.rows
        self.newer = self._neighbour("after", part.newer)
        self.older = self._neighbour("before", part.older)
        # What Django's view and templates ask of every change list.
        self.result_count = len(self.result_list)
        self.full_result_count = self.paginator = None
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = False
        self.multi_page = bool(self.newer or self.older)

    def _neighbour(self, name: str, cursor: str | None) -> str:
        return self.get_query_string({name: cursor}) if cursor else ""

    @property
    def chips(self) -> list[dict]:
        """The filters that are on, each with the address without it."""
        return [
            {
                "title": spec.title,
                "value": spec.shown,
                "without": self.get_query_string(remove=[spec.parameter_name]),
            }
            for spec in self.filter_specs
            if spec.shown
        ]

    @property
    def is_in_use(self) -> bool:
        return bool(self.result_list or self.query or self.chips or self.cursor)

    @property
    def without_search(self) -> str:
        return self.get_query_string(remove=["q"])

    @property
    def without_filters(self) -> str:
        return self.get_query_string(
            remove=["q", *(spec.parameter_name for spec in self.filter_specs)]
        )

    @property
    def as_list(self) -> str:
        return self.get_query_string({LAYOUT: "list"} | self.cursor)

    @property
    def as_grid(self) -> str:
        return self.get_query_string(self.cursor, remove=[LAYOUT])


class PictureListAdmin(DeskAdmin):
    """The half of the admin of pictures that lists them; articles.admin.picture has the form."""

    list_filter = [LibraryFilter, SentFilter, CreditFilter, RightsFilter, LackFilter]
    list_select_related = ["bureau"]
    list_per_page = 36
    search_fields = ["caption"]  # by Picture.objects.search
    sortable_by = ()

    def get_changelist(self, request, **kwargs):
        return Library

    def get_queryset(self, request):
        return Picture.objects.for_user(request.user)

    def get_search_results(self, request, queryset, search_term):
        return searched(queryset, search_term), False
