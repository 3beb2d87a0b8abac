"""The library's list: who finds which pictures. Newest first, at the same cost however many."""

from articles import keyset
from articles.admin.cut_list import CutList
from articles.admin.picture_filters import (
    CreditFilter,
    LackFilter,
    LibraryFilter,
    RightsFilter,
    SentFilter,
    TakenFilter,
)
from articles.library import part_of, searched
from articles.models import Picture
from bureaus.desk import DeskAdmin

LAYOUT = "view"  # of the page: a grid, or a list with all that is known of each


class Library(CutList):
    more_parameters = (LAYOUT,)

    def get_queryset(self, request, exclude_parameters=None):
        self.filter_params.pop(LAYOUT, None)
        self.is_list = self.params.get(LAYOUT) == "list"
        return super().get_queryset(request, exclude_parameters)

    def get_results(self, request):
        found = part_of(
            self.queryset, self.list_per_page, self.cursor, is_search=bool(self.query or self.chips)
        )
        self.is_too_wide = found is None
        self.show(found or keyset.Cut([], None, None))

    @property
    def is_in_use(self) -> bool:
        return bool(self.result_list or self.query or self.chips or self.cursor)

    @property
    def without_filters(self) -> str:
        names = [name for spec in self.filter_specs for name in spec.expected_parameters()]
        return self.get_query_string(remove=["q", *names])

    @property
    def here(self) -> str:
        """The address of what is shown, its place in the list included."""
        return self.get_query_string(self.cursor)

    @property
    def as_list(self) -> str:
        return self.get_query_string({LAYOUT: "list"} | self.cursor)

    @property
    def as_grid(self) -> str:
        return self.get_query_string(self.cursor, remove=[LAYOUT])


class PictureListAdmin(DeskAdmin):
    """The half of the admin of pictures that lists them; articles.admin.picture has the form."""

    list_filter = [LibraryFilter, SentFilter, TakenFilter, CreditFilter, RightsFilter, LackFilter]
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
