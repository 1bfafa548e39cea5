-- migrate:up
-- What belongs to no council is fenced as firmly as what does: for the
-- functions of the owner too, command by command, and for whoever settles a
-- round, who reads for the council but edits no register.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

DO $$
DECLARE
	table_name text;
	command text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['account', 'membership', 'organisation',
	    'organisation_office', 'organisation_contact', 'location']
	LOOP
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
	END LOOP;
	-- session_begin(), people() and their like look people up as the owner.
	FOREACH table_name IN ARRAY ARRAY['account', 'membership']
	LOOP
		EXECUTE format('CREATE POLICY functions_read ON %I FOR SELECT'
		    ' TO hearth_owner USING (true)', table_name);
		EXECUTE format('CREATE POLICY functions_add ON %I FOR INSERT'
		    ' TO hearth_owner WITH CHECK (true)', table_name);
		EXECUTE format('CREATE POLICY functions_edit ON %I FOR UPDATE'
		    ' TO hearth_owner USING (true) WITH CHECK (true)', table_name);
	END LOOP;
	FOREACH table_name IN ARRAY ARRAY['organisation_office',
	    'organisation_contact', 'location']
	LOOP
		EXECUTE format('ALTER POLICY council_edit ON %I'
		    ' USING ((SELECT tenant_scope()) = ''council'''
		    ' AND organisation_id IN (SELECT m.organisation_id'
		    ' FROM framework_member m'
		    ' WHERE m.council_id = (SELECT tenant_council())))', table_name);
	END LOOP;
END
$$;
CREATE POLICY functions_read ON organisation FOR SELECT TO hearth_owner
    USING (true);
ALTER POLICY council_edit ON organisation
    USING ((SELECT tenant_scope()) = 'council'
        AND EXISTS (SELECT FROM framework_member m
            WHERE m.organisation_id = organisation.id
              AND m.council_id = (SELECT tenant_council())));

-- Rights that no statement uses.
DROP POLICY council_add ON organisation;
REVOKE INSERT ON organisation FROM hearth_web;
DROP POLICY jobs_read ON membership;
REVOKE SELECT ON membership FROM hearth_jobs;

COMMENT ON SCHEMA public IS
'Tables of tenants carry council_id and force row-level security. Tables without a council, and who may read and write what of them:
account_role: everybody reads all of it; the owner alone writes.
bank_holiday: everybody reads all of it; the owner alone writes.
care_term: everybody reads all of it; the owner alone writes.
council: everybody reads all of it; the owner''s functions alone write.
postcode_sector: everybody reads all of it; the owner alone writes.
account: oneself, and who has or had a role at the council or organisation acted for, from the acceptance of the invitation on; jobs all. Functions alone write.
membership: one''s own, and those at the council or organisation acted for. Jobs none. Functions alone write.
organisation: every council all, because packages are placed and invitations sent by name; a provider its own; jobs all. The councils with it on a framework of their own edit it.
organisation_office: councils that may call off from a framework it is on; a provider its own; jobs all. The councils with it on a framework of their own edit it.
organisation_contact: as organisation_office; a provider edits its own.
location: as organisation_office.
audit: rows without a council are those of the installation, which no page reads.
outbox: rows without a council are mail of the installation, which any page may add and none reads.
Nobody who is not signed in reads rows of account, membership, organisation, organisation_office, organisation_contact and location. The owner''s functions read account, membership and organisation, add to and change the first two, and are refused the rest. Schema vault (credentials, sessions, tokens, key-safe notes, audit seals, once-keys, parked forms) has no table rights at all: functions only.';

-- migrate:down
