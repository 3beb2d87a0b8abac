"""How the stories that are there stand with readers, for the desk's lists."""

from django.db import migrations

FILL = """
UPDATE articles_article AS story SET
    public_from = made.first,
    next_edition_at = made.last,
    edition_version = made.version
FROM (
    SELECT DISTINCT ON (article_id)
        article_id,
        lower(live) AS last,
        version,
        first_value(lower(live)) OVER (PARTITION BY article_id ORDER BY number) AS first
    FROM articles_edition
    WHERE NOT isempty(live)
    ORDER BY article_id, number DESC
) AS made
WHERE made.article_id = story.id;

UPDATE articles_article AS story SET retracted_at = notice.made_at
FROM articles_notice AS notice
WHERE notice.article_id = story.id AND notice.kind = 'retraction';

UPDATE articles_article AS story SET sent_back = true
FROM (
    SELECT DISTINCT ON (article_id) article_id, verb
    FROM articles_event
    WHERE stage_before <> stage_after
    ORDER BY article_id, id DESC
) AS turn
WHERE turn.article_id = story.id AND turn.verb = 'send_back' AND story.stage = 'draft';
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0006_desk")]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
