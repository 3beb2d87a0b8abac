"""What readers were told, and who decided it, cannot be changed: not by a bug, not by hand."""

from django.db import migrations

EDITION = """
CREATE FUNCTION articles_edition_guard() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    -- A verb reads the clock after it took its lock, so both ends lie within its transaction.
    began timestamptz := transaction_timestamp();
    before articles_edition := OLD;
BEGIN
    IF TG_OP = 'DELETE' THEN
        RAISE EXCEPTION 'edition % cannot be deleted', OLD.id USING ERRCODE = 'restrict_violation';
    END IF;
    -- Nothing but these three may differ; they are judged below.
    before.live := NEW.live;
    before.first_published := NEW.first_published;
    before.address_id := NEW.address_id;
    IF before IS DISTINCT FROM NEW THEN
        RAISE EXCEPTION 'the content of edition % cannot be changed', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF isempty(OLD.live) AND NOT isempty(NEW.live) THEN
        RAISE EXCEPTION 'edition % was cancelled for good', OLD.id
            USING ERRCODE = 'restrict_violation';
    END IF;
    IF lower(OLD.live) IS DISTINCT FROM lower(NEW.live)
        OR OLD.first_published IS DISTINCT FROM NEW.first_published
        OR OLD.address_id IS DISTINCT FROM NEW.address_id
    THEN
        IF lower(OLD.live) <= clock_timestamp() THEN
            RAISE EXCEPTION 'edition % has begun: its start is fixed', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF lower(NEW.live) < began THEN
            RAISE EXCEPTION 'edition % cannot begin in the past', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    IF NOT isempty(NEW.live) AND upper(OLD.live) IS DISTINCT FROM upper(NEW.live) THEN
        IF upper(OLD.live) <= clock_timestamp() THEN
            RAISE EXCEPTION 'edition % has ended: its end is fixed', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
        IF upper(NEW.live) < began THEN
            RAISE EXCEPTION 'edition % cannot end in the past', OLD.id
                USING ERRCODE = 'restrict_violation';
        END IF;
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER articles_edition_guard BEFORE UPDATE OR DELETE ON articles_edition
    FOR EACH ROW EXECUTE FUNCTION articles_edition_guard();
"""

LOG = """
CREATE FUNCTION articles_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '% % cannot be changed or deleted', TG_TABLE_NAME, OLD.id
        USING ERRCODE = 'restrict_violation';
END $$;

CREATE TRIGGER articles_notice_keep BEFORE UPDATE OR DELETE ON articles_notice
    FOR EACH ROW EXECUTE FUNCTION articles_keep();
CREATE TRIGGER articles_event_keep BEFORE UPDATE OR DELETE ON articles_event
    FOR EACH ROW EXECUTE FUNCTION articles_keep();
CREATE TRIGGER articles_revision_keep BEFORE UPDATE OR DELETE ON articles_revision
    FOR EACH ROW EXECUTE FUNCTION articles_keep();
"""

UNDO = """
DROP TRIGGER articles_edition_guard ON articles_edition;
DROP TRIGGER articles_notice_keep ON articles_notice;
DROP TRIGGER articles_event_keep ON articles_event;
DROP TRIGGER articles_revision_keep ON articles_revision;
DROP FUNCTION articles_edition_guard();
DROP FUNCTION articles_keep();
"""


class Migration(migrations.Migration):
    dependencies = [("articles", "0002_initial")]

    operations = [migrations.RunSQL(EDITION + LOG, UNDO)]
