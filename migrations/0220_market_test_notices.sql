-- migrate:up
-- Whom a market test is told, when it is published and whenever it changes.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE POLICY functions ON organisation_contact FOR SELECT TO hearth_owner
    USING (true);
CREATE POLICY functions ON outbox FOR INSERT TO hearth_owner
    WITH CHECK (council_id IS NULL);

CREATE FUNCTION sealed.contact_list(organisation bigint)
RETURNS TABLE (email text, name text)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT c.email, c.name FROM organisation_contact c
 WHERE c.organisation_id = organisation AND c.is_active AND c.gets_offers
   AND c.email <> ''
UNION
SELECT a.email, a.name
  FROM membership m JOIN account a ON a.id = m.account_id
 WHERE m.organisation_id = organisation AND m.started_at IS NOT NULL
   AND m.ended_at IS NULL AND a.is_active
   AND NOT EXISTS (SELECT FROM organisation_contact c
       WHERE c.organisation_id = organisation AND c.is_active
         AND c.gets_offers AND c.email <> '')
$$;
COMMENT ON FUNCTION sealed.contact_list(bigint) IS
'Whom a provider''s mail goes to: its contacts or, where it names none, its accounts.';

CREATE FUNCTION sealed.provider_told(council bigint, market_test bigint)
RETURNS TABLE (organisation_id bigint, is_new boolean)
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT d.organisation_id, bool_or(d.is_new)
  FROM (SELECT i.organisation_id, i.told_at IS NULL AS is_new
          FROM market_test_invitation i
         WHERE i.council_id = council AND i.market_test_id = market_test
           AND i.organisation_id IS NOT NULL
        UNION ALL
        SELECT m.organisation_id, false
          FROM market_test t
          JOIN framework_member m ON m.council_id = t.council_id
         WHERE t.council_id = council AND t.id = market_test
           AND t.audience = 'everybody') AS d
  JOIN organisation o ON o.id = d.organisation_id AND o.is_active
 GROUP BY d.organisation_id
$$;
COMMENT ON FUNCTION sealed.provider_told(bigint, bigint) IS
'Providers that a council may know are told of a market test: those invited and, when it is public, those of its frameworks.';

CREATE FUNCTION market_test_recipients(market_test bigint)
RETURNS TABLE (email text, name text, invitation_id bigint, is_new boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
SELECT c.email, c.name, NULL::bigint, p.is_new
  FROM sealed.provider_told(tenant_council(), market_test) AS p
 CROSS JOIN LATERAL sealed.contact_list(p.organisation_id) AS c
UNION ALL
SELECT i.email, i.name, i.id, i.told_at IS NULL
  FROM market_test_invitation i
 WHERE i.council_id = tenant_council() AND i.market_test_id = market_test
   AND i.organisation_id IS NULL
 ORDER BY 1
$$;
COMMENT ON FUNCTION market_test_recipients(bigint) IS
'Whom a market test of the own council is told, as far as the council may know: providers, and people who answer by a link. is_new: invited by name and not told yet.';

CREATE FUNCTION market_test_tell_respondents(market_test bigint,
    mail_subject text, mail_body text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
SET row_security = on
AS $$
BEGIN
	IF NOT coalesce(tenant_scope() = 'council'
	    AND tenant_role() IN ('commissioner', 'council_administrator'), false) THEN
		RETURN;
	END IF;
	INSERT INTO outbox (kind, to_email, to_name, subject, body)
	SELECT DISTINCT 'market_test', c.email, c.name, mail_subject, mail_body
	  FROM sealed.response r
	 CROSS JOIN LATERAL sealed.contact_list(r.organisation_id) AS c
	 WHERE r.council_id = tenant_council() AND r.market_test_id = market_test
	   AND r.organisation_id IS NOT NULL
	   AND NOT EXISTS (SELECT
	         FROM sealed.provider_told(r.council_id, market_test) AS p
	        WHERE p.organisation_id = r.organisation_id);
END
$$;
COMMENT ON FUNCTION market_test_tell_respondents(bigint, text, text) IS
'Queues a mail to those who are told only because they began a response: as mail of the installation, and nothing comes back, so that nobody of the council learns who did.';

GRANT EXECUTE ON FUNCTION market_test_recipients(bigint),
    market_test_tell_respondents(bigint, text, text) TO hearth_web;

-- migrate:down
