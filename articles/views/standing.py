"""Pages that stand: the newsroom's own texts, its bureaus, its corrections."""

from django.http import Http404

from articles.reader_page import read_only


@read_only
def page(request, kind):
    raise Http404


@read_only
def bureaus(request):
    raise Http404


@read_only
def corrections(request):
    raise Http404
