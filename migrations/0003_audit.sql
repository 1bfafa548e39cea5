-- migrate:up
-- The append-only record of acts, and the chain of seals that shows tampering.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE SCHEMA vault;
COMMENT ON SCHEMA vault IS
'What must stay shut even against a mistake in our own SQL: no table rights for anyone, reached only through functions.';

CREATE TABLE audit (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	council_id bigint REFERENCES council,
	at timestamptz NOT NULL DEFAULT clock_now(),
	account_id bigint REFERENCES account,
	organisation_id bigint REFERENCES organisation,
	act text NOT NULL CHECK (act <> '' AND length(act) <= 100),
	object_kind text NOT NULL,
	object_reference text NOT NULL DEFAULT '',
	detail jsonb NOT NULL DEFAULT '{}'
);
CREATE INDEX audit_council_at ON audit (council_id, at);
CREATE INDEX audit_council_object ON audit
    (council_id, object_kind, object_reference, at);
COMMENT ON TABLE audit IS
'Every act that changes something and every view of a person''s record, written in the same transaction. Ids and figures, never personal content. Rows are only ever added, through audit_add().';
COMMENT ON COLUMN audit.council_id IS 'Council whose record this is; NULL for acts of the installation.';
COMMENT ON COLUMN audit.account_id IS 'Who did it; NULL for the system itself.';
COMMENT ON COLUMN audit.organisation_id IS 'Provider acted for, where it was one.';
COMMENT ON COLUMN audit.act IS 'noun.verb, such as offer.accept or person.view.';

ALTER TABLE audit ENABLE ROW LEVEL SECURITY;
ALTER TABLE audit FORCE ROW LEVEL SECURITY;
CREATE POLICY council_read ON audit FOR SELECT TO hearth_web
    USING (council_id = (SELECT tenant_council()));
CREATE POLICY functions ON audit TO hearth_owner USING (true) WITH CHECK (true);
GRANT SELECT ON audit TO hearth_web;

CREATE FUNCTION audit_refuse() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
	RAISE EXCEPTION 'the audit is append-only'
	    USING ERRCODE = 'insufficient_privilege';
END
$$;
COMMENT ON FUNCTION audit_refuse() IS 'Refuses change and removal of audit rows and seals, whoever asks.';
CREATE TRIGGER audit_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TABLE vault.audit_seal (
	id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
	chain bigint NOT NULL CHECK (chain >= -1),
	number bigint NOT NULL CHECK (number >= 1),
	row_count bigint NOT NULL CHECK (row_count >= 1),
	previous_hash bytea NOT NULL CHECK (length(previous_hash) = 32),
	hash bytea NOT NULL CHECK (length(hash) = 32),
	sealed_at timestamptz NOT NULL,
	installation_seal_id bigint REFERENCES vault.audit_seal,
	UNIQUE (chain, number)
);
CREATE INDEX audit_seal_installation ON vault.audit_seal (installation_seal_id);
COMMENT ON TABLE vault.audit_seal IS
'One batch of sealed rows: hash = SHA-256 of the previous hash in the chain, then the SHA-256 of each row in order of id. The installation''s chain seals the hashes of the other chains'' seals.';
COMMENT ON COLUMN vault.audit_seal.chain IS
'Council id; 0 for rows without a council; -1 for the installation''s chain.';
COMMENT ON COLUMN vault.audit_seal.installation_seal_id IS
'The installation''s seal that covers this one; NULL on that chain itself.';

CREATE TABLE vault.audit_sealed_row (
	audit_id bigint PRIMARY KEY REFERENCES audit,
	seal_id bigint NOT NULL
);
CREATE INDEX audit_sealed_row_seal ON vault.audit_sealed_row (seal_id, audit_id);
COMMENT ON TABLE vault.audit_sealed_row IS
'Which seal covers which row. A row that commits after a later one is sealed all the same, by a later batch.';

CREATE TRIGGER audit_seal_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vault.audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();
CREATE TRIGGER audit_sealed_row_append_only
    BEFORE UPDATE OR DELETE OR TRUNCATE ON vault.audit_sealed_row
    FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse();

CREATE TABLE vault.audit_unsealed (
	audit_id bigint PRIMARY KEY
);
COMMENT ON TABLE vault.audit_unsealed IS
'Rows waiting for a seal, so that the sealer need not search the whole audit.';

CREATE FUNCTION vault.audit_write(council bigint, account bigint,
    organisation bigint, act text, object_kind text, object_reference text,
    detail jsonb) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, vault, pg_temp
SET row_security = on
AS $$
DECLARE
	audit_id bigint;
BEGIN
	INSERT INTO audit (council_id, account_id, organisation_id, act,
	    object_kind, object_reference, detail)
	VALUES (council, account, organisation, act, object_kind,
	    coalesce(object_reference, ''), coalesce(detail, '{}'))
	RETURNING id INTO audit_id;
	INSERT INTO audit_unsealed VALUES (audit_id);
	RETURN audit_id;
END
$$;
COMMENT ON FUNCTION vault.audit_write(bigint, bigint, bigint, text, text, text, jsonb) IS
'Writes a row for whom the calling function says; pages use audit_add().';

CREATE FUNCTION audit_add(act text, object_kind text, object_reference text,
    detail jsonb DEFAULT '{}', council bigint DEFAULT NULL) RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
SELECT audit_write(coalesce(tenant_council(), council), tenant_account(),
    tenant_organisation(), act, object_kind, object_reference, detail)
$$;
COMMENT ON FUNCTION audit_add(text, text, text, jsonb, bigint) IS
'Records an act for the tenant of this transaction. council names whose record it is when a provider or the system acts; a council session cannot choose.';

CREATE FUNCTION vault.audit_row_hash(a audit) RETURNS bytea
LANGUAGE sql IMMUTABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT sha256(convert_to(jsonb_build_array(a.id, a.council_id,
    (extract(epoch FROM a.at) * 1000000)::bigint, a.account_id,
    a.organisation_id, a.act, a.object_kind, a.object_reference,
    a.detail)::text, 'UTF8'))
$$;
COMMENT ON FUNCTION vault.audit_row_hash(audit) IS
'SHA-256 of a row in canonical form: a JSON array in the order of the columns, the instant in microseconds since 1970.';

CREATE FUNCTION vault.audit_seal_chain(chain_id bigint, hashes bytea,
    hash_count bigint, covering_seal bigint) RETURNS bigint
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	last_number bigint;
	last_hash bytea;
	new_id bigint;
BEGIN
	SELECT s.number, s.hash INTO last_number, last_hash
	  FROM audit_seal s WHERE s.chain = chain_id
	 ORDER BY s.number DESC LIMIT 1;
	last_hash := coalesce(last_hash, decode(repeat('00', 32), 'hex'));
	INSERT INTO audit_seal (chain, number, row_count, previous_hash, hash,
	    sealed_at, installation_seal_id)
	VALUES (chain_id, coalesce(last_number, 0) + 1, hash_count, last_hash,
	    sha256(last_hash || hashes), clock_now(), covering_seal)
	RETURNING id INTO new_id;
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION vault.audit_seal_chain(bigint, bytea, bigint, bigint) IS
'Adds one seal to a chain; the caller holds the sealing lock.';

CREATE FUNCTION vault.audit_seal_hash(chain_id bigint, hashes bytea) RETURNS bytea
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
SELECT sha256(coalesce((SELECT s.hash FROM audit_seal s
    WHERE s.chain = chain_id ORDER BY s.number DESC LIMIT 1),
    decode(repeat('00', 32), 'hex')) || hashes)
$$;
COMMENT ON FUNCTION vault.audit_seal_hash(bigint, bytea) IS
'The hash that the next seal of a chain will have.';

CREATE FUNCTION audit_seal_batch(row_limit integer DEFAULT 5000) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
SET row_security = on
AS $$
DECLARE
	installation_seal bigint;
	council_hashes bytea;
	council_count bigint;
	sealed bigint := 0;
	batch record;
	new_seal bigint;
	taken bigint[];
BEGIN
	IF NOT pg_try_advisory_xact_lock(hashtext('hearth.audit_seal')) THEN
		RETURN 0;
	END IF;
	WITH oldest AS (
		SELECT audit_id FROM audit_unsealed ORDER BY audit_id LIMIT row_limit
	), gone AS (
		DELETE FROM audit_unsealed u USING oldest o
		 WHERE u.audit_id = o.audit_id RETURNING u.audit_id
	)
	SELECT array_agg(audit_id) INTO taken FROM gone;
	IF taken IS NULL THEN
		RETURN 0;
	END IF;

	-- The covering seal comes first, so that no row is ever updated.
	SELECT string_agg(audit_seal_hash(chain, hashes), '' ORDER BY chain),
	       count(*)
	  INTO council_hashes, council_count
	  FROM (SELECT coalesce(a.council_id, 0) AS chain,
	               string_agg(audit_row_hash(a), '' ORDER BY a.id) AS hashes
	          FROM audit a WHERE a.id = ANY (taken) GROUP BY 1) AS chains;
	installation_seal :=
	    audit_seal_chain(-1, council_hashes, council_count, NULL);
	FOR batch IN
		SELECT coalesce(a.council_id, 0) AS chain, count(*) AS row_count,
		       string_agg(audit_row_hash(a), '' ORDER BY a.id) AS hashes,
		       array_agg(a.id) AS ids
		  FROM audit a WHERE a.id = ANY (taken) GROUP BY 1 ORDER BY 1
	LOOP
		new_seal := audit_seal_chain(batch.chain, batch.hashes,
		    batch.row_count, installation_seal);
		INSERT INTO audit_sealed_row (audit_id, seal_id)
		SELECT unnest(batch.ids), new_seal;
		sealed := sealed + batch.row_count;
	END LOOP;
	RETURN sealed;
END
$$;
COMMENT ON FUNCTION audit_seal_batch(integer) IS
'Seals the oldest committed rows that have no seal; gives how many. Called by the jobs process every few seconds, outside any page; one sealer at a time, another gets 0.';

CREATE FUNCTION audit_verify()
RETURNS TABLE (council_id bigint, seal_id bigint, audit_id bigint, problem text)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
SET row_security = on
AS $$
WITH content AS (
	SELECT r.seal_id, count(a.id) AS row_count,
	       string_agg(audit_row_hash(a), '' ORDER BY a.id) AS hashes
	  FROM audit_sealed_row r JOIN audit a ON a.id = r.audit_id
	 GROUP BY r.seal_id
	UNION ALL
	SELECT s.installation_seal_id, count(*),
	       string_agg(s.hash, '' ORDER BY s.chain)
	  FROM audit_seal s WHERE s.installation_seal_id IS NOT NULL
	 GROUP BY s.installation_seal_id
), linked AS (
	SELECT s.*,
	       lag(s.number) OVER w AS number_before,
	       coalesce(lag(s.hash) OVER w, decode(repeat('00', 32), 'hex'))
	           AS hash_before
	  FROM audit_seal s
	WINDOW w AS (PARTITION BY s.chain ORDER BY s.number)
)
SELECT nullif(greatest(l.chain, 0), 0), l.id, NULL::bigint,
       CASE WHEN l.number <> coalesce(l.number_before, 0) + 1
            THEN 'a seal before this one is missing'
            WHEN l.previous_hash <> l.hash_before
            THEN 'the chain is broken before this seal'
            WHEN c.row_count IS DISTINCT FROM l.row_count
            THEN 'rows under this seal are missing or added'
            ELSE 'a row under this seal was changed' END
  FROM linked l LEFT JOIN content c ON c.seal_id = l.id
 WHERE l.number <> coalesce(l.number_before, 0) + 1
    OR l.previous_hash <> l.hash_before
    OR c.row_count IS DISTINCT FROM l.row_count
    OR l.hash <> sha256(l.previous_hash || c.hashes)
UNION ALL
SELECT a.council_id, s.id, a.id, 'the row is under another council''s seal'
  FROM audit a JOIN audit_sealed_row r ON r.audit_id = a.id
  JOIN audit_seal s ON s.id = r.seal_id
 WHERE s.chain <> coalesce(a.council_id, 0)
UNION ALL
SELECT NULL, s.id, NULL, 'the seal is not under the installation''s chain'
  FROM audit_seal s WHERE s.chain >= 0 AND s.installation_seal_id IS NULL
UNION ALL
SELECT NULL, r.seal_id, r.audit_id, 'the row or its seal is gone'
  FROM audit_sealed_row r
 WHERE NOT EXISTS (SELECT FROM audit a WHERE a.id = r.audit_id)
    OR NOT EXISTS (SELECT FROM audit_seal s WHERE s.id = r.seal_id)
UNION ALL
SELECT a.council_id, NULL, a.id, 'unsealed for over a minute'
  FROM audit a
 WHERE NOT EXISTS (SELECT FROM audit_sealed_row r WHERE r.audit_id = a.id)
   AND a.at < (SELECT clock_now()) - interval '1 minute'
 ORDER BY 2, 3
$$;
COMMENT ON FUNCTION audit_verify() IS
'Every place where the audit does not match its seals; no rows means whole. Reads everything: the caller lifts its statement_timeout.';

CREATE FUNCTION audit_head()
RETURNS TABLE (council_id bigint, number bigint, hash text, sealed_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
SELECT DISTINCT ON (s.chain) nullif(s.chain, -1), s.number,
       encode(s.hash, 'hex'), s.sealed_at
  FROM audit_seal s ORDER BY s.chain, s.number DESC
$$;
COMMENT ON FUNCTION audit_head() IS
'The newest seal of each chain, to be kept elsewhere as an anchor: council id, 0 for rows without one, NULL for the installation.';

GRANT EXECUTE ON FUNCTION audit_add(text, text, text, jsonb, bigint)
    TO hearth_web, hearth_jobs;
GRANT EXECUTE ON FUNCTION audit_seal_batch(integer), audit_verify(), audit_head()
    TO hearth_jobs;

-- migrate:down
