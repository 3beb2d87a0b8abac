"""Lists of stories: latest, sections, topics, authors, the index by date."""

from django.http import Http404

from articles.reader_page import read_only


@read_only
def latest(request):
    raise Http404


@read_only
def section(request, slug):
    raise Http404


@read_only
def topic(request, slug):
    raise Http404


@read_only
def author(request, slug):
    raise Http404


@read_only
def index(request, year=None, month=None, day=None):
    raise Http404
