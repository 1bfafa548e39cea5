-- migrate:up
-- Credentials, sessions, throttling and single-use links, all in vault.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE TABLE vault.credential (
	account_id bigint PRIMARY KEY REFERENCES account,
	hash text NOT NULL CHECK (hash LIKE '$argon2id$v=19$%'),
	changed_at timestamptz NOT NULL DEFAULT clock_now()
);
COMMENT ON TABLE vault.credential IS 'argon2id hash in PHC form, one an account.';

CREATE TABLE vault.session (
	token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
	account_id bigint NOT NULL REFERENCES account,
	membership_id bigint REFERENCES membership,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	last_seen_at timestamptz NOT NULL DEFAULT clock_now(),
	ended_at timestamptz,
	ended_reason text
) WITH (fillfactor = 70);
CREATE INDEX session_account ON vault.session (account_id);
CREATE INDEX session_created ON vault.session (created_at);
COMMENT ON TABLE vault.session IS
'SHA-256 of the token in the cookie. 15 minutes idle for staff, 30 for others, 8 hours in all.';
COMMENT ON COLUMN vault.session.last_seen_at IS
'Written at most once a minute. Not indexed, so that the write stays in the page.';

CREATE TABLE vault.single_use_token (
	token_hash bytea PRIMARY KEY CHECK (length(token_hash) = 32),
	kind text NOT NULL CHECK (kind IN ('invitation', 'reset')),
	account_id bigint NOT NULL REFERENCES account,
	membership_id bigint REFERENCES membership,
	created_at timestamptz NOT NULL DEFAULT clock_now(),
	expires_at timestamptz NOT NULL,
	used_at timestamptz
);
CREATE INDEX single_use_token_account ON vault.single_use_token (account_id);
CREATE INDEX single_use_token_expiry ON vault.single_use_token (expires_at);
COMMENT ON TABLE vault.single_use_token IS
'Links in mails: a reset lasts 30 minutes, an invitation seven days; each works once.';

CREATE TABLE vault.sign_in_limit (
	is_only boolean PRIMARY KEY DEFAULT true CHECK (is_only),
	account_attempts integer NOT NULL DEFAULT 10,
	account_window interval NOT NULL DEFAULT '5 minutes',
	free_failures integer NOT NULL DEFAULT 4,
	longest_delay interval NOT NULL DEFAULT '2 minutes',
	forgotten_after interval NOT NULL DEFAULT '15 minutes',
	address_burst integer NOT NULL DEFAULT 300,
	address_pace interval NOT NULL DEFAULT '1 second'
);
INSERT INTO vault.sign_in_limit DEFAULT VALUES;
COMMENT ON TABLE vault.sign_in_limit IS
'Numbers of the throttle, one row. The delay starts with the failure after free_failures at one second and doubles.';
COMMENT ON COLUMN vault.sign_in_limit.forgotten_after IS
'Failures are forgotten after this long without an attempt.';
COMMENT ON COLUMN vault.sign_in_limit.address_pace IS
'An address may try address_burst times at once; each try costs it this long.';

CREATE TABLE vault.sign_in_throttle (
	key bytea PRIMARY KEY,
	attempts timestamptz[] NOT NULL DEFAULT '{}',
	failures integer NOT NULL DEFAULT 0,
	seen_at timestamptz NOT NULL
);
CREATE INDEX sign_in_throttle_seen ON vault.sign_in_throttle (seen_at);
COMMENT ON TABLE vault.sign_in_throttle IS
'Attempts on one e-mail, known or not, so that both are answered the same. From an address where the account has signed in before it is counted apart, so that a stranger''s attempts never keep the person out.';
COMMENT ON COLUMN vault.sign_in_throttle.key IS 'SHA-256 of purpose and e-mail, with the address where it is known.';
COMMENT ON COLUMN vault.sign_in_throttle.attempts IS 'Instants of the last attempts, oldest first, no more than the limit.';

CREATE TABLE vault.address_throttle (
	key bytea PRIMARY KEY,
	paid_until timestamptz NOT NULL
);
CREATE INDEX address_throttle_paid ON vault.address_throttle (paid_until);
COMMENT ON TABLE vault.address_throttle IS
'A leaking bucket for each network address (hashed).';

CREATE TABLE vault.sign_in_address (
	account_id bigint NOT NULL REFERENCES account,
	address_hash bytea NOT NULL,
	signed_in_at timestamptz NOT NULL,
	PRIMARY KEY (account_id, address_hash)
);
COMMENT ON TABLE vault.sign_in_address IS
'Addresses (hashed) from which the right password was given in the last 90 days.';

CREATE FUNCTION session_begin(token bytea,
    OUT state text, OUT account_id bigint, OUT account_name text,
    OUT email text, OUT membership_id bigint, OUT role text,
    OUT council_id bigint, OUT council_name text, OUT organisation_id bigint,
    OUT organisation_name text, OUT is_staff boolean, OUT idle_at timestamptz,
    OUT ends_at timestamptz, OUT now timestamptz, OUT membership_count bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	seen_at timestamptz;
	closed_at timestamptz;
	is_allowed boolean;
BEGIN
	now := clock_now();
	SELECT s.account_id, a.name, a.email, s.membership_id, m.role,
	       m.council_id, c.name, m.organisation_id, o.name,
	       m.council_id IS NOT NULL, s.last_seen_at, s.ended_at,
	       s.created_at + interval '8 hours',
	       a.is_active AND (s.membership_id IS NULL
	           OR (m.started_at IS NOT NULL AND m.ended_at IS NULL)),
	       (SELECT count(*) FROM membership n WHERE n.account_id = s.account_id
	           AND n.started_at IS NOT NULL AND n.ended_at IS NULL)
	  INTO account_id, account_name, email, membership_id, role,
	       council_id, council_name, organisation_id, organisation_name,
	       is_staff, seen_at, closed_at, ends_at, is_allowed, membership_count
	  FROM session s
	  JOIN account a ON a.id = s.account_id
	  LEFT JOIN membership m ON m.id = s.membership_id
	  LEFT JOIN council c ON c.id = m.council_id
	  LEFT JOIN organisation o ON o.id = m.organisation_id
	 WHERE s.token_hash = token;
	IF NOT FOUND THEN
		state := 'absent';
		RETURN;
	END IF;
	idle_at := seen_at + CASE WHEN is_staff THEN interval '15 minutes'
	    ELSE interval '30 minutes' END;
	state := CASE WHEN closed_at IS NOT NULL OR NOT is_allowed THEN 'ended'
	    WHEN now >= idle_at AND idle_at <= ends_at
	        AND now < ends_at + interval '1 day' THEN 'idle'
	    WHEN now >= ends_at THEN 'ended'
	    ELSE 'live' END;
	IF state <> 'live' THEN
		RETURN;
	END IF;

	PERFORM set_config('hearth.account_id', account_id::text, true),
	        set_config('hearth.council_id', coalesce(council_id::text, ''), true),
	        set_config('hearth.organisation_id',
	            coalesce(organisation_id::text, ''), true),
	        set_config('hearth.role', coalesce(role, ''), true),
	        set_config('hearth.scope', CASE WHEN council_id IS NOT NULL
	            THEN 'council' WHEN organisation_id IS NOT NULL
	            THEN 'provider' ELSE 'none' END, true);
	IF seen_at <= now - interval '1 minute' THEN
		-- A parallel request of the same session may hold the row: it writes.
		UPDATE session s SET last_seen_at = now
		 WHERE s.token_hash = (SELECT t.token_hash FROM session t
		           WHERE t.token_hash = token FOR NO KEY UPDATE SKIP LOCKED);
		idle_at := idle_at + (now - seen_at);
	END IF;
END
$$;
COMMENT ON FUNCTION session_begin(bytea) IS
'First call of every transaction with a session: reads the session of a token''s SHA-256, and when it is live sets account, council, organisation, role and scope for this transaction. state: live; idle (ended through idleness: names the account, so that a form can be parked, and sets nothing); ended; absent. A session without membership has scope none.';

CREATE FUNCTION session_extend(token bytea) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	UPDATE session s SET last_seen_at = clock_now()
	 WHERE s.token_hash = token AND s.ended_at IS NULL
	   AND s.account_id = tenant_account();
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION session_extend(bytea) IS
'Moves the idle end of the live session on, at once. Call after session_begin().';

CREATE FUNCTION session_end(token bytea, reason text) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	ended session;
BEGIN
	UPDATE session s SET ended_at = clock_now(), ended_reason = reason
	 WHERE s.token_hash = token AND s.ended_at IS NULL
	RETURNING s.* INTO ended;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM audit_write(m.council_id, ended.account_id, m.organisation_id,
	        'session.end', 'account', a.reference,
	        jsonb_build_object('reason', reason))
	   FROM account a LEFT JOIN membership m ON m.id = ended.membership_id
	  WHERE a.id = ended.account_id;
	RETURN true;
END
$$;
COMMENT ON FUNCTION session_end(bytea, text) IS
'Ends a session for good and records it; false when it had ended.';

CREATE FUNCTION session_create(account bigint, token bytea,
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
	PERFORM audit_write(chosen.council_id, account, chosen.organisation_id,
	    'session.start', 'account', account_reference, '{}');
	RETURN true;
END
$$;
COMMENT ON FUNCTION session_create(bigint, bytea, bigint, bytea) IS
'After a right password: a new session in the membership asked for, else the one used last. The old token''s session ends (rotation). False when the account or membership may not sign in.';

CREATE FUNCTION session_switch(token bytea, membership bigint) RETURNS boolean
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
	PERFORM audit_write(m.council_id, m.account_id, m.organisation_id,
	        'session.switch', 'membership', m.role, '{}')
	   FROM membership m WHERE m.id = session_switch.membership;
	RETURN true;
END
$$;
COMMENT ON FUNCTION session_switch(bytea, bigint) IS
'Lets the signed-in account act in another of its memberships from the next request on.';

CREATE FUNCTION vault.throttle_key(purpose text, email text, account bigint,
    address text) RETURNS bytea
LANGUAGE sql STABLE
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
SELECT sha256(convert_to(purpose || ':' || lower(btrim(email)) || CASE WHEN EXISTS (
    SELECT FROM sign_in_address k WHERE k.account_id = account
       AND k.address_hash = sha256(convert_to(address, 'UTF8'))
       AND k.signed_in_at > (SELECT clock_now()) - interval '90 days')
    THEN ' ' || address ELSE '' END, 'UTF8'))
$$;
COMMENT ON FUNCTION vault.throttle_key(text, text, bigint, text) IS
'Under which key an attempt counts: the e-mail, apart for an address that the account is known at.';

CREATE FUNCTION vault.throttle_address(address text) RETURNS integer
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	rule sign_in_limit;
	bucket address_throttle;
	address_key bytea := sha256(convert_to(address, 'UTF8'));
	instant timestamptz;
	wait interval;
BEGIN
	SELECT * INTO rule FROM sign_in_limit;
	INSERT INTO address_throttle VALUES (address_key, '-infinity')
	    ON CONFLICT DO NOTHING;
	SELECT * INTO bucket FROM address_throttle t
	 WHERE t.key = address_key FOR UPDATE;
	instant := clock_now();
	bucket.paid_until := greatest(bucket.paid_until, instant) + rule.address_pace;
	wait := bucket.paid_until - instant - rule.address_pace * rule.address_burst;
	IF wait > interval '0' THEN
		RETURN ceil(extract(epoch FROM wait));
	END IF;
	UPDATE address_throttle t SET paid_until = bucket.paid_until
	 WHERE t.key = address_key;
	RETURN 0;
END
$$;
COMMENT ON FUNCTION vault.throttle_address(text) IS
'Counts a try from an address; gives the seconds to wait, 0 when it may go on.';

CREATE FUNCTION vault.throttle_account(throttle_key bytea) RETURNS integer
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	rule sign_in_limit;
	past sign_in_throttle;
	instant timestamptz;
	free_at timestamptz := '-infinity';
BEGIN
	SELECT * INTO rule FROM sign_in_limit;
	INSERT INTO sign_in_throttle (key, seen_at) VALUES (throttle_key, '-infinity')
	    ON CONFLICT DO NOTHING;
	SELECT * INTO past FROM sign_in_throttle t
	 WHERE t.key = throttle_key FOR UPDATE;
	instant := clock_now();
	IF past.seen_at < instant - rule.forgotten_after THEN
		past.failures := 0;
	END IF;
	IF past.failures > rule.free_failures THEN
		free_at := past.seen_at + least(rule.longest_delay, interval '1 second'
		    * power(2, least(past.failures - rule.free_failures - 1, 20)));
	END IF;
	IF cardinality(past.attempts) >= rule.account_attempts THEN
		free_at := greatest(free_at, rule.account_window
		    + past.attempts[cardinality(past.attempts) - rule.account_attempts + 1]);
	END IF;
	IF instant < free_at THEN
		RETURN ceil(extract(epoch FROM free_at - instant));
	END IF;

	-- Counted as a failure now; the right password takes it back.
	past.attempts := past.attempts || instant;
	UPDATE sign_in_throttle t
	   SET attempts = past.attempts[greatest(1, cardinality(past.attempts)
	           - rule.account_attempts + 1):],
	       failures = past.failures + 1, seen_at = instant
	 WHERE t.key = throttle_key;
	RETURN 0;
END
$$;
COMMENT ON FUNCTION vault.throttle_account(bytea) IS
'Counts an attempt under a key; gives the seconds to wait, 0 when it may go on. An attempt that must wait is not counted, so nobody is locked out for good.';

CREATE FUNCTION sign_in_begin(email text, address text,
    OUT account_id bigint, OUT hash text, OUT wait_seconds integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	found_id bigint;
BEGIN
	wait_seconds := throttle_address(address);
	IF wait_seconds > 0 THEN
		RETURN;
	END IF;
	SELECT a.id INTO found_id FROM account a
	 WHERE lower(a.email) = lower(btrim(sign_in_begin.email)) AND a.is_active;
	wait_seconds := throttle_account(throttle_key('sign-in',
	    sign_in_begin.email, found_id, address));
	IF wait_seconds > 0 THEN
		RETURN;
	END IF;
	SELECT c.account_id, c.hash INTO account_id, hash
	  FROM credential c WHERE c.account_id = found_id;
END
$$;
COMMENT ON FUNCTION sign_in_begin(text, text) IS
'Counts an attempt before the password is looked at; commit before hashing. wait_seconds > 0: throttled. account_id and hash are NULL for an e-mail that is not known: hash all the same.';

CREATE FUNCTION sign_in_succeeded(account bigint, address text) RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	UPDATE sign_in_throttle t
	   SET failures = 0, attempts = '{}'
	  FROM account a
	 WHERE a.id = account
	   AND t.key = throttle_key('sign-in', a.email, a.id, address);
	INSERT INTO sign_in_address VALUES
	    (account, sha256(convert_to(address, 'UTF8')), clock_now())
	    ON CONFLICT ON CONSTRAINT sign_in_address_pkey
	    DO UPDATE SET signed_in_at = excluded.signed_in_at;
END
$$;
COMMENT ON FUNCTION sign_in_succeeded(bigint, text) IS
'The password was right: its failures are forgotten, the address is known from now on.';

CREATE FUNCTION password_rehash(account bigint, old_hash text, new_hash text)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	UPDATE credential c SET hash = new_hash
	 WHERE c.account_id = account AND c.hash = old_hash;
	RETURN FOUND;
END
$$;
COMMENT ON FUNCTION password_rehash(bigint, text, text) IS
'The same password under stronger parameters; the caller proves that it knows the old hash.';

CREATE FUNCTION password_change(old_hash text, new_hash text, token bytea)
RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	UPDATE credential c SET hash = new_hash, changed_at = clock_now()
	 WHERE c.account_id = tenant_account() AND c.hash = old_hash;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM session_end(s.token_hash, 'password changed')
	   FROM session s
	  WHERE s.account_id = tenant_account() AND s.ended_at IS NULL
	    AND s.token_hash <> token;
	PERFORM audit_write(tenant_council(), a.id, tenant_organisation(),
	        'password.change', 'account', a.reference, '{}')
	   FROM account a WHERE a.id = tenant_account();
	RETURN true;
END
$$;
COMMENT ON FUNCTION password_change(text, text, bytea) IS
'Sets the signed-in account''s password; old_hash is the one that the old password was checked against (sign_in_begin gives and throttles it). Every session but the one of token ends.';

CREATE FUNCTION reset_create(email text, address text, token bytea,
    OUT account_id bigint, OUT account_name text, OUT account_email text,
    OUT wait_seconds integer)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	wait_seconds := throttle_address(address);
	IF wait_seconds = 0 THEN
		wait_seconds := throttle_account(throttle_key('reset',
		    reset_create.email, NULL, address));
	END IF;
	IF wait_seconds > 0 THEN
		RETURN;
	END IF;
	SELECT a.id, a.name, a.email INTO account_id, account_name, account_email
	  FROM account a JOIN credential c ON c.account_id = a.id
	 WHERE lower(a.email) = lower(btrim(reset_create.email)) AND a.is_active;
	IF FOUND THEN
		INSERT INTO single_use_token (token_hash, kind, account_id, expires_at)
		VALUES (token, 'reset', account_id,
		    clock_now() + interval '30 minutes');
		PERFORM audit_write(NULL, account_id, NULL, 'password.ask', 'account',
		        a.reference, '{}')
		   FROM account a WHERE a.id = account_id;
	END IF;
END
$$;
COMMENT ON FUNCTION reset_create(text, text, bytea) IS
'A reset link for an e-mail. Nothing but wait_seconds when the e-mail is not known; the page says the same in both cases.';

CREATE FUNCTION token_look(token bytea, OUT state text, OUT kind text,
    OUT account_name text, OUT account_email text, OUT has_password boolean)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
BEGIN
	SELECT CASE WHEN t.used_at IS NOT NULL THEN 'used'
	            WHEN clock_now() >= t.expires_at OR NOT a.is_active
	            THEN 'expired' ELSE 'live' END,
	       t.kind, a.name, a.email, c.account_id IS NOT NULL
	  INTO state, kind, account_name, account_email, has_password
	  FROM single_use_token t JOIN account a ON a.id = t.account_id
	  LEFT JOIN credential c ON c.account_id = a.id
	 WHERE t.token_hash = token;
	state := coalesce(state, 'absent');
END
$$;
COMMENT ON FUNCTION token_look(bytea) IS
'What a link is good for: live, used, expired or absent. An invitation to an account with a password sets none.';

CREATE FUNCTION token_use(token bytea, new_hash text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	link single_use_token;
	account_reference text;
BEGIN
	SELECT t.* INTO link FROM single_use_token t
	 WHERE t.token_hash = token FOR UPDATE;
	IF NOT FOUND OR link.used_at IS NOT NULL OR clock_now() >= link.expires_at THEN
		RETURN NULL;
	END IF;
	SELECT a.reference INTO account_reference
	  FROM account a WHERE a.id = link.account_id AND a.is_active;
	IF NOT FOUND THEN
		RETURN NULL;
	END IF;
	IF link.kind = 'reset' THEN
		UPDATE credential c SET hash = new_hash, changed_at = clock_now()
		 WHERE c.account_id = link.account_id;
		PERFORM session_end(s.token_hash, 'password reset') FROM session s
		  WHERE s.account_id = link.account_id AND s.ended_at IS NULL;
	ELSE
		IF new_hash IS NOT NULL THEN
			INSERT INTO credential (account_id, hash)
			VALUES (link.account_id, new_hash) ON CONFLICT DO NOTHING;
		END IF;
		IF NOT EXISTS (SELECT FROM credential c
		    WHERE c.account_id = link.account_id) THEN
			RETURN NULL;
		END IF;
		UPDATE membership m SET started_at = clock_now()
		 WHERE m.id = link.membership_id AND m.started_at IS NULL
		   AND m.ended_at IS NULL;
	END IF;
	UPDATE single_use_token t SET used_at = clock_now()
	 WHERE t.account_id = link.account_id AND t.used_at IS NULL
	   AND (t.token_hash = token OR (t.kind = 'reset' AND link.kind = 'reset'));
	PERFORM audit_write(m.council_id, link.account_id, m.organisation_id,
	        CASE link.kind WHEN 'reset' THEN 'password.reset'
	            ELSE 'invitation.accept' END, 'account', account_reference, '{}')
	   FROM (SELECT) AS one
	   LEFT JOIN membership m ON m.id = link.membership_id;
	RETURN link.account_id;
END
$$;
COMMENT ON FUNCTION token_use(bytea, text) IS
'Uses a link up and gives its account; NULL when it is no longer good. A reset sets the password and ends all sessions. An invitation sets the first password only (pass NULL where there is one already) and starts the membership.';

CREATE FUNCTION account_invite(invited_email text, invited_name text,
    invited_role text, council bigint, organisation bigint, token bytea)
RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
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
	VALUES (lower(btrim(invited_email)), invited_name)
	    ON CONFLICT (lower(email)) DO NOTHING;
	SELECT a.id INTO invited_id FROM account a
	 WHERE lower(a.email) = lower(btrim(invited_email));
	INSERT INTO membership (account_id, role, council_id, organisation_id,
	    invited_by_id)
	VALUES (invited_id, invited_role, council, organisation, tenant_account())
	    ON CONFLICT DO NOTHING;
	SELECT m.* INTO invited FROM membership m
	 WHERE m.account_id = invited_id AND m.role = invited_role
	   AND m.council_id IS NOT DISTINCT FROM council
	   AND m.organisation_id IS NOT DISTINCT FROM organisation
	   AND m.ended_at IS NULL;
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
'An administrator invites into the own council, or to an organisation on its framework; a provider owner into the own organisation. A known and an unknown e-mail look the same. Gives the membership, NULL when it may not.';

CREATE FUNCTION membership_end(membership bigint) RETURNS boolean
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	ended membership;
BEGIN
	UPDATE membership m SET ended_at = clock_now()
	 WHERE m.id = membership_end.membership AND m.ended_at IS NULL
	   AND m.account_id <> tenant_account()
	   AND ((tenant_role() = 'council_administrator'
	           AND m.council_id = tenant_council())
	     OR (tenant_role() = 'provider_owner'
	           AND m.organisation_id = tenant_organisation()))
	RETURNING m.* INTO ended;
	IF NOT FOUND THEN
		RETURN false;
	END IF;
	PERFORM session_end(s.token_hash, 'membership ended') FROM session s
	  WHERE s.membership_id = ended.id AND s.ended_at IS NULL;
	PERFORM audit_write(tenant_council(), tenant_account(),
	        tenant_organisation(), 'membership.end', 'account', a.reference,
	        jsonb_build_object('role', ended.role))
	   FROM account a WHERE a.id = ended.account_id;
	RETURN true;
END
$$;
COMMENT ON FUNCTION membership_end(bigint) IS
'An administrator or provider owner ends a colleague''s membership; its sessions end at once.';

CREATE FUNCTION account_add(new_email text, new_name text, new_role text,
    council bigint, organisation bigint, hash text) RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	new_id bigint;
BEGIN
	INSERT INTO account (email, name) VALUES (lower(btrim(new_email)), new_name)
	    ON CONFLICT (lower(email)) DO NOTHING;
	SELECT a.id INTO new_id FROM account a
	 WHERE lower(a.email) = lower(btrim(new_email));
	INSERT INTO membership (account_id, role, council_id, organisation_id,
	    started_at)
	VALUES (new_id, new_role, council, organisation, clock_now())
	    ON CONFLICT DO NOTHING;
	INSERT INTO credential AS c (account_id, hash)
	VALUES (new_id, account_add.hash)
	    ON CONFLICT (account_id) DO NOTHING;
	PERFORM audit_write(council, NULL, organisation, 'account.add', 'account',
	        a.reference, jsonb_build_object('role', new_role))
	   FROM account a WHERE a.id = new_id;
	RETURN new_id;
END
$$;
COMMENT ON FUNCTION account_add(text, text, text, bigint, bigint, text) IS
'For the command line: an account with a membership and, if it has none, a password.';

CREATE FUNCTION session_purge() RETURNS bigint
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, public, vault, pg_temp
AS $$
DECLARE
	instant timestamptz := clock_now();
	removed bigint;
BEGIN
	DELETE FROM session s WHERE s.created_at < instant - interval '2 days';
	GET DIAGNOSTICS removed = ROW_COUNT;
	DELETE FROM single_use_token t WHERE t.expires_at < instant - interval '30 days';
	DELETE FROM sign_in_throttle t WHERE t.seen_at < instant - interval '1 day';
	DELETE FROM address_throttle t WHERE t.paid_until < instant - interval '1 day';
	DELETE FROM sign_in_address k WHERE k.signed_in_at < instant - interval '90 days';
	RETURN removed;
END
$$;
COMMENT ON FUNCTION session_purge() IS
'Removes what has long ended; called by the jobs process now and then.';

GRANT EXECUTE ON FUNCTION session_begin(bytea), session_extend(bytea),
    session_end(bytea, text), session_create(bigint, bytea, bigint, bytea),
    session_switch(bytea, bigint), sign_in_begin(text, text),
    sign_in_succeeded(bigint, text), password_rehash(bigint, text, text),
    password_change(text, text, bytea), reset_create(text, text, bytea),
    token_look(bytea), token_use(bytea, text),
    account_invite(text, text, text, bigint, bigint, bytea),
    membership_end(bigint) TO hearth_web;
GRANT EXECUTE ON FUNCTION account_add(text, text, text, bigint, bigint, text),
    session_purge() TO hearth_jobs;

-- migrate:down
