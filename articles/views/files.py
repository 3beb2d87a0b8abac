"""Files of readers' hosts that are no pages."""

import re

from django.conf import settings
from django.http import Http404
from django.views.static import serve

from articles.reader_page import read_only
from newsroom.page_cache import FOR_EVER

PICTURE_FILE = re.compile(r"\w[\w.-]{0,100}", re.ASCII)


@read_only
def media(request, name):
    """The file of a picture. A name is never given twice, so every cache may keep it."""
    folder, _slash, file = name.partition("/")
    if folder != "pictures" or not PICTURE_FILE.fullmatch(file):
        raise Http404
    response = serve(request, file, document_root=settings.MEDIA_ROOT / folder)
    response["Cache-Control"] = FOR_EVER
    return response
