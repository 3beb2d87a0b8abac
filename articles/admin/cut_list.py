"""A list that is cut by keyset, as the admin's change list: of stories, and of pictures."""

from django.contrib.admin.options import IncorrectLookupParameters
from django.contrib.admin.views.main import ChangeList

from articles import keyset

CURSORS = ("before", "after")


class CutList(ChangeList):
    """No list is counted, none skips what came before.

    ``cursor`` is the place in the list that the address names, if it names one.
    """

    #: what an address may name beside the filters
    more_parameters: tuple[str, ...] = ()
    is_too_wide = False

    def get_queryset(self, request, exclude_parameters=None):
        self.cursor = {}
        for name in CURSORS:
            self.filter_params.pop(name, None)
            if value := self.params.pop(name, ""):
                self.cursor = {name: value}
        return super().get_queryset(request, exclude_parameters)

    def get_filters(self, request):
        offered = {
            name
            for spec in self.model_admin.list_filter
            for name in (spec.parameter_name, *getattr(spec, "more_parameters", ()))
        }
        if set(self.get_filters_params()) - offered - {*CURSORS, *self.more_parameters}:
            # Django would look up any column, and by any expression, that an address names.
            raise IncorrectLookupParameters
        return super().get_filters(request)

    def get_ordering(self, request, queryset):
        return []

    def show(self, part: keyset.Cut) -> None:
        """Take the rows of a page, and what Django's view and templates ask of every list."""
        self.result_list = part.rows
        self.newer = self._neighbour("after", part.newer)
        self.older = self._neighbour("before", part.older)
        self.result_count = len(self.result_list)
        self.full_result_count = self.paginator = None
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = False
        self.multi_page = bool(self.newer or self.older)

    def _neighbour(self, name: str, cursor: str | None) -> str:
        return self.get_query_string({name: cursor}) if cursor else ""

    @property
    def narrowing(self) -> list:
        """The filters that a chip tells of."""
        return self.filter_specs

    @property
    def chips(self) -> list[dict]:
        """The filters that are on, each with the address without it."""
        return [
            {
                "title": spec.title,
                "value": spec.shown,
                "without": self.without(spec),
            }
            for spec in self.narrowing
            if spec.shown
        ]

    def without(self, *specs) -> str:
        """The address of the list without these filters."""
        return self.get_query_string(
            {
                name: getattr(spec, "off", None)
                for spec in specs
                for name in spec.expected_parameters()
            }
        )

    @property
    def without_search(self) -> str:
        return self.get_query_string(remove=["q"])
