"""The original of a picture, for whoever may change it: to be cut or printed elsewhere.

It may say where a photo was taken, which no file for readers does.
"""

from pathlib import PurePath

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404
from django.shortcuts import get_object_or_404
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe

from articles.library import may_change
from articles.models import Picture

# What a picture is received as; never what the browser that sent it has said.
TYPES = {".jpg": "image/jpeg", ".png": "image/png", ".webp": "image/webp"}


@require_safe
def original_page(request, picture_id):
    """The file as it came, to be kept and not shown."""
    pictures = Picture.objects.for_user(request.user).select_related("bureau")
    picture = get_object_or_404(pictures, pk=picture_id)
    if not may_change(request.user, picture):
        raise PermissionDenied
    ending = PurePath(str(picture.original.name)).suffix
    try:
        file = picture.original.open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    stem = PurePath(picture.file_name).stem or f"{picture.pk}"
    response = FileResponse(
        file,
        as_attachment=True,
        filename=f"{stem}{ending}",
        content_type=TYPES.get(ending, "application/octet-stream"),
    )
    response["X-Content-Type-Options"] = "nosniff"
    add_never_cache_headers(response)
    return response
