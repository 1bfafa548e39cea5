-- Lets page tests see which rows a request changed, by transaction. Run as the
-- superuser after the migrations; what the superuser changes is not looked at.
SET client_min_messages = warning;
CREATE SCHEMA watch;
CREATE TABLE watch.change (transaction xid8, table_name text,
    PRIMARY KEY (transaction, table_name));
CREATE FUNCTION watch.note() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF session_user = 'hearth_web' THEN
		INSERT INTO watch.change VALUES (pg_current_xact_id(), TG_TABLE_NAME)
		    ON CONFLICT DO NOTHING;
	END IF;
	RETURN NULL;
END
$$;
-- Noted beside: a round that was settled because its reply time was over.
CREATE TABLE watch.due (transaction xid8 PRIMARY KEY);
CREATE FUNCTION watch.note_due() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	IF session_user = 'hearth_web' THEN
		INSERT INTO watch.due VALUES (pg_current_xact_id())
		    ON CONFLICT DO NOTHING;
	END IF;
	RETURN NULL;
END
$$;
CREATE TRIGGER watch_due AFTER UPDATE ON offer_round FOR EACH ROW
    WHEN (OLD.settled_at IS NULL AND NEW.settled_at >= NEW.reply_by)
    EXECUTE FUNCTION watch.note_due();
-- Of vault, what an act is about; not sessions, throttles, keys and seals.
DO $$
DECLARE
	watched regclass;
BEGIN
	FOR watched IN SELECT c.oid FROM pg_class c
	     WHERE c.relkind = 'r' AND c.relname <> 'test_clock'
	       AND (c.relnamespace = 'public'::regnamespace
	           OR c.oid IN ('vault.credential'::regclass,
	               'vault.key_safe'::regclass,
	               'vault.single_use_token'::regclass))
	LOOP
		EXECUTE format('CREATE TRIGGER watch AFTER INSERT OR UPDATE OR DELETE'
		    ' ON %s FOR EACH ROW EXECUTE FUNCTION watch.note()', watched);
	END LOOP;
END
$$;
