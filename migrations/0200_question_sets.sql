-- migrate:up
-- Sets of questions as documents with versions, from which every form made of
-- questions is drawn.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE question_set (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('Q'),
	code text NOT NULL CHECK (code <> ''),
	name text NOT NULL CHECK (name <> ''),
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, code)
);
COMMENT ON TABLE question_set IS
'A set of questions as people know it, with its versions.';
COMMENT ON COLUMN question_set.code IS
'What a file names it by, so that an import finds it again.';

CREATE TABLE question_set_version (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	question_set_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 1),
	document json NOT NULL,
	revision integer NOT NULL DEFAULT 1,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	changed_at timestamptz,
	changed_by_id bigint REFERENCES account,
	published_at timestamptz,
	published_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, question_set_id, number),
	UNIQUE (council_id, question_set_id, id),
	FOREIGN KEY (council_id, question_set_id) REFERENCES question_set
);
CREATE UNIQUE INDEX question_set_version_draft
    ON question_set_version (council_id, question_set_id)
    WHERE published_at IS NULL;
COMMENT ON TABLE question_set_version IS
'The questions as the JSON of conf/questions/README.md. Once published it never changes; a correction is another version.';
COMMENT ON COLUMN question_set_version.document IS
'As written, so json: the order of its keys is part of how it reads.';
COMMENT ON COLUMN question_set_version.revision IS
'Counts the changes of a draft, so that two who edit it do not overwrite each other.';
COMMENT ON COLUMN question_set_version.published_at IS
'When it became fit to be asked; NULL: the draft, of which a set has one at most.';

CREATE FUNCTION question_set_version_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	IF OLD.published_at IS NOT NULL THEN
		RAISE EXCEPTION 'a published set of questions never changes'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
END
$$;
COMMENT ON FUNCTION question_set_version_keep() IS
'What was published stays as it is, because answers were given to it.';
CREATE TRIGGER question_set_version_keep
    BEFORE UPDATE OR DELETE ON question_set_version
    FOR EACH ROW EXECUTE FUNCTION question_set_version_keep();

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['question_set', 'question_set_version']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
	END LOOP;
END
$$;

GRANT SELECT, INSERT, UPDATE, DELETE ON question_set, question_set_version
    TO hearth_web;
GRANT SELECT ON question_set, question_set_version TO hearth_jobs;

-- migrate:down
