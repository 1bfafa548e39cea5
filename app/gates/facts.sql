-- Facts of providers as pages show and change them, and the renewals that
-- providers submit.

-- row provider_fact_line (council_id bigint, id bigint, council text,
--   kind text, value bigint, valid_from date, valid_until date?, source text,
--   reason text, entered_by text, entered_at timestamptz, corrected_by text,
--   corrected_at timestamptz?, revision integer)
-- entered_by and corrected_by are "" where the reader may not know who it was.

-- query provider_fact_list (organisation bigint, council bigint?) many provider_fact_line
-- For a council its own and those of councils from whose frameworks it calls
-- off; without one, for the provider itself, all.
SELECT f.council_id, f.id, c.name AS council, f.kind, f.value, f.valid_from,
       f.valid_until, f.source, f.reason, coalesce(a.name, '') AS entered_by,
       f.entered_at, coalesce(b.name, '') AS corrected_by, f.corrected_at,
       f.revision
  FROM provider_fact f
  JOIN council c ON c.id = f.council_id
  LEFT JOIN account a ON a.id = f.entered_by_id
  LEFT JOIN account b ON b.id = f.corrected_by_id
 WHERE f.organisation_id = :organisation
   AND (:council::bigint IS NULL OR f.council_id = :council
     OR EXISTS (SELECT FROM framework_partner p
          WHERE p.council_id = f.council_id
            AND p.partner_council_id = :council))
 ORDER BY c.name, f.kind, f.valid_from DESC, f.id DESC;

-- query provider_fact_by_id (council bigint, organisation bigint, id bigint) one provider_fact_line
SELECT f.council_id, f.id, c.name AS council, f.kind, f.value, f.valid_from,
       f.valid_until, f.source, f.reason, coalesce(a.name, '') AS entered_by,
       f.entered_at, coalesce(b.name, '') AS corrected_by, f.corrected_at,
       f.revision
  FROM provider_fact f
  JOIN council c ON c.id = f.council_id
  LEFT JOIN account a ON a.id = f.entered_by_id
  LEFT JOIN account b ON b.id = f.corrected_by_id
 WHERE f.council_id = :council AND f.organisation_id = :organisation
   AND f.id = :id;

-- query provider_fact_insert (council bigint, organisation bigint, kind text, value bigint, valid_from date, valid_until date?, source text, reason text, account bigint) value bigint
INSERT INTO provider_fact (council_id, organisation_id, kind, value,
    valid_from, valid_until, source, reason, entered_by_id)
VALUES (:council, :organisation, :kind, :value, :valid_from, :valid_until,
    :source, :reason, :account)
RETURNING id;

-- query provider_fact_save (council bigint, id bigint, revision integer, value bigint, valid_from date, valid_until date?, source text, reason text, account bigint) none
-- A correction; 0 when another has saved since.
UPDATE provider_fact
   SET value = :value, valid_from = :valid_from, valid_until = :valid_until,
       source = :source, reason = :reason, corrected_by_id = :account,
       corrected_at = clock_now(), revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query provider_fact_delete (council bigint, id bigint, revision integer) none
DELETE FROM provider_fact
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query provider_fact_detail (council bigint, id bigint) value text
-- What the audit keeps of a fact, as it is now.
SELECT jsonb_build_object('fact', f.id, 'kind', f.kind, 'value', f.value,
       'from', f.valid_from, 'until', f.valid_until)::text
  FROM provider_fact f
 WHERE f.council_id = :council AND f.id = :id;

-- row fact_renewal_line (council_id bigint, id bigint, council text,
--   kind text, value bigint, valid_from date, valid_until date, source text,
--   submitted_by text, submitted_at timestamptz, state text,
--   decision_reason text, revision integer)

-- query fact_renewal_list (organisation bigint, council bigint?) many fact_renewal_line
-- What waits for a decision, and what was decided in the last 90 days.
SELECT w.council_id, w.id, c.name AS council, w.kind, w.value, w.valid_from,
       w.valid_until, w.source, coalesce(a.name, '') AS submitted_by,
       w.submitted_at, w.state, w.decision_reason, w.revision
  FROM fact_renewal w
  JOIN council c ON c.id = w.council_id
  LEFT JOIN account a ON a.id = w.submitted_by_id
 WHERE w.organisation_id = :organisation
   AND (:council::bigint IS NULL OR w.council_id = :council)
   AND (w.state = 'submitted'
       OR w.decided_at >= (SELECT clock_now()) - interval '90 days')
 ORDER BY w.state <> 'submitted', w.submitted_at DESC, w.id DESC;

-- query fact_renewal_by_id (council bigint, organisation bigint, id bigint) one fact_renewal_line
SELECT w.council_id, w.id, c.name AS council, w.kind, w.value, w.valid_from,
       w.valid_until, w.source, coalesce(a.name, '') AS submitted_by,
       w.submitted_at, w.state, w.decision_reason, w.revision
  FROM fact_renewal w
  JOIN council c ON c.id = w.council_id
  LEFT JOIN account a ON a.id = w.submitted_by_id
 WHERE w.council_id = :council AND w.organisation_id = :organisation
   AND w.id = :id;

-- query fact_renewal_submit (organisation bigint, kind text, value bigint, valid_from date, valid_until date, source text, account bigint) none
-- To every council that the provider is on a framework of; 0: to none.
INSERT INTO fact_renewal (council_id, organisation_id, kind, value,
    valid_from, valid_until, source, submitted_by_id)
SELECT DISTINCT m.council_id, m.organisation_id, :kind, :value::bigint,
       :valid_from::date, :valid_until::date, :source, :account::bigint
  FROM framework_member m
 WHERE m.organisation_id = :organisation
   AND m.state IN ('active', 'suspended');

-- query fact_renewal_tell (organisation bigint, note text) none
-- A task for each council, where there is none open of this provider.
INSERT INTO task (council_id, kind, organisation_id, note)
SELECT DISTINCT m.council_id, 'accept_renewal', m.organisation_id, :note
  FROM framework_member m
 WHERE m.organisation_id = :organisation
   AND m.state IN ('active', 'suspended')
    ON CONFLICT DO NOTHING;

-- query fact_renewal_decide (council bigint, id bigint, revision integer, state text, reason text, account bigint) none
-- 0 when somebody has decided since.
UPDATE fact_renewal
   SET state = :state, decision_reason = :reason, decided_by_id = :account,
       decided_at = clock_now(), revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision
   AND state = 'submitted';

-- query fact_renewal_finish (council bigint, organisation bigint, account bigint) none
-- The task is done once nothing waits for a decision any more.
UPDATE task t SET done_at = clock_now(), done_by_id = :account
 WHERE t.council_id = :council AND t.organisation_id = :organisation
   AND t.kind = 'accept_renewal' AND t.done_at IS NULL
   AND NOT EXISTS (SELECT FROM fact_renewal w
       WHERE w.council_id = t.council_id
         AND w.organisation_id = t.organisation_id
         AND w.state = 'submitted');
