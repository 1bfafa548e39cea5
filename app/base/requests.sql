-- What dispatch asks of the database for every request.

-- row session_row (state text, account_id bigint?, account_name text?, email text?, membership_id bigint?, role text?, council_id bigint?, council_name text?, organisation_id bigint?, organisation_name text?, membership_count bigint?, idle_at timestamptz?, ends_at timestamptz?, now timestamptz)

-- query session_begin (token_hash bytea?) one session_row
-- Loads the session and sets the tenant for the rest of the transaction.
SELECT state, account_id, account_name, email, membership_id, role,
       council_id, council_name, organisation_id, organisation_name,
       membership_count, idle_at, ends_at, now
  FROM session_begin(:token_hash);

-- row once_row (state text, location text?)

-- query once_begin (account_id bigint, route text, key text, body_hash bytea) one once_row
-- Takes the form's key for this transaction and says whether it was used.
SELECT state, location
  FROM once_begin(:account_id, :route, :key, :body_hash);

-- query once_finish (account_id bigint, route text, key text, body_hash bytea, location text) none
SELECT once_finish(:account_id, :route, :key, :body_hash, :location);

-- query parked_form_put (token_hash bytea, path text, fields text) value boolean
-- For the account of a session that ended through idleness, and no other.
SELECT form_park(:token_hash, :path, :fields);

-- query parked_form_get (path text) value text
-- Gives the fields once; NULL when nothing waits.
SELECT form_unpark(:path);

-- query audit_add (act text, object_kind text, object_reference text, detail text?) none
-- One line of the audit, in this transaction, for this session's tenant.
SELECT audit_add(:act, :object_kind, :object_reference, :detail::jsonb);

-- query audit_add_for_council (act text, object_kind text, object_reference text, detail text?, council_id bigint) none
-- The same when a provider acts on a council's record.
SELECT audit_add(:act, :object_kind, :object_reference, :detail::jsonb,
                 :council_id);

-- query clock_now () value timestamptz
-- The only clock of deadlines: read it after the lock.
SELECT clock_now();

-- row readiness (missing text, unknown text)

-- query readiness_now (built_with text) one readiness
-- How the migrations that the program was built with, their numbers parted by
-- spaces, differ from those that the database has.
SELECT missing, unknown FROM migration_compare(:built_with);
