-- The record of acts, as a council's administrators and auditors read it.

-- row audit_actors (accounts bigint[], organisations bigint[])

-- query audit_actors_named (who text) one audit_actors
-- Whom the reader may know by a part of a name or an e-mail address.
SELECT (SELECT coalesce(array_agg(p.id), '{}') FROM account p
         WHERE strpos(lower(concat_ws(' ', p.name, p.email)),
               lower(:who)) > 0) AS accounts,
       (SELECT coalesce(array_agg(o.id), '{}') FROM organisation o
         WHERE strpos(lower(o.name), lower(:who)) > 0) AS organisations;

-- row audit_entry (id bigint, at timestamptz, account text?, organisation text?, is_system boolean, act text, object_kind text, object_reference text, package_reference text, about text, detail text, is_sealed boolean)
-- package_reference: of the package that it has to do with, or ''. about: the
-- name of the account or provider that it is about, where it may be known.

-- query audit_list (council_id bigint, since timestamptz?, until timestamptz?, acts text[]?, has_who boolean, accounts bigint[], organisations bigint[], object text?, offset bigint, limit bigint) many audit_entry
-- Newest first. object is a reference, of a package also that of what was done
-- to its offers and placements, or a kind. Each filter has an index.
SELECT line.id, line.at, p.name AS account, o.name AS organisation,
       line.account_id IS NULL AS is_system, line.act, line.object_kind,
       line.object_reference,
       coalesce(line.detail ->> 'package', k.reference, '')
           AS package_reference,
       coalesce(u.name, g.name, '') AS about, line.detail::text AS detail,
       audit_is_sealed(line.id) AS is_sealed
  FROM (
	SELECT a.*
	  FROM audit a
	 WHERE a.council_id = :council_id
	   AND (:since::timestamptz IS NULL OR a.at >= :since)
	   AND (:until::timestamptz IS NULL OR a.at < :until)
	   AND (:acts::text[] IS NULL OR a.act = ANY (:acts))
	   AND (NOT :has_who OR a.account_id = ANY (:accounts)
	        OR a.organisation_id = ANY (:organisations))
	   AND (:object::text IS NULL OR a.object_kind = lower(:object)
	        OR a.detail ->> 'package' = upper(:object)
	        OR (a.object_kind IN ('package', 'person', 'offer',
	                'placement', 'provider', 'account', 'task', 'policy',
	                'rate card', 'clearing', 'bundle', 'area_plan')
	            AND a.object_reference = upper(:object)))
	 ORDER BY a.at DESC, a.id DESC
	OFFSET :offset LIMIT :limit) AS line
  LEFT JOIN account p ON p.id = line.account_id
  LEFT JOIN organisation o ON o.id = line.organisation_id
  LEFT JOIN offer f ON line.object_kind = 'offer'
   AND f.council_id = line.council_id AND f.reference = line.object_reference
  LEFT JOIN placement m ON line.object_kind = 'placement'
   AND m.council_id = line.council_id AND m.reference = line.object_reference
  LEFT JOIN task t ON line.object_kind = 'task'
   AND t.council_id = line.council_id AND t.reference = line.object_reference
  LEFT JOIN package k ON k.council_id = line.council_id
   AND k.id = coalesce(f.package_id, m.package_id, t.package_id)
  LEFT JOIN account u ON u.reference = CASE line.object_kind
       WHEN 'account' THEN line.object_reference
       ELSE line.detail ->> 'account' END
  LEFT JOIN organisation g ON line.object_kind = 'provider'
   AND g.reference = line.object_reference
 ORDER BY line.at DESC, line.id DESC;

-- query audit_count (council_id bigint, since timestamptz?, until timestamptz?, acts text[]?, has_who boolean, accounts bigint[], organisations bigint[], object text?, most bigint) value bigint
-- How many there are, counted no further than :most.
SELECT count(*)
  FROM (SELECT
          FROM audit a
         WHERE a.council_id = :council_id
           AND (:since::timestamptz IS NULL OR a.at >= :since)
           AND (:until::timestamptz IS NULL OR a.at < :until)
           AND (:acts::text[] IS NULL OR a.act = ANY (:acts))
           AND (NOT :has_who OR a.account_id = ANY (:accounts)
                OR a.organisation_id = ANY (:organisations))
           AND (:object::text IS NULL OR a.object_kind = lower(:object)
                OR a.detail ->> 'package' = upper(:object)
                OR (a.object_kind IN ('package', 'person', 'offer',
                        'placement', 'provider', 'account', 'task', 'policy',
                        'rate card', 'clearing', 'bundle', 'area_plan')
                    AND a.object_reference = upper(:object)))
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
