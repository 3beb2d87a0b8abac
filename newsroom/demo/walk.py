"""One story's way through the workflow, as far and at the times that its file says."""

from datetime import datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any

from articles import publication, workflow
from articles.models import Article, Picture
from articles.objects import pictures_in
from bureaus.models import Bureau, User
from newsroom.demo.markup import to_html
from newsroom.demo.stories import moment

if TYPE_CHECKING:
    from newsroom.demo.loader import Loader

# How long a story has been on its way when the time in its file comes.
BEGUN, SUBMITTED, CLAIMED, APPROVED = (timedelta(minutes=minutes) for minutes in (170, 65, 40, 4))
MARGIN = timedelta(minutes=50)  # what follows the last time of a file


class Walk:
    article: Article

    def __init__(self, loader: "Loader", filer: User, story: dict[str, Any], bureau: Bureau):
        self.loader = loader
        self.filer = filer
        self.story = story
        self.bureau = bureau
        self.step = story.get("steps", [{}])[0]
        is_ahead = "at" in story and story["at"].startswith("+")
        #: when it is, or will be, published; for what is not, when it was submitted
        self.time = story.get("time") or moment(
            story["at"], bureau.zone, loader.now if is_ahead else loader.today
        )
        #: the same, but never ahead
        self.acted = loader.now - MARGIN if is_ahead else self.time
        self.begun = self.acted - BEGUN
        self.step_time = self.acted + timedelta(minutes=self.step.get("after", 40))
        if "at" in self.step:
            self.step_time = moment(self.step["at"], bureau.zone, loader.today)

    @cached_property
    def editor(self) -> User:
        return self.loader.editor_of(self.bureau, but=self.article)

    def go(self) -> None:
        getattr(self, self.story["state"])()

    def at(self, moment: datetime, verb, **told: Any) -> None:
        with publication.as_of(moment):
            verb(self.article, **told)

    def draft(self) -> None:
        pass

    def submitted(self, until: datetime | None = None) -> None:
        self.at((until or self.acted) - SUBMITTED, workflow.submit, by=self.filer)

    def in_review(self, until: datetime | None = None) -> None:
        self.submitted(until)
        self.at((until or self.acted) - CLAIMED, workflow.claim, by=self.editor)

    def sent_back(self) -> None:
        self.in_review()
        self.at(self.step_time, workflow.send_back, by=self.editor, reason=self.step["reason"])

    def approved(self, until: datetime | None = None) -> None:
        self.in_review(until)
        self.at((until or self.acted) - APPROVED, workflow.approve, by=self.editor)

    def scheduled(self) -> None:
        self.approved()
        self.at(self.acted, workflow.schedule, by=self.editor, at=self.time)

    def live(self) -> None:
        self.approved()
        self.at(self.acted, workflow.publish, by=self.editor)
        for placement in self.story.get("placements", []):
            self.share_pictures(self.loader.bureaus[placement["bureau"]])
            self.at(
                self.acted + timedelta(minutes=10),
                workflow.place,
                by=self.loader.network_editor,
                bureau=self.loader.bureaus[placement["bureau"]],
                local_headline=placement.get("headline", ""),
                local_note=placement.get("note", ""),
            )

    def share_pictures(self, bureau: Bureau) -> None:
        """As the home bureau does before another one runs the story."""
        article = Article.objects.get(pk=self.article.pk)
        for picture in Picture.objects.filter(
            pk__in=[article.picture_id or 0, *pictures_in(article.body)]
        ):
            shared = sorted({*picture.shared_with, bureau.pk})
            # Past save(), which would draw the files of a twin anew with its credit.
            Picture.objects.filter(pk=picture.pk).update(shared_with=shared)

    def updated(self) -> None:
        self.live()
        self.rewrite()
        self.at(self.step_time, workflow.update, by=self.editor, note=self.step["note"])

    def corrected(self) -> None:
        self.live()
        self.rewrite()
        self.at(self.step_time, workflow.correct, by=self.editor, notice=self.step["notice"])

    def retracted(self) -> None:
        self.live()
        self.at(
            self.step_time - APPROVED,
            workflow.retract,
            by=self.editor,
            ground=self.step["ground"],
            reason=self.step["reason"],
        )
        second = self.loader.network_editor
        if second == self.editor:
            second = self.loader.editor_of(self.bureau, but=None)
        self.at(self.step_time, workflow.confirm_retraction, by=second)

    def live_in_rewrite(self) -> None:
        self.live()
        self.edit(self.step_time)

    def spiked(self) -> None:
        self.at(self.step_time, workflow.spike, by=self.editor, reason=self.step["reason"])

    def edit(self, moment: datetime) -> None:
        with publication.as_of(moment):
            article = workflow.lock_for_editing(self.article, by=self.filer)
            if "find" in self.step:
                article.body = article.body.replace(self.step["find"], self.step["replace"])
            if "append" in self.step:
                article.body += to_html(self.step["append"])
            article.save()
            workflow.save_revision(article, by=self.filer)

    def rewrite(self) -> None:
        """A change by the reporter, approved once more."""
        self.edit(self.step_time - SUBMITTED - timedelta(minutes=2))
        self.approved(until=self.step_time)
