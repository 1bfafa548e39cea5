-- migrate:up
-- Whoever settles a round acts for the council and needs no person for it;
-- and a policy that is not yet published is its council's own affair.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['person', 'person_contact', 'care_address']
	LOOP
		EXECUTE format('ALTER POLICY tenant ON %I'
		    ' USING (council_id = (SELECT tenant_council())'
		    ' AND (SELECT tenant_scope()) <> ''settle'')'
		    ' WITH CHECK (council_id = (SELECT tenant_council())'
		    ' AND (SELECT tenant_scope()) <> ''settle'')', table_name);
	END LOOP;
END
$$;
COMMENT ON FUNCTION tenant_scope() IS
'council, provider, settle (between settle_begin and settle_end: the council''s rows but for those that name a person) or none.';

ALTER POLICY partner_read ON policy_version
    USING (published_at IS NOT NULL AND council_id IN (
        SELECT p.council_id FROM framework_partner p
         WHERE p.partner_council_id = (SELECT tenant_council())));
ALTER POLICY provider_read ON policy_version
    USING (published_at IS NOT NULL AND council_id IN (
        SELECT m.council_id FROM framework_member m
         WHERE m.organisation_id = (SELECT tenant_organisation())));

-- migrate:down
