"""Photos sent to the library: by a script one at a time, without one as many as the form has.

A script gives each file a key. On a bad line it sends the file again with the same key, and is
answered with the picture of the first time: nothing is there twice.
"""

from http import HTTPStatus
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from articles.library import DECIDING_ROLES, has_library, may_change, picture_bureaus
from articles.models import Picture
from articles.models.digests import digest_of
from articles.models.file_names import is_passed_on
from articles.picture_form import cut_caption, why_asked
from articles.picture_uses import is_used
from articles.picture_words import WordsForm
from articles.twins import AlreadyThereError, one_at_a_time, refuse_twin
from bureaus.likeness_form import said_of, shown_name
from bureaus.models import Author, Bureau, User
from newsroom.renditions.bounded import PictureError

ALREADY_THERE = _("%(file)s is in the library already: %(picture)s.")
MOST_AT_ONCE = 40  # files of one form without a script


def take_in(
    upload: UploadedFile, *, by: User, bureau: Bureau, key: UUID | None = None, credit: str = ""
) -> Picture:
    """A file as a picture of the bureau's library, with the words that it brings, and ``credit``
    where it has none and comes from whoever sends it.

    Raises PictureError for a file that cannot be used, AlreadyThereError for one that the library
    has, PermissionDenied for a key that is somebody else's. No row and no file is left then.
    """
    if key and (known := _of_key(key, by)):
        return known
    digest = digest_of(upload)
    refuse_twin(digest, by=by, bureau=bureau)
    picture = Picture(bureau=bureau, uploaded_by=by, upload_key=key)
    is_own = not is_passed_on(upload.name or "")
    otherwise = {"credit": credit} if is_own else None
    picture.receive(upload, otherwise=otherwise, ours=picture.our_names)
    if not (is_own and picture.is_own_by_file):
        picture.disown()  # nobody has seen a form that says whose it is
    try:
        with transaction.atomic():
            one_at_a_time(digest)
            refuse_twin(digest, by=by, bureau=bureau)
            picture.save()
    except IntegrityError:
        # The same file, sent again before the first had been answered.
        picture.discard()
        if key and (known := _of_key(key, by)):
            return known
        raise
    except BaseException:
        picture.discard()
        raise
    return picture


def _of_key(key: UUID, by: User) -> Picture | None:
    known = Picture.objects.filter(upload_key=key).first()
    if known and known.uploaded_by_id != by.pk:
        raise PermissionDenied
    return known


def described(picture: Picture) -> dict:
    """What scripts of the desk know of a picture."""
    width, height = picture.shown_size("4x3", 240)
    return {
        "id": picture.pk,
        "name": str(picture),
        "alt": picture.alt_text,
        "caption": picture.caption,
        "credit": picture.credit,
        "creditLine": picture.credit_line,
        "owner": picture.owner,
        "source": picture.source,
        "licence": picture.licence,
        "ai": picture.ai,
        "aiLabel": picture.ai_label,
        "thumbnail": picture.thumbnail_url,
        "large": picture.large_url,
        "lead": picture.lead_url,
        "width": picture.width,
        "height": picture.height,
        "thumbnailWidth": width,
        "thumbnailHeight": height,
        "url": reverse("admin:articles_picture_change", args=[picture.pk]),
        "remove": reverse("admin:articles_picture_remove", args=[picture.pk]),
    }


@require_POST
def upload_page(request):
    """Take in the files of a form; answer a script with what became of its one file."""
    if not has_library(request.user):
        raise PermissionDenied
    bureaus = {str(bureau.pk): bureau for bureau in picture_bureaus(request.user)}
    author = Author.objects.filter(user=request.user).first()
    home = str(author.bureau_id) if author and author.bureau_id else ""
    asked = request.POST.get("bureau") or (home if home in bureaus else next(iter(bureaus), ""))
    if asked not in bureaus:
        raise PermissionDenied
    files = request.FILES.getlist("file")[:MOST_AT_ONCE]
    is_script = "application/json" in request.headers.get("Accept", "")
    given = {"by": request.user, "bureau": bureaus[asked], "credit": author.name if author else ""}
    if is_script:
        return _one(files, _key(request.POST.get("key", "")), given)
    return _many(request, files, given)


@require_POST
@transaction.atomic
def words_page(request, picture_id):
    """Save the words of a picture that was just sent; answered for a script."""
    pictures = Picture.objects.for_user(request.user)
    locked = pictures.select_related("bureau").select_for_update(of=("self",), no_key=True)
    picture = get_object_or_404(locked, pk=picture_id)
    if not may_change(request.user, picture):
        raise PermissionDenied
    now = described(picture)
    form = WordsForm(request.POST, instance=picture)
    if not form.is_valid():
        fields = {name: " ".join(errors) for name, errors in form.errors.items()}
        said = {"error": " ".join(fields.values()), "fields": fields, "picture": now}
        return JsonResponse(said, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    form.save()
    return JsonResponse(described(picture))


@require_POST
def remove_page(request, picture_id):
    """Take a picture that stands in no story out of the library, with its files."""
    with transaction.atomic():
        # Whoever puts it into a story at this moment waits, and finds it gone.
        pictures = Picture.objects.for_user(request.user).select_for_update(of=("self",))
        picture = get_object_or_404(pictures, pk=picture_id)
        if not may_change(request.user, picture):
            raise PermissionDenied
        is_free, name = not is_used(picture), capfirst(picture.named)
        if is_free:
            picture.keeps_files_for = 0  # it stands on no page, not even on an old one
            picture.withdraw()
    used = gettext("%(picture)s stands in a story and stays.") % {"picture": name}
    removed = gettext("%(picture)s is out of the library.") % {"picture": name}
    if "application/json" in request.headers.get("Accept", ""):
        status = HTTPStatus.OK if is_free else HTTPStatus.CONFLICT
        return JsonResponse({} if is_free else {"error": used}, status=status)
    if not is_free:
        messages.error(request, used)
        return HttpResponseRedirect(reverse("admin:articles_picture_change", args=[picture_id]))
    messages.success(request, removed)
    return HttpResponseRedirect(reverse("admin:articles_picture_changelist"))


def _key(words: str) -> UUID | None:
    try:
        return UUID(words)
    except ValueError:
        return None


def _one(files: list[UploadedFile], key: UUID | None, given: dict) -> JsonResponse:
    if len(files) != 1:
        return JsonResponse({"error": gettext("Choose a picture.")}, status=HTTPStatus.BAD_REQUEST)
    try:
        picture = take_in(files[0], key=key, **given)
    except AlreadyThereError as error:
        return JsonResponse(described(error.picture) | {"known": True})
    except PictureError as error:
        said = " ".join(said_of(files[0].name or "", error).messages)
        # No sense in sending a file again that is refused for what it is.
        is_lasting = error.problem not in ("full", "time")
        status = HTTPStatus.UNPROCESSABLE_ENTITY if is_lasting else HTTPStatus.SERVICE_UNAVAILABLE
        return JsonResponse({"error": said}, status=status)
    is_asked = not (picture.source and picture.licence)
    asked = why_asked(picture) if is_asked else ""
    return JsonResponse(
        described(picture) | {"asked": asked, "note": note_on(picture, given["by"])}
    )


def note_on(picture: Picture, sender: User) -> str:
    """What somebody should look at who has sent the picture; "" for nothing."""
    notes = [cut_caption(picture), gettext("Credited to you: whose photo is it?")]
    if not _is_credited_unasked(picture, sender):
        notes.pop()
    return " ".join(filter(None, notes))


def _is_credited_unasked(picture: Picture, sender: User) -> bool:
    """Who edits sends the photos of others, too, and their own name is under all."""
    words = picture.file_words
    # A file that is signed has the credit of whoever has signed it.
    is_by_default = words.get("credit") == picture.credit != "" and not words.get("creator")
    is_theirs = picture.credit == str(getattr(sender, "author", ""))
    return is_by_default and is_theirs and any(map(sender.holds, DECIDING_ROLES))


def _many(request, files: list[UploadedFile], given: dict) -> HttpResponseRedirect:
    taken = []
    for file in files:
        try:
            taken.append(take_in(file, **given))
        except AlreadyThereError as error:
            name = {"file": shown_name(file.name or ""), "picture": error.picture.named}
            messages.warning(request, ALREADY_THERE % name)
        except PictureError as error:
            messages.error(request, " ".join(said_of(file.name or "", error).messages))
    if taken:
        said = ngettext(
            "%(count)d picture is in the library. Add its words now.",
            "%(count)d pictures are in the library. Add their words now.",
            len(taken),
        )
        messages.success(request, said % {"count": len(taken)})
        for note in sorted({note_on(picture, given["by"]) for picture in taken} - {""}):
            messages.warning(request, note)
    elif not files:
        messages.error(request, gettext("Choose a picture."))
    if len(taken) == len(files) == 1:
        return HttpResponseRedirect(reverse("admin:articles_picture_change", args=[taken[0].pk]))
    if len(taken) > 1:
        chosen = urlencode({"picture": [picture.pk for picture in taken]}, doseq=True)
        return HttpResponseRedirect(f"{reverse('admin:articles_picture_rights')}?{chosen}")
    return HttpResponseRedirect(reverse("admin:articles_picture_changelist"))
