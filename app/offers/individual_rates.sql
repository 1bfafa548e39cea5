-- Rates above a framework's ceiling, costed for one specialist package and
-- approved by another person than the one who proposed them.

-- row individual_rate (id bigint, reference text, package_version integer,
--   pay_pence bigint, travel_pence bigint, supervision_pence bigint,
--   overhead_pence bigint, hourly_pence bigint, ceiling_pence bigint,
--   costing text, reason text, state text, proposed_by_id bigint,
--   proposed_by text, proposed_at timestamptz, decided_by text,
--   decided_at timestamptz?, decision_note text, is_approved boolean)
-- state: lapsed where the package says something else since, whether or not
-- it was approved.

-- query individual_rate_list (council bigint, package bigint) many individual_rate
-- The newest first. To be read under the package's lock before a decision.
SELECT i.id, i.reference, i.package_version, i.pay_pence, i.travel_pence,
       i.supervision_pence, i.overhead_pence, i.hourly_pence, i.ceiling_pence,
       i.costing, i.reason,
       CASE WHEN i.state IN ('proposed', 'approved')
               AND (i.package_version <> k.version
                   OR k.complexity <> 'specialist') THEN 'lapsed'
           WHEN i.state = 'approved' AND i.id
               IS DISTINCT FROM individual_rate_in_force(k.council_id, k.id)
               THEN 'replaced'
           ELSE i.state END AS state,
       i.proposed_by_id, u.name AS proposed_by, i.proposed_at,
       coalesce(d.name, '') AS decided_by, i.decided_at, i.decision_note,
       i.state = 'approved' AS is_approved
  FROM individual_rate i
  JOIN package k ON k.council_id = i.council_id AND k.id = i.package_id
  JOIN account u ON u.id = i.proposed_by_id
  LEFT JOIN account d ON d.id = i.decided_by_id
 WHERE i.council_id = :council AND i.package_id = :package
 ORDER BY i.id DESC;

-- query individual_rate_insert (council bigint, package bigint, pay_pence bigint, travel_pence bigint, supervision_pence bigint, overhead_pence bigint, ceiling_pence bigint, costing text, reason text, account bigint) value text
-- Its reference; for what the package says now.
INSERT INTO individual_rate (council_id, package_id, package_version,
    pay_pence, travel_pence, supervision_pence, overhead_pence, ceiling_pence,
    costing, reason, proposed_by_id)
SELECT k.council_id, k.id, k.version, :pay_pence, :travel_pence,
       :supervision_pence, :overhead_pence, :ceiling_pence, :costing, :reason,
       :account
  FROM package k
 WHERE k.council_id = :council AND k.id = :package
RETURNING reference;

-- query individual_rate_decide (council bigint, rate bigint, state text, account bigint, note text) none
UPDATE individual_rate i
   SET state = :state, decided_by_id = :account, decided_at = clock_now(),
       decision_note = :note
 WHERE i.council_id = :council AND i.id = :rate AND i.state = 'proposed';
