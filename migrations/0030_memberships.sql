-- migrate:up
-- What the pages about people and the audit need: who was invited under which
-- name, when a role was last used, and whether an audit row is sealed.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE membership
	ADD COLUMN invited_name text NOT NULL DEFAULT '',
	ADD COLUMN invited_email text NOT NULL DEFAULT '',
	ADD COLUMN last_used_at timestamptz;
COMMENT ON COLUMN membership.invited_name IS
'As the inviter typed it. Shown until the invitation is accepted, so that nobody learns whether, and under which name, an e-mail is known here.';
COMMENT ON COLUMN membership.invited_email IS 'As invited_name.';
COMMENT ON COLUMN membership.last_used_at IS
'Last sign-in with this role, or switch to it.';

DROP POLICY web_read ON account;
CREATE POLICY web_read ON account FOR SELECT TO hearth_web
    USING (id = (SELECT tenant_account())
        OR EXISTS (SELECT FROM membership m
            WHERE m.account_id = account.id AND m.started_at IS NOT NULL));

CREATE FUNCTION people()
RETURNS TABLE (membership_id bigint, reference text, name text, email text,
    role text, is_self boolean, invited_at timestamptz, invited_by text,
    started_at timestamptz, ended_at timestamptz, last_used_at timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT m.id, a.reference,
       CASE WHEN m.started_at IS NULL THEN m.invited_name ELSE a.name END,
       CASE WHEN m.started_at IS NULL THEN m.invited_email ELSE a.email END,
       m.role, a.id = tenant_account(), m.created_at, i.name, m.started_at,
       m.ended_at, m.last_used_at
  FROM membership m
  JOIN account a ON a.id = m.account_id
  LEFT JOIN account i ON i.id = m.invited_by_id
   AND EXISTS (SELECT FROM membership n WHERE n.account_id = i.id
       AND n.council_id IS NOT DISTINCT FROM m.council_id
       AND n.organisation_id IS NOT DISTINCT FROM m.organisation_id)
 WHERE (tenant_role() = 'council_administrator'
       AND m.council_id = tenant_council())
    OR (tenant_role() = 'provider_owner'
       AND m.organisation_id = tenant_organisation())
$$;
COMMENT ON FUNCTION people() IS
'The roles that people have, had or were invited to at the body whose administrator or owner asks. An inviter of another body is not named.';

CREATE FUNCTION membership_list_own()
RETURNS TABLE (id bigint, role text, body text, is_current boolean)
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
SELECT m.id, m.role, coalesce(c.name, o.name),
       coalesce(m.role = tenant_role()
           AND m.council_id IS NOT DISTINCT FROM tenant_council()
           AND m.organisation_id IS NOT DISTINCT FROM tenant_organisation(),
           false)
  FROM membership m
  LEFT JOIN council c ON c.id = m.council_id
  LEFT JOIN organisation o ON o.id = m.organisation_id
  JOIN account_role r ON r.code = m.role
 WHERE m.account_id = tenant_account()
   AND m.started_at IS NOT NULL AND m.ended_at IS NULL
 ORDER BY coalesce(c.name, o.name), r.sort
$$;
COMMENT ON FUNCTION membership_list_own() IS
'Whom the signed-in account may act for, also where another tenant''s name is hidden from the one in use.';

CREATE FUNCTION audit_is_sealed(audit_row bigint) RETURNS boolean
LANGUAGE sql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
SELECT EXISTS (SELECT FROM audit_sealed_row r WHERE r.audit_id = audit_row)
$$;
COMMENT ON FUNCTION audit_is_sealed(bigint) IS
'Whether a row is under a seal; whether the seal fits is told by audit_verify().';

CREATE OR REPLACE FUNCTION session_create(account bigint, token bytea,
    membership bigint DEFAULT NULL, old_token bytea DEFAULT NULL) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	chosen membership;
	account_reference text;
BEGIN
	SELECT a.reference INTO account_reference
	  FROM account a WHERE a.id = account AND a.is_active;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	SELECT m.* INTO chosen
	  FROM membership m JOIN account a ON a.id = m.account_id
	 WHERE m.account_id = account AND m.started_at IS NOT NULL
	   AND m.ended_at IS NULL
	   AND (session_create.membership IS NULL
	        OR m.id = session_create.membership)
	 ORDER BY (m.id = a.last_membership_id) IS TRUE DESC, m.id
	 LIMIT 1;
	IF session_create.membership IS NOT NULL AND chosen.id IS NULL THEN
		RETURN false;
	END IF;
	IF old_token IS NOT NULL THEN
		PERFORM session_end(old_token, 'rotated');
	END IF;
	INSERT INTO session (token_hash, account_id, membership_id)
	VALUES (token, account, chosen.id);
	UPDATE membership m SET last_used_at = clock_now() WHERE m.id = chosen.id;
	PERFORM audit_write(chosen.council_id, account, chosen.organisation_id,
	    'session.start', 'account', account_reference, '{}');
	RETURN true;
END
$$;

CREATE OR REPLACE FUNCTION session_switch(token bytea, membership bigint)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	UPDATE session s SET membership_id = m.id
	  FROM membership m
	 WHERE s.token_hash = token AND s.ended_at IS NULL
	   AND s.account_id = tenant_account()
	   AND m.id = session_switch.membership AND m.account_id = s.account_id
	   AND m.started_at IS NOT NULL AND m.ended_at IS NULL;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	UPDATE account a SET last_membership_id = session_switch.membership
	 WHERE a.id = tenant_account();
	UPDATE membership m SET last_used_at = clock_now()
	 WHERE m.id = session_switch.membership;
	PERFORM audit_write(m.council_id, m.account_id, m.organisation_id,
	        'session.switch', 'account', a.reference,
	        jsonb_build_object('role', m.role))
	   FROM membership m JOIN account a ON a.id = m.account_id
	  WHERE m.id = session_switch.membership;
	RETURN true;
END
$$;

DROP FUNCTION token_look(bytea);
CREATE FUNCTION token_look(token bytea, OUT state text, OUT kind text,
    OUT account_name text, OUT account_email text, OUT has_password boolean,
    OUT role text, OUT body text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	SELECT CASE WHEN t.used_at IS NOT NULL THEN 'used'
	            WHEN clock_now() >= t.expires_at OR NOT a.is_active
	                OR m.ended_at IS NOT NULL
	            THEN 'expired' ELSE 'live' END,
	       t.kind, a.name, a.email, c.account_id IS NOT NULL,
	       m.role, coalesce(b.name, o.name)
	  INTO state, kind, account_name, account_email, has_password, role, body
	  FROM single_use_token t JOIN account a ON a.id = t.account_id
	  LEFT JOIN credential c ON c.account_id = a.id
	  LEFT JOIN membership m ON m.id = t.membership_id
	  LEFT JOIN council b ON b.id = m.council_id
	  LEFT JOIN organisation o ON o.id = m.organisation_id
	 WHERE t.token_hash = token;
	state := coalesce(state, 'absent');
END
$$;
COMMENT ON FUNCTION token_look(bytea) IS
'What a link is good for: live, used, expired or absent; of an invitation, to which role at whose. An invitation to an account with a password sets none.';

CREATE OR REPLACE FUNCTION account_invite(invited_email text, invited_name text,
    invited_role text, council bigint, organisation bigint, token bytea)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
#variable_conflict use_column
DECLARE
	invited_id bigint;
	invited membership;
BEGIN
	IF NOT coalesce(
	    (tenant_role() = 'council_administrator' AND organisation IS NULL
	        AND council = tenant_council())
	    OR (tenant_role() = 'council_administrator' AND council IS NULL
	        AND EXISTS (SELECT FROM framework_member m
	            WHERE m.council_id = tenant_council()
	              AND m.organisation_id = account_invite.organisation))
	    OR (tenant_role() = 'provider_owner' AND council IS NULL
	        AND organisation = tenant_organisation()), false) THEN
		RETURN NULL;
	END IF;
	INSERT INTO account (email, name)
	VALUES (lower(btrim(account_invite.invited_email)),
	    account_invite.invited_name)
	    ON CONFLICT (lower(email)) DO NOTHING;
	SELECT a.id INTO invited_id FROM account a
	 WHERE lower(a.email) = lower(btrim(account_invite.invited_email));
	INSERT INTO membership (account_id, role, council_id, organisation_id,
	    invited_by_id)
	VALUES (invited_id, invited_role, council, organisation, tenant_account())
	    ON CONFLICT DO NOTHING;
	UPDATE membership m
	   SET invited_name = account_invite.invited_name,
	       invited_email = lower(btrim(account_invite.invited_email))
	 WHERE m.account_id = invited_id AND m.role = invited_role
	   AND m.council_id IS NOT DISTINCT FROM council
	   AND m.organisation_id IS NOT DISTINCT FROM organisation
	   AND m.ended_at IS NULL
	RETURNING m.* INTO invited;
	UPDATE single_use_token t SET expires_at = least(expires_at, clock_now())
	 WHERE t.membership_id = invited.id AND t.used_at IS NULL;
	INSERT INTO single_use_token (token_hash, kind, account_id, membership_id,
	    expires_at)
	VALUES (token, 'invitation', invited_id, invited.id,
	    clock_now() + interval '7 days');
	PERFORM audit_write(tenant_council(), tenant_account(),
	        tenant_organisation(), 'account.invite', 'account', a.reference,
	        jsonb_build_object('role', invited_role))
	   FROM account a WHERE a.id = invited_id;
	RETURN invited.id;
END
$$;
COMMENT ON FUNCTION account_invite(text, text, text, bigint, bigint, bytea) IS
'An administrator invites into the own council, or to an organisation on its framework; a provider owner into the own organisation. A known and an unknown e-mail look the same. Inviting again ends the earlier link. Gives the membership, NULL when it may not.';

GRANT EXECUTE ON FUNCTION people(), membership_list_own(),
    audit_is_sealed(bigint), token_look(bytea) TO hearth_web;

-- migrate:down
