-- migrate:up
-- Whole rate cards as documents: versions from a date on, drafts that may
-- change, and what is in force or was, which never does. rate_card and
-- rate_band are kept from them, as the short form that lists read.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE rate_document (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	reference text NOT NULL UNIQUE DEFAULT reference_new('K'),
	code text NOT NULL,
	name text NOT NULL CHECK (name <> ''),
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, code)
);
COMMENT ON TABLE rate_document IS 'A rate card as people know it, with its versions over time.';
COMMENT ON COLUMN rate_document.code IS 'What framework.rate_card_code names.';

CREATE TABLE rate_version (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	rate_document_id bigint NOT NULL,
	number integer NOT NULL CHECK (number >= 1),
	document json NOT NULL
	    CHECK (json_array_length(document -> 'cards') = 1),
	starts_on date NOT NULL,
	revision integer NOT NULL DEFAULT 1,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	changed_at timestamptz,
	changed_by_id bigint REFERENCES account,
	published_at timestamptz,
	published_by_id bigint REFERENCES account,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, rate_document_id, number),
	FOREIGN KEY (council_id, rate_document_id) REFERENCES rate_document
);
CREATE UNIQUE INDEX rate_version_start
    ON rate_version (council_id, rate_document_id, starts_on)
    WHERE published_at IS NOT NULL;
COMMENT ON TABLE rate_version IS
'A rate card from a day on, as the JSON of conf/rates/README.md with one card. Once in force it never changes, so that every price can be worked out again.';
COMMENT ON COLUMN rate_version.document IS
'As written, so json: the order of its keys is part of how it reads.';
COMMENT ON COLUMN rate_version.starts_on IS
'The first day of its card, kept by a trigger. Of the published versions that have begun the one that began last counts.';
COMMENT ON COLUMN rate_version.revision IS
'Counts the changes of a draft, so that two who edit it do not overwrite each other.';
COMMENT ON COLUMN rate_version.published_at IS
'When it was put in force, from starts_on; NULL: a draft.';

-- The owner reads past row security where it is not forced.
ALTER TABLE rate_card NO FORCE ROW LEVEL SECURITY;
ALTER TABLE rate_band NO FORCE ROW LEVEL SECURITY;
ALTER TABLE framework NO FORCE ROW LEVEL SECURITY;
ALTER TABLE framework_policy NO FORCE ROW LEVEL SECURITY;
ALTER TABLE policy_version NO FORCE ROW LEVEL SECURITY;

-- Small, and nobody works while migrations run.
ALTER TABLE rate_card ADD COLUMN rate_version_id bigint;
CREATE UNIQUE INDEX rate_card_version ON rate_card (council_id, rate_version_id);
ALTER TABLE rate_card
    -- squawk-ignore adding-foreign-key-constraint, constraint-missing-not-valid
    ADD CONSTRAINT rate_card_version_fkey
    FOREIGN KEY (council_id, rate_version_id) REFERENCES rate_version;
COMMENT ON COLUMN rate_card.rate_version_id IS
'The version that this is the short form of.';
COMMENT ON COLUMN rate_card.hourly_rate_pence IS
'The card''s own rate; where it has none the ceiling, or else its highest rate.';

-- What is there comes over with its bands, and where providers name their rate
-- with the limits of the policy, whose ceiling the card was.
CREATE FUNCTION rate_card_pounds(pence bigint) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT trim(to_char(pence / 100.0, '9999990.00')) $$;
COMMENT ON FUNCTION rate_card_pounds(bigint) IS 'Pence as a rate document writes them: 21.92.';

INSERT INTO rate_document (council_id, code, name)
SELECT DISTINCT ON (council_id, code) council_id, code, name
  FROM rate_card ORDER BY council_id, code, effective_on DESC;
INSERT INTO rate_version (council_id, rate_document_id, number, document,
    starts_on, published_at)
SELECT c.council_id, d.id,
       row_number() OVER (PARTITION BY d.id ORDER BY c.effective_on),
       json_build_object('name', c.name, 'cards',
           json_build_array(json_strip_nulls(json_build_object(
               'starts', c.effective_on,
               'hourly', CASE WHEN range.ceiling IS NULL
                   THEN rate_card_pounds(c.hourly_rate_pence) END,
               'floor', range.floor, 'ceiling', range.ceiling,
               'bands', (SELECT json_agg(json_build_object(
                       'up_to', format('%s:%s', b.up_to_seconds / 60,
                           lpad((b.up_to_seconds % 60)::text, 2, '0')),
                       'percent', b.percent) ORDER BY b.up_to_seconds)
                   FROM rate_band b
                  WHERE b.council_id = c.council_id
                    AND b.rate_card_id = c.id))))),
       c.effective_on, c.effective_on
  FROM rate_card c
  JOIN rate_document d ON d.council_id = c.council_id AND d.code = c.code
  LEFT JOIN LATERAL (
      SELECT v.document #>> '{price,floor}' AS floor,
             v.document #>> '{price,ceiling}' AS ceiling
        FROM framework f
        JOIN policy_version v ON v.council_id = f.council_id
         AND v.id = policy_in_force(f.council_id, f.id,
             (clock_now() AT TIME ZONE 'Europe/London')::date)
       WHERE f.council_id = c.council_id AND f.rate_card_code = c.code
         AND v.document #>> '{price,kind}' = 'offered'
         AND (v.document #>> '{price,ceiling}')::numeric * 100
             = c.hourly_rate_pence
       LIMIT 1) AS range ON true;
UPDATE rate_card c SET rate_version_id = v.id
  FROM rate_version v
  JOIN rate_document d ON d.council_id = v.council_id
   AND d.id = v.rate_document_id
 WHERE d.council_id = c.council_id AND d.code = c.code
   AND v.starts_on = c.effective_on;
DROP FUNCTION rate_card_pounds(bigint);

ALTER TABLE rate_card FORCE ROW LEVEL SECURITY;
ALTER TABLE rate_band FORCE ROW LEVEL SECURITY;
ALTER TABLE framework FORCE ROW LEVEL SECURITY;
ALTER TABLE framework_policy FORCE ROW LEVEL SECURITY;
ALTER TABLE policy_version FORCE ROW LEVEL SECURITY;

CREATE FUNCTION rate_version_keep() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp
AS $$
DECLARE
	today date := (clock_now() AT TIME ZONE 'Europe/London')::date;
BEGIN
	IF TG_OP <> 'INSERT' AND OLD.published_at IS NOT NULL
	    AND (TG_OP = 'DELETE' OR OLD.starts_on <= today
	    OR NEW.published_at IS NOT NULL
	    OR to_jsonb(NEW) - ARRAY['published_at', 'published_by_id']
	    <> to_jsonb(OLD) - ARRAY['published_at', 'published_by_id']) THEN
		RAISE EXCEPTION 'a rate card that was put in force never changes'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	IF TG_OP = 'DELETE' THEN
		RETURN OLD;
	END IF;
	NEW.starts_on := NEW.document #>> '{cards,0,starts}';
	IF NEW.published_at IS NOT NULL AND NEW.starts_on < today
	    AND EXISTS (SELECT FROM framework f
	        JOIN rate_document d ON d.council_id = f.council_id
	         AND d.code = f.rate_card_code
	       WHERE d.council_id = NEW.council_id
	         AND d.id = NEW.rate_document_id)
	    AND EXISTS (SELECT FROM rate_version v
	       WHERE v.council_id = NEW.council_id
	         AND v.rate_document_id = NEW.rate_document_id
	         AND v.published_at IS NOT NULL) THEN
		RAISE EXCEPTION 'a card in use gets no new rates for days gone by'
		    USING ERRCODE = 'restrict_violation';
	END IF;
	RETURN NEW;
END
$$;
COMMENT ON FUNCTION rate_version_keep() IS
'What was put in force stays as it is, but for the day that has not come yet, which can be called off; what is in use is not changed for the past.';
CREATE TRIGGER rate_version_keep BEFORE INSERT OR UPDATE OR DELETE ON rate_version
    FOR EACH ROW EXECUTE FUNCTION rate_version_keep();

CREATE FUNCTION rate_document_pence(amount text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$ SELECT (translate(amount, '£, ', '')::numeric * 100)::bigint $$;
COMMENT ON FUNCTION rate_document_pence(text) IS 'An amount of a rate document in pence.';

CREATE FUNCTION rate_version_shorten() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
DECLARE
	card json := NEW.document #> '{cards,0}';
	short bigint;
BEGIN
	IF NEW.published_at IS NULL THEN
		DELETE FROM rate_band b USING rate_card c
		 WHERE c.council_id = NEW.council_id AND c.rate_version_id = NEW.id
		   AND b.council_id = c.council_id AND b.rate_card_id = c.id;
		DELETE FROM rate_card c
		 WHERE c.council_id = NEW.council_id AND c.rate_version_id = NEW.id;
		RETURN NULL;
	END IF;
	INSERT INTO rate_card (council_id, code, name, effective_on,
	    hourly_rate_pence, rate_version_id)
	SELECT d.council_id, d.code, d.name, NEW.starts_on,
	       coalesce(rate_document_pence(card ->> 'hourly'),
	           rate_document_pence(card ->> 'ceiling'),
	           (SELECT max(rate_document_pence(r ->> 'hourly'))
	              FROM json_array_elements(card -> 'rates') AS r)),
	       NEW.id
	  FROM rate_document d
	 WHERE d.council_id = NEW.council_id AND d.id = NEW.rate_document_id
	RETURNING id INTO short;
	INSERT INTO rate_band (council_id, rate_card_id, up_to_seconds, percent)
	SELECT NEW.council_id, short,
	       split_part(b ->> 'up_to', ':', 1)::integer * 60
	           + coalesce(nullif(split_part(b ->> 'up_to', ':', 2), ''),
	               '0')::integer,
	       (b ->> 'percent')::integer
	  FROM json_array_elements(card -> 'bands') AS b;
	RETURN NULL;
END
$$;
COMMENT ON FUNCTION rate_version_shorten() IS
'Keeps the short form of a card, which nobody else writes, as it is put in force or called off.';
CREATE TRIGGER rate_version_publish AFTER INSERT ON rate_version
    FOR EACH ROW WHEN (NEW.published_at IS NOT NULL)
    EXECUTE FUNCTION rate_version_shorten();
CREATE TRIGGER rate_version_shorten AFTER UPDATE ON rate_version
    FOR EACH ROW
    WHEN ((OLD.published_at IS NULL) <> (NEW.published_at IS NULL))
    EXECUTE FUNCTION rate_version_shorten();
CREATE POLICY functions ON rate_card TO hearth_owner
    USING (true) WITH CHECK (true);
CREATE POLICY functions ON rate_band TO hearth_owner
    USING (true) WITH CHECK (true);
CREATE POLICY functions ON rate_document FOR SELECT TO hearth_owner USING (true);

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['rate_document', 'rate_version'] LOOP
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
-- Those who are priced by a card read what was put in force, not its drafts.
CREATE POLICY partner_read ON rate_version FOR SELECT TO hearth_web
    USING (published_at IS NOT NULL AND council_id IN (
        SELECT p.council_id FROM framework_partner p
         WHERE p.partner_council_id = (SELECT tenant_council())));
CREATE POLICY provider_read ON rate_version FOR SELECT TO hearth_web
    USING (published_at IS NOT NULL AND council_id IN (
        SELECT m.council_id FROM framework_member m
         WHERE m.organisation_id = (SELECT tenant_organisation())));

GRANT SELECT, INSERT, UPDATE, DELETE ON rate_document, rate_version TO hearth_web;
GRANT SELECT ON rate_document, rate_version TO hearth_jobs;

-- migrate:down
