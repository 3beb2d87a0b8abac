"""Ten years of a network's stories, written by the database itself in a minute or two.

Only what the desk's pages read is there: no lists of readers, and records that prove nothing. The
same number of stories is at the desk, retracted or spiked in every archive, however long, so that
the pages to be compared are equally full; all others are live as they stand. Words are drawn as a
language draws them: few of them often, most of them seldom.
"""

import random
from dataclasses import dataclass

from django.db.backends.base.base import BaseDatabaseWrapper

from articles.models import Picture, Section, Tag
from bureaus.models import Author, Bureau, Membership, Network, User

# Stories in a hundred: the largest bureau has fifteen times those of the smallest.
BUREAUS = {
    "Cilacap": 30, "Banyumas": 20, "Kebumen": 15, "Makassar": 12,
    "Jayapura": 10, "Ambon": 7, "Palu": 4, "Sorong": 2,
}  # fmt: skip
REPORTERS = 16  # of each bureau: those of the largest wrote one story a day
PARAGRAPHS = 3000
AT_DESK = 1000
# In half of all stories, in one of twenty, in five whatever their number.
FREQUENT, MIDDLING, RARE = "warga", "serayu", "tumenggung"

_SYLLABLES = [first + second for first in "bdgjklmnprstwy" for second in "aeiu"]


@dataclass(frozen=True)
class Cast:
    """Whose pages are measured: of the largest bureau, and of all."""

    reporter: User
    editor: User
    network_editor: User


def fill(connection: BaseDatabaseWrapper, stories: int) -> Cast:
    """Fill an empty, migrated database, the ``default`` of this thread."""
    cast = _people()
    _paragraphs(connection)
    values = {
        "stories": stories,
        "at_desk": AT_DESK,
        "bureaus": [
            bureau.pk for bureau in Bureau.objects.all() for _ in range(BUREAUS[bureau.name])
        ],
        "sections": list(Section.objects.values_list("pk", flat=True)),
        "tags": list(Tag.objects.values_list("pk", flat=True)),
        "pictures": list(Picture.objects.values_list("pk", flat=True)),
        "editor": cast.network_editor.pk,
        "frequent": f" {FREQUENT}",
        "middling": f" {MIDDLING}",
        "rare": f" {RARE}",
        "paragraphs": PARAGRAPHS,
        "reporters": REPORTERS,
    }
    with connection.cursor() as cursor:
        cursor.execute("SELECT setseed(0.42)")
        later = _without_indexes(cursor)
        for statement in _STORIES:
            cursor.execute(statement, values)
        for definition in later:
            cursor.execute(definition)
        cursor.execute("VACUUM ANALYZE")
    return cast


def _people() -> Cast:
    Network.objects.get_or_create(pk=1)
    Section.objects.bulk_create(
        Section(name=f"Rubrik {number}", slug=f"rubrik-{number}") for number in range(6)
    )
    Tag.objects.bulk_create(Tag(name=f"Topik {n}", slug=f"topik-{n}") for n in range(300))
    cast = {}
    for name in BUREAUS:
        bureau = Bureau.objects.create(name=name, slug=name.lower(), is_open=True)
        Picture.objects.bulk_create(
            Picture(
                bureau=bureau,
                original=f"{n}.jpg",
                key=f"{n}",
                is_finished=True,
                width=1600,
                height=1067,
                alt_text="Perahu",
            )
            for n in range(10)
        )
        for number in range(REPORTERS):
            user = _user(f"{bureau.slug}-{number}", "reporter", bureau)
            Author.objects.create(
                name=f"Penulis {name} {number}", slug=user.username, bureau=bureau, user=user
            )
            cast.setdefault("reporter", user)
        cast.setdefault("editor", _user(f"{bureau.slug}-redaktur", "bureau_editor", bureau))
    return Cast(network_editor=_user("redpel", "network_editor", None), **cast)


def _user(username: str, role: str, bureau: Bureau | None) -> User:
    user = User.objects.create(username=username, first_name=username.title())
    Membership.objects.create(user=user, role=role, bureau=bureau)
    return user


def _paragraphs(connection: BaseDatabaseWrapper) -> None:
    draw = random.Random(7)
    words = sorted({"".join(draw.choices(_SYLLABLES, k=draw.randint(2, 5))) for _ in range(20_000)})
    draw.shuffle(words)
    seldom = [1 / rank for rank in range(1, len(words) + 1)]
    rows = [(n, " ".join(draw.choices(words, seldom, k=60))) for n in range(PARAGRAPHS)]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE paragraph (id int PRIMARY KEY, text text)")
        cursor.executemany("INSERT INTO paragraph VALUES (%s, %s)", rows)


def _without_indexes(cursor) -> list[str]:
    """Drop the indexes that no constraint needs; returns what makes them again."""
    cursor.execute(
        "SELECT indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'"
        " AND tablename IN ('articles_article', 'articles_event', 'articles_edition')"
        " AND indexname NOT IN (SELECT conname FROM pg_constraint)"
    )
    found = cursor.fetchall()
    for name, _definition in found:
        cursor.execute(f'DROP INDEX "{name}"')
    return [definition for _name, definition in found]


_STORIES = [
    # What each story is. Whatever the desk still works on was touched in the last three weeks.
    """
    CREATE TEMP TABLE made AS
    SELECT
        n AS id, kind, bureau_id, section_id, picture_id, paid, unverified, protected, breaking,
        CASE WHEN kind IN ('live', 'retracted', 'spiked')
            THEN clock_timestamp() - interval '10 years' * (1 - n::float8 / %(stories)s)
                - interval '2 days'
            ELSE clock_timestamp() - interval '20 days' * r9
        END AS at,
        floor(r7 * %(reporters)s)::int AS reporter,
        words, parts
    FROM (
        SELECT
            n,
            CASE
                WHEN r1 < 0.25 THEN 'draft' WHEN r1 < 0.32 THEN 'sent_back'
                WHEN r1 < 0.43 THEN 'submitted' WHEN r1 < 0.50 THEN 'in_review'
                WHEN r1 < 0.57 THEN 'approved' WHEN r1 < 0.64 THEN 'scheduled'
                WHEN r1 < 0.71 THEN 'rewritten' WHEN r1 < 0.82 THEN 'retracted'
                WHEN r1 <= 1 THEN 'spiked' ELSE 'live'
            END AS kind,
            (%(bureaus)s::bigint[])[1 + floor(r2 * 100)::int] AS bureau_id,
            (%(sections)s::bigint[])[1 + floor(r3 * cardinality(%(sections)s::bigint[]))::int]
                AS section_id,
            CASE WHEN r4 < 0.9 THEN
                (%(pictures)s::bigint[])[1 + floor(r5 * cardinality(%(pictures)s::bigint[]))::int]
            END AS picture_id,
            r5 < 0.02 AS paid, r6 < 0.01 AS unverified, r8 < 0.02 AS protected,
            r4 < 0.002 OR (r1 <= 1 AND n %% 20 = 0) AS breaking,
            r7, r9,
            (CASE WHEN r10 < 0.5 THEN %(frequent)s ELSE '' END)
                || (CASE WHEN r11 < 0.05 THEN %(middling)s ELSE '' END)
                || (CASE WHEN n %% (%(stories)s / 5) = 7 THEN %(rare)s ELSE '' END) AS words,
            ARRAY[r12, r13, r14, r15, r16, r17] AS parts
        FROM (
            SELECT
                -- Even shares, whatever their number: the R2 sequence, not dice.
                n,
                CASE WHEN n > %(stories)s - %(at_desk)s
                    THEN mod(n * 0.5698402909980532, 1) ELSE 2 END AS r1,
                mod(n * 0.7548776662466927, 1) AS r2,
                random() AS r3, random() AS r4, random() AS r5,
                random() AS r6, random() AS r7, random() AS r8, random() AS r9, random() AS r10,
                random() AS r11, random() AS r12, random() AS r13, random() AS r14,
                random() AS r15, random() AS r16, random() AS r17
            FROM generate_series(1, %(stories)s) AS n
        ) AS drawn
    ) AS story
    """,
    "CREATE UNIQUE INDEX ON made (id)",
    "ANALYZE made",
    """
    CREATE TEMP TABLE writer AS
    SELECT author.id, author.user_id, author.bureau_id,
        (row_number() OVER (PARTITION BY author.bureau_id ORDER BY author.id) - 1)::int AS number
    FROM bureaus_author AS author
    """,
    """
    INSERT INTO articles_article (
        id, bureau_id, section_id, kicker, headline, summary, dateline, body, source, source_name,
        picture_id, picture_caption, paid, unverified, protected, breaking,
        stage, stage_since, submitted_at, version, slug, created_by_id, created_at, changed_at,
        claimed_by_id, approved_by_id, approved_version, sent_back,
        public_from, next_edition_at, edition_version, retracted_at, spiked_at,
        record_length, record_sha256
    )
    SELECT
        made.id, made.bureau_id, section_id, '', initcap(split_part(body, ' ', 1)) || ' '
            || array_to_string((string_to_array(body, ' '))[2:8], ' '),
        '', 'Cilacap', body, 'own', '', picture_id, '', paid, unverified, protected, breaking,
        CASE
            WHEN kind IN ('submitted', 'in_review') THEN kind
            WHEN kind IN ('live', 'approved', 'scheduled') THEN 'approved'
            ELSE 'draft'
        END,
        at, CASE WHEN kind IN ('submitted', 'in_review') THEN at END,
        CASE WHEN kind = 'rewritten' THEN 2 ELSE 1 END, 'kabar-' || made.id,
        writer.user_id, at, at,
        CASE WHEN kind = 'in_review' THEN %(editor)s END,
        CASE WHEN kind IN ('live', 'approved', 'scheduled') THEN %(editor)s END,
        CASE WHEN kind IN ('live', 'approved', 'scheduled') THEN 1 END,
        kind = 'sent_back',
        starts, starts, CASE WHEN starts IS NOT NULL THEN 1 END,
        CASE WHEN kind = 'retracted' THEN at + interval '1 day' END,
        CASE WHEN kind = 'spiked' THEN at END,
        CASE WHEN starts IS NOT NULL THEN 1 ELSE 0 END,
        CASE WHEN starts IS NOT NULL THEN repeat('0', 64) ELSE '' END
    FROM made
    JOIN writer ON writer.bureau_id = made.bureau_id AND writer.number = made.reporter
    CROSS JOIN LATERAL (
        SELECT string_agg('<p>' || paragraph.text || made.words || '</p>', '') AS body
        FROM unnest(made.parts) AS part
        JOIN paragraph ON paragraph.id = floor(part * %(paragraphs)s)::int
    ) AS text
    CROSS JOIN LATERAL (
        SELECT CASE
            WHEN kind IN ('live', 'rewritten', 'retracted') THEN at
            WHEN kind = 'scheduled' THEN clock_timestamp() + interval '2 days'
        END AS starts
    ) AS publication
    """,
    """
    INSERT INTO articles_byline (article_id, author_id, role, position)
    SELECT made.id, writer.id, 'writer', 0 FROM made
    JOIN writer ON writer.bureau_id = made.bureau_id AND writer.number = made.reporter
    UNION ALL
    SELECT made.id, writer.id, 'writer', 1 FROM made
    JOIN writer ON writer.bureau_id = made.bureau_id
        AND writer.number = (made.reporter + 1) %% %(reporters)s
    WHERE made.id %% 5 = 0
    """,
    """
    INSERT INTO articles_taggedarticle (content_object_id, tag_id)
    SELECT id, (%(tags)s::bigint[])[1 + (id * 7919 + part * 104729)
        %% cardinality(%(tags)s::bigint[])]
    FROM made, generate_series(0, 1) AS part
    """,
    """
    INSERT INTO articles_revision (article_id, number, content, saved_by_id, saved_at)
    SELECT id, generate_series(1, version), '{}', created_by_id, created_at FROM articles_article
    """,
    """
    INSERT INTO articles_address (bureau_id, date, slug, article_id, is_current)
    SELECT bureau_id, public_from::date, slug, id, true FROM articles_article
    WHERE public_from IS NOT NULL
    """,
    """
    INSERT INTO articles_edition (
        article_id, address_id, number, kind, version, live, first_published, note, bylines, tags,
        approved_by_id, published_by_id, made_at,
        bureau_id, section_id, kicker, headline, summary, dateline, body, source, source_name,
        picture_id, picture_caption, paid, unverified, protected,
        record_number, content_sha256, previous_sha256, record_sha256
    )
    SELECT
        story.id, address.id, 1, 'first', 1, tstzrange(public_from, retracted_at), public_from, '',
        '[]', '[]', %(editor)s, %(editor)s, story.changed_at,
        story.bureau_id, section_id, kicker, headline, summary, dateline, body, source, source_name,
        picture_id, picture_caption, paid, unverified, protected,
        1, repeat('0', 64), '', repeat('0', 64)
    FROM articles_article AS story
    JOIN articles_address AS address ON address.article_id = story.id
    """,
    """
    INSERT INTO articles_notice (
        article_id, edition_id, kind, ground, text, made_at, made_by_id,
        record_number, content_sha256, previous_sha256, record_sha256
    )
    SELECT story.id, edition.id, 'retraction', 'factual', 'Tidak benar.', retracted_at, %(editor)s,
        2, repeat('0', 64), repeat('0', 64), repeat('0', 64)
    FROM articles_article AS story
    JOIN articles_edition AS edition ON edition.article_id = story.id
    WHERE retracted_at IS NOT NULL
    """,
    """
    INSERT INTO articles_event (
        article_id, verb, by_id, at, stage_before, stage_after, version, reason, edition_id, details
    )
    SELECT made.id, step.verb, CASE WHEN step.verb = 'submit' THEN story.created_by_id
            ELSE %(editor)s END,
        made.at, step.before, step.after, 1, step.reason, edition.id, '{}'
    FROM made
    JOIN articles_article AS story ON story.id = made.id
    JOIN (VALUES
        (1, 'submit', 'draft', 'submitted', ''), (2, 'claim', 'submitted', 'in_review', ''),
        (3, 'approve', 'in_review', 'approved', ''), (4, 'publish', 'approved', 'approved', ''),
        (5, 'send_back', 'in_review', 'draft', 'Sumbernya siapa?')
    ) AS step (number, verb, before, after, reason) ON CASE made.kind
        WHEN 'draft' THEN false WHEN 'spiked' THEN false
        WHEN 'submitted' THEN number = 1 WHEN 'in_review' THEN number < 3
        WHEN 'sent_back' THEN number < 3 OR number = 5 WHEN 'approved' THEN number < 4
        ELSE number < 5
    END
    LEFT JOIN articles_edition AS edition
        ON edition.article_id = made.id AND step.verb = 'publish'
    """,
    "SELECT setval(pg_get_serial_sequence('articles_article', 'id'), %(stories)s)",
]
