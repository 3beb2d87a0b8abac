"""What a browser sends from the story form, and what its reader sees."""

import re
from html import unescape
from http import HTTPStatus

from django.test import Client
from django.utils import translation

from articles.models import Article

FIELDS = (
    "kicker", "headline", "picture_caption", "dateline", "body", "summary", "source",
    "source_name", "slug",
)  # fmt: skip
ADD = "/articles/article/add/"


# Of a bureau's approval clock, as its form shows them at first.
LIMITS = {"amber_after": 60, "red_after": 120, "breaking_after": 15}


def in_english(*users) -> None:
    """Have these people work at the desk in English."""
    for user in users:
        user.language = "en"
        user.save()


def change_url(article: Article) -> str:
    return f"/articles/article/{article.pk}/change/"


def verb_url(article: Article, verb: str) -> str:
    return f"/articles/article/{article.pk}/verb/{verb}/"


def form_data(article: Article | None = None, **more) -> dict:
    """The whole story form as it stands, with other values for the fields named."""
    article = article or Article()
    data = {name: getattr(article, name) for name in FIELDS}
    data |= {
        "version": article.version,
        "section": article.section_id or "",
        "picture": article.picture_id or "",
        "bureau": article.bureau_id or "",
        "tags": "",
        "embargo_until_date": "",
        "embargo_until_time": "",
    }
    lines = list(article.bylines.all()) if article.pk else []
    if lines:
        data["tags"] = ", ".join(article.tags.names())
    for number, line in enumerate(lines):
        data |= byline(number, line.author, line.role, line.pk, position=line.position)
    data |= {
        "bylines-TOTAL_FORMS": len(lines),
        "bylines-INITIAL_FORMS": len(lines),
        "bylines-MIN_NUM_FORMS": 0,
        "bylines-MAX_NUM_FORMS": 1000,
    }
    return data | more


def byline(number: int, author, role: str = "writer", pk="", **more) -> dict:
    """One row of the credits."""
    row = {"id": pk, "author": author.pk, "role": role, "position": "", **more}
    return {f"bylines-{number}-{name}": value for name, value in row.items()}


def text_of(response) -> str:
    """The words of a page, without tags, scripts and menus."""
    html = response.content.decode()
    main = html[html.find("<main") :]
    main = re.sub(r"<(script|style|textarea|select).*?</\1>", " ", main, flags=re.DOTALL)
    return words_of(main)


def messages_of(client: Client, response) -> list[str]:
    """What the desk says on the page to which it sends on."""
    page = client.get(response["Location"])
    return [words_of(str(message)) for message in page.context["messages"]]


def save(client: Client, url: str, data: dict):
    """Open the form of a setting or a person, fill it in and press Save; send it in any case."""
    page = client.get(url)
    if page.status_code == HTTPStatus.OK:
        data |= {"version": page.context["adminform"].form["version"].value()}
    return client.post(url, data)


# What every form of a picture sends.
OF_A_PICTURE = ("alt_text", "caption", "credit", "source", "licence", "focal_x", "focal_y")


def change_picture(client: Client, picture, **more):
    """Open the form of a picture, change these fields of it and press Save."""
    values = {name: getattr(picture, name) for name in OF_A_PICTURE}
    values |= {"bureau": picture.bureau_id}
    return save(client, f"/articles/picture/{picture.pk}/change/", values | more)


def errors_of(response) -> dict[str, list[str]]:
    """Errors of the form on the page by field, in English; "" for those of the whole form."""
    form = response.context.get("form") or response.context["adminform"].form
    with translation.override("en"):
        return {
            name.replace("__all__", ""): [words_of(str(error)) for error in errors]
            for name, errors in form.errors.items()
        }


def words_of(html: str) -> str:
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).split())
