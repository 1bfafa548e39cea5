-- The record of acts, as a council's administrators and auditors read it.

-- row audit_entry (id bigint, at timestamptz, account text?, organisation text?, is_system boolean, act text, object_kind text, object_reference text, detail text, is_sealed boolean)

-- query audit_list (council_id bigint, since timestamptz?, until timestamptz?, act text?, who text?, object text?, offset bigint, limit bigint) many audit_entry
-- Newest first. act is the beginning of one; who is part of a name, an e-mail
-- address or an organisation's name; object is a reference or a kind.
SELECT a.id, a.at, p.name AS account, o.name AS organisation,
       a.account_id IS NULL AS is_system, a.act, a.object_kind,
       a.object_reference, a.detail::text AS detail,
       audit_is_sealed(a.id) AS is_sealed
  FROM audit a
  LEFT JOIN account p ON p.id = a.account_id
  LEFT JOIN organisation o ON o.id = a.organisation_id
 WHERE a.council_id = :council_id
   AND (:since::timestamptz IS NULL OR a.at >= :since)
   AND (:until::timestamptz IS NULL OR a.at < :until)
   AND (:act::text IS NULL OR starts_with(a.act, :act))
   AND (:who::text IS NULL OR strpos(lower(concat_ws(' ', p.name, p.email,
        o.name)), lower(:who)) > 0)
   AND (:object::text IS NULL OR a.object_reference = upper(:object)
        OR a.object_kind = lower(:object))
 ORDER BY a.at DESC, a.id DESC
OFFSET :offset LIMIT :limit;

-- query audit_count (council_id bigint, since timestamptz?, until timestamptz?, act text?, who text?, object text?, most bigint) value bigint
-- How many there are, counted no further than :most.
SELECT count(*)
  FROM (SELECT
          FROM audit a
          LEFT JOIN account p ON p.id = a.account_id
          LEFT JOIN organisation o ON o.id = a.organisation_id
         WHERE a.council_id = :council_id
           AND (:since::timestamptz IS NULL OR a.at >= :since)
           AND (:until::timestamptz IS NULL OR a.at < :until)
           AND (:act::text IS NULL OR starts_with(a.act, :act))
           AND (:who::text IS NULL OR strpos(lower(concat_ws(' ', p.name,
                p.email, o.name)), lower(:who)) > 0)
           AND (:object::text IS NULL OR a.object_reference = upper(:object)
                OR a.object_kind = lower(:object))
         ORDER BY a.at DESC
         LIMIT :most) AS found;

-- query statement_patience (duration text) none
-- How long the server lets a statement of this transaction run.
SELECT set_config('statement_timeout', :duration, true);

-- row audit_problem (council_id bigint?, seal_id bigint?, audit_id bigint?, problem text)

-- query audit_problem_list () many audit_problem
-- Every place where the audit does not match its seals. Reads everything.
SELECT council_id, seal_id, audit_id, problem FROM audit_verify();

-- row audit_anchor (council_id bigint?, number bigint, hash text, sealed_at timestamptz)

-- query audit_anchor_list () many audit_anchor
-- The newest seal of each chain, to be kept elsewhere.
SELECT council_id, number, hash, sealed_at FROM audit_head();
