"""The page on which a person chooses between two texts, part by part."""

from functools import cached_property

from django.contrib import admin
from django.template.response import TemplateResponse

from articles import conflict, desk
from articles.models import Article, Autosave
from articles.outcomes import last_saved
from articles.typed import Typed

REFUSED = 409


class Choice:
    """What differs between one's own text and the saved one, and what was chosen of it."""

    def __init__(
        self, request, story: Article, text: Autosave, mine: Typed, theirs: Typed, base: Typed
    ):
        self.request = request
        self.story = story
        self.text = text
        self.mine = mine
        self.theirs = theirs
        self.base = base
        self.parts = conflict.parts(mine, theirs, base, request.user)

    @cached_property
    def stamp(self) -> str:
        return conflict.stamp(self.mine, self.theirs, self.parts)

    @property
    def version(self) -> int:
        return self.story.version

    @property
    def is_of_these_texts(self) -> bool:
        """Whether the page that was sent showed the texts as they now are."""
        return self.request.POST.get("stamp") == self.stamp

    def choice_of(self, part: conflict.Part) -> str:
        sent = self.request.POST.get(part.name, "") if self.is_of_these_texts else ""
        return sent if sent in part.choices else part.suggested

    @property
    def is_made(self) -> bool:
        return self.is_of_these_texts and all(map(self.choice_of, self.parts))

    @cached_property
    def merged(self) -> Typed:
        chosen = {part.name: self.choice_of(part) for part in self.parts}
        texts = {name: value for name, value in self.request.POST.items() if "-text" in name}
        return conflict.merged(self.mine, self.theirs, self.base, {**texts, **chosen})

    def page(self, opts) -> TemplateResponse:
        rows = [
            {
                "part": part,
                "choice": self.choice_of(part),
                "text": self.request.POST.get(f"{part.name}-text", part.combined)
                if self.is_of_these_texts
                else part.combined,
            }
            for part in self.parts
        ]
        settled = [row for row in rows if row["part"].suggested]
        was_sent = self.request.method == "POST"
        theirs = last_saved(self.story)
        context = {
            **admin.site.each_context(self.request),
            "opts": opts,
            "story": self.story,
            "story_url": desk.story_url(self.story),
            "text": self.text,
            "theirs": theirs,
            "is_own": theirs.saved_by == self.request.user,
            "to_choose": [row for row in rows if not row["part"].suggested],
            "settled": settled,
            "taking_away": [row for row in settled if row["part"].takes_away],
            "folded": [row for row in settled if not row["part"].takes_away],
            "stamp": self.stamp,
            "has_changed": was_sent and not self.is_of_these_texts,
            "is_incomplete": was_sent and self.is_of_these_texts,
        }
        template = "admin/articles/article/conflict.html"
        return TemplateResponse(
            self.request, template, context, status=REFUSED if was_sent else 200
        )
