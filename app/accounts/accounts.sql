-- Accounts, sessions and credentials, all through functions of the vault.

-- row sign_in_attempt (account_id bigint?, hash text?, wait_seconds integer)

-- query sign_in_begin (email text, address text) one sign_in_attempt
-- Counts the attempt. No account_id: nobody has that address.
SELECT account_id, hash, wait_seconds FROM sign_in_begin(:email, :address);

-- query sign_in_succeed (account_id bigint, address text) none
-- Forgets the account's failed attempts and knows the address from now on.
SELECT sign_in_succeeded(:account_id, :address);

-- query session_create (account_id bigint, token_hash bytea, old_token_hash bytea?) value boolean
-- A new session as the membership used last; the old one, if any, ends.
-- False when the account may not sign in.
SELECT session_create(:account_id, :token_hash, NULL, :old_token_hash);

-- query session_end (token_hash bytea, reason text) none
SELECT session_end(:token_hash, :reason);

-- query session_extend (token_hash bytea) none
-- Moves the idle end of the live session on.
SELECT session_extend(:token_hash);

-- query session_switch (token_hash bytea, membership_id bigint) value boolean
-- The session acts in another of the account's roles from now on. False when
-- the role is not the account's.
SELECT session_switch(:token_hash, :membership_id);

-- row own_role (id bigint, role text, body text, is_current boolean)

-- query own_role_list () many own_role
-- Whom the signed-in account may act for.
SELECT id, role, body, is_current FROM membership_list_own();

-- query password_change (old_hash text, new_hash text, token_hash bytea) value boolean
-- Sets the password of the signed-in account and ends its other sessions.
SELECT password_change(:old_hash, :new_hash, :token_hash);

-- row reset_attempt (account_id bigint?, account_name text?, account_email text?, wait_seconds integer)

-- query reset_create (email text, address text, token_hash bytea) one reset_attempt
-- Makes a link for half an hour. No account_id: nobody has that address.
SELECT account_id, account_name, account_email, wait_seconds
  FROM reset_create(:email, :address, :token_hash);

-- row mailed_link (state text, kind text?, account_name text?, account_email text?, has_password boolean?, role text?, body text?)

-- query mailed_link_by_token (token_hash bytea) one mailed_link
-- What a link in a mail is good for.
SELECT state, kind, account_name, account_email, has_password, role, body
  FROM token_look(:token_hash);

-- query mailed_link_use (token_hash bytea, new_hash text?) value bigint
-- Uses a link up; gives its account, 0 when it is no longer good.
SELECT token_use(:token_hash, :new_hash);

-- row person (membership_id bigint, reference text, name text, email text, role text, is_self boolean, invited_at timestamptz, invited_by text?, started_at timestamptz?, ended_at timestamptz?, last_used_at timestamptz?)
-- Somebody in one role at one's own body.

-- query person_list (search text?, state text, offset bigint, limit bigint) many person
-- By name; state is current, invited or ended.
SELECT membership_id, reference, name, email, role, is_self, invited_at,
       invited_by, started_at, ended_at, last_used_at
  FROM people() AS p
 WHERE (:search::text IS NULL
       OR strpos(lower(p.name || ' ' || p.email), lower(:search)) > 0)
   AND CASE :state WHEN 'ended' THEN p.ended_at IS NOT NULL
           WHEN 'invited' THEN p.ended_at IS NULL AND p.started_at IS NULL
           ELSE p.ended_at IS NULL END
 ORDER BY lower(p.name), p.membership_id
OFFSET :offset LIMIT :limit;

-- query person_count (search text?, state text) value bigint
SELECT count(*)
  FROM people() AS p
 WHERE (:search::text IS NULL
       OR strpos(lower(p.name || ' ' || p.email), lower(:search)) > 0)
   AND CASE :state WHEN 'ended' THEN p.ended_at IS NOT NULL
           WHEN 'invited' THEN p.ended_at IS NULL AND p.started_at IS NULL
           ELSE p.ended_at IS NULL END;

-- query person_by_reference (reference text) many person
-- All the roles of one person, present ones first.
SELECT membership_id, reference, name, email, role, is_self, invited_at,
       invited_by, started_at, ended_at, last_used_at
  FROM people() AS p
 WHERE p.reference = :reference
 ORDER BY p.ended_at IS NOT NULL, p.started_at IS NULL, p.membership_id;

-- query person_has_role (email text, role text) value boolean
-- Whether somebody here has this role already and has begun to use it.
SELECT EXISTS (SELECT FROM people() AS p
    WHERE lower(p.email) = lower(:email) AND p.role = :role
      AND p.started_at IS NOT NULL AND p.ended_at IS NULL);

-- row invited_body (id bigint, reference text, name text)

-- query organisation_to_invite (reference text, council_id bigint) one invited_body
-- A provider on a framework of the council.
SELECT o.id, o.reference, o.name
  FROM organisation o
 WHERE o.reference = :reference
   AND EXISTS (SELECT FROM framework_member m
       WHERE m.council_id = :council_id AND m.organisation_id = o.id);

-- query account_invite (email text, name text, role text, council_id bigint?, organisation_id bigint?, token_hash bytea) value bigint
-- Makes the account if it must, the waiting role and a link for seven days.
-- 0 when the session's role may not invite there.
SELECT account_invite(:email, :name, :role, :council_id, :organisation_id,
                      :token_hash);

-- query membership_end (membership_id bigint) value boolean
-- False when the role is one's own, another body's, or has ended.
SELECT membership_end(:membership_id);

-- row wall_entry (name text, reason text, raised_at timestamptz, raised_by text)

-- query wall_list () many wall_entry
-- Who may not read answers to market tests of one's own council.
SELECT name, reason, raised_at, raised_by FROM wall_list();

-- row wall_person (reference text, name text, email text)

-- query wall_person_list () many wall_person
-- People of one's own council who are not behind the wall.
SELECT p.reference, p.name, p.email
  FROM people() AS p
 WHERE p.ended_at IS NULL
   AND NOT EXISTS (SELECT FROM wall_list() AS w
       WHERE w.reference = p.reference)
 GROUP BY p.reference, p.name, p.email
 ORDER BY lower(p.name), p.reference;

-- query wall_raise (reference text, reason text) value boolean
-- For good, and in the audit; false when it stands already or is not for them.
SELECT wall_raise(a.id, :reason) FROM account a WHERE a.reference = :reference;

-- query council_by_code (code text) value bigint
-- 0 when no council has this code.
SELECT id FROM council WHERE code = :code;

-- query council_add (code text, name text) value bigint
-- A new council, for the command line; 0 when the code is taken.
SELECT council_add(:code, :name);

-- query organisation_by_reference_id (reference text) value bigint
-- 0 when no provider has this reference.
SELECT id FROM organisation WHERE reference = upper(:reference);

-- query account_add (email text, name text, role text, council_id bigint?, organisation_id bigint?, hash text) value bigint
-- For the command line. An account that had a password keeps it.
SELECT account_add(:email, :name, :role, :council_id, :organisation_id, :hash);
