"""Portraits of authors and marks of bureaus: pictures like all others, but in nobody's library."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from bureaus.rendered import RenderedPicture


class Portrait(RenderedPicture):
    """An author's face, on the page with all of the author's stories."""

    plan = "portrait"

    author = models.OneToOneField(
        "bureaus.Author", on_delete=models.CASCADE, related_name="portrait"
    )

    class Meta:
        verbose_name = _("portrait")
        verbose_name_plural = _("portraits")

    def __str__(self):
        return str(self.author)


class Mark(RenderedPicture):
    """A bureau's logo, on the page that says who publishes it. The wordmark stays text."""

    plan = "mark"

    bureau = models.OneToOneField("bureaus.Bureau", on_delete=models.CASCADE, related_name="mark")

    class Meta:
        verbose_name = _("logo")
        verbose_name_plural = _("logos")

    def __str__(self):
        return str(self.bureau)
