-- Gates of frameworks, the facts that they are held against, and what came of
-- them. What a council reads follows from the frameworks it may call off from.

-- row gate_service_kind (id bigint, label text)

-- query gate_service_kind_list () many gate_service_kind
SELECT t.id, t.label FROM care_term t
 WHERE t.kind = 'service_kind' ORDER BY t.sort, t.id;

-- row framework_gate (id bigint, framework_id bigint, name text,
--   fact_kind text, test text, threshold bigint, alternatives text[],
--   counts_without_value boolean, asked_of text, kind_ids bigint[],
--   starts_on date, ends_on date?, revision integer)

-- query framework_gate_list (council bigint, framework bigint?) many framework_gate
-- Of one framework, or of all of a council.
SELECT g.id, g.framework_id, g.name, g.fact_kind, g.test, g.threshold,
       g.alternatives, g.counts_without_value, g.asked_of,
       coalesce((SELECT array_agg(k.term_id ORDER BY k.term_id)
          FROM framework_gate_kind k
         WHERE k.council_id = g.council_id AND k.gate_id = g.id), '{}')
           AS kind_ids,
       g.starts_on, g.ends_on, g.revision
  FROM framework_gate g
 WHERE g.council_id = :council
   AND (:framework::bigint IS NULL OR g.framework_id = :framework)
 ORDER BY g.framework_id, g.sort, g.id;

-- query gate_by_id (council bigint, framework bigint, id bigint) one framework_gate
SELECT g.id, g.framework_id, g.name, g.fact_kind, g.test, g.threshold,
       g.alternatives, g.counts_without_value, g.asked_of,
       coalesce((SELECT array_agg(k.term_id ORDER BY k.term_id)
          FROM framework_gate_kind k
         WHERE k.council_id = g.council_id AND k.gate_id = g.id), '{}')
           AS kind_ids,
       g.starts_on, g.ends_on, g.revision
  FROM framework_gate g
 WHERE g.council_id = :council AND g.framework_id = :framework AND g.id = :id;

-- row gate_framework (id bigint, council_id bigint, reference text, name text,
--   council text, is_own boolean)

-- query gate_framework_list (council bigint) many gate_framework
-- Frameworks that a council may call off from, its own first.
SELECT f.id, f.council_id, f.reference, f.name, c.name AS council,
       f.council_id = :council AS is_own
  FROM framework_partner p
  JOIN framework f ON f.council_id = p.council_id AND f.id = p.framework_id
  JOIN council c ON c.id = f.council_id
 WHERE p.partner_council_id = :council
 ORDER BY f.council_id <> :council, f.name, f.id;

-- query gate_framework_own (council bigint, reference text) one gate_framework
SELECT f.id, f.council_id, f.reference, f.name, c.name AS council,
       true AS is_own
  FROM framework f JOIN council c ON c.id = f.council_id
 WHERE f.council_id = :council AND f.reference = :reference;

-- row gate_member (council_id bigint, member_id bigint, reference text,
--   framework_id bigint, organisation_id bigint, organisation_reference text,
--   kind_ids bigint[])

-- query gate_member_list (council bigint, framework bigint?, organisations bigint[]) many gate_member
-- Who is on a council's frameworks, with the service kinds they offer; without
-- organisations everybody.
SELECT m.council_id, m.id AS member_id, m.reference, m.framework_id,
       m.organisation_id, o.reference AS organisation_reference,
       coalesce((SELECT array_agg(t.id ORDER BY t.sort, t.id)
          FROM member_term x JOIN care_term t ON t.id = x.term_id
         WHERE x.council_id = m.council_id AND x.member_id = m.id
           AND t.kind = 'service_kind'), '{}') AS kind_ids
  FROM framework_member m
  JOIN organisation o ON o.id = m.organisation_id
 WHERE m.council_id = :council AND m.state IN ('active', 'suspended')
   AND (:framework::bigint IS NULL OR m.framework_id = :framework)
   AND (cardinality(:organisations) = 0
       OR m.organisation_id = ANY (:organisations))
 ORDER BY m.id;

-- row gate_input (organisation_id bigint, framework_id bigint?, id bigint,
--   kind text, value bigint, valid_from date, valid_until date?,
--   recorded_on date, source text)
-- framework_id: of that membership alone.

-- query gate_input_list (council bigint, organisations bigint[]) many gate_input
-- Every fact that gates look at, from the one place where each is kept. Of
-- several ratings the lowest counts.
SELECT f.organisation_id, NULL::bigint AS framework_id, f.id, f.kind, f.value,
       f.valid_from, f.valid_until,
       (f.entered_at AT TIME ZONE 'Europe/London')::date AS recorded_on,
       f.source
  FROM provider_fact f
 WHERE f.council_id = :council AND f.organisation_id = ANY (:organisations)
 UNION ALL
SELECT l.organisation_id, NULL, l.id, 'registration', 1, l.registered_on, NULL,
       l.registered_on,
       'CQC register, ' || coalesce(l.cqc_location_id, l.name)
  FROM location l
 WHERE l.organisation_id = ANY (:organisations)
   AND l.registered_on IS NOT NULL
 UNION ALL
SELECT r.* FROM (
	SELECT DISTINCT ON (l.organisation_id) l.organisation_id, NULL::bigint,
	       l.id, 'rating',
	       array_position(ARRAY['inadequate', 'requires_improvement', 'good',
	           'outstanding'], l.cqc_rating)::bigint AS value,
	       coalesce(l.rated_on, l.registered_on, DATE '2009-04-01') AS since,
	       NULL::date,
	       coalesce(l.rated_on, l.registered_on, DATE '2009-04-01'),
	       'CQC register, ' || coalesce(l.cqc_location_id, l.name)
	  FROM location l
	 WHERE l.organisation_id = ANY (:organisations)
	   AND l.cqc_rating IS NOT NULL
	 ORDER BY l.organisation_id, value, since DESC, l.id) AS r
 UNION ALL
SELECT m.organisation_id, m.framework_id, m.id, 'monitoring_visit', 1,
       m.monitoring_visit_passed_on, NULL, m.monitoring_visit_passed_on,
       'The council''s monitoring'
  FROM framework_member m
 WHERE m.council_id = :council AND m.organisation_id = ANY (:organisations)
   AND m.monitoring_visit_passed_on IS NOT NULL
 UNION ALL
SELECT m.organisation_id, m.framework_id, m.id, 'providing', 1, m.joined_on,
       NULL, m.joined_on, 'The council''s register'
  FROM framework_member m
 WHERE m.council_id = :council AND m.organisation_id = ANY (:organisations)
   AND m.is_current_provider
 UNION ALL
SELECT m.organisation_id, m.framework_id, m.id, 'micro_enterprise', 1,
       m.joined_on, NULL, m.joined_on, 'The council''s register'
  FROM framework_member m
  JOIN organisation o ON o.id = m.organisation_id
 WHERE m.council_id = :council AND m.organisation_id = ANY (:organisations)
   AND o.kind = 'micro_enterprise'
 UNION ALL
SELECT m.organisation_id, m.framework_id, m.id, 'suspension', 1,
       coalesce(m.suspended_on, m.joined_on), m.suspended_until,
       coalesce(m.suspended_on, m.joined_on),
       coalesce(nullif(m.state_reason, ''), 'The council''s register')
  FROM framework_member m
 WHERE m.council_id = :council AND m.organisation_id = ANY (:organisations)
   AND m.state = 'suspended';

-- row gate_standing (member_id bigint, service_kind_id bigint,
--   is_open boolean, since_on date, checked_on date)

-- query gate_standing_lock (council bigint, members bigint[]) many gate_standing
SELECT s.member_id, s.service_kind_id, s.is_open, s.since_on, s.checked_on
  FROM gate_standing s
 WHERE s.council_id = :council AND s.member_id = ANY (:members)
 ORDER BY s.member_id, s.service_kind_id
   FOR UPDATE;

-- query gate_standing_put (council bigint, member bigint, kinds bigint[], open bigint[], today date, checked_on date) none
-- Notes how a member stands today for the kinds, of which those in open are
-- open.
INSERT INTO gate_standing (council_id, member_id, service_kind_id, is_open,
    since_on, checked_on)
SELECT :council, :member, k, k = ANY (:open), :today, :checked_on
  FROM unnest(:kinds::bigint[]) AS k
    ON CONFLICT (council_id, member_id, service_kind_id) DO UPDATE
   SET is_open = excluded.is_open,
       checked_on = greatest(gate_standing.checked_on, excluded.checked_on),
       since_on = CASE WHEN gate_standing.is_open = excluded.is_open
           THEN gate_standing.since_on ELSE excluded.since_on END;

-- query gate_event_add (council bigint, member bigint, kind bigint, on_day date, is_open boolean, text text) none
-- What happened, with its line in the audit: of a first look there is none.
WITH before AS (
	SELECT EXISTS (SELECT FROM gate_event e
	    WHERE e.council_id = :council AND e.member_id = :member
	      AND e.service_kind_id = :kind) AS has_one
), added AS (
	INSERT INTO gate_event (council_id, member_id, service_kind_id, on_day,
	    is_open, text)
	VALUES (:council, :member, :kind, :on_day, :is_open, :text)
	RETURNING council_id, member_id, service_kind_id, is_open
)
SELECT audit_add(CASE WHEN a.is_open THEN 'gates.restart' ELSE 'gates.pause'
           END, 'provider', o.reference,
           jsonb_build_object('membership', m.reference, 'kind', t.code),
           a.council_id)
  FROM added a, before b, framework_member m, organisation o, care_term t
 WHERE b.has_one AND m.council_id = a.council_id AND m.id = a.member_id
   AND o.id = m.organisation_id AND t.id = a.service_kind_id;

-- row gate_event_line (council_id bigint, member_id bigint, kinds text,
--   on_day date, is_open boolean, text text)

-- query gate_event_list (organisation bigint, council bigint?, limit bigint) many gate_event_line
-- When an organisation was paused and restarted, the latest first; what
-- happened to several service kinds at once is one line.
SELECT m.council_id, m.id AS member_id,
       string_agg(t.label, ', ' ORDER BY t.sort) AS kinds, e.on_day,
       e.is_open, e.text
  FROM framework_member m
  JOIN gate_event e ON e.council_id = m.council_id AND e.member_id = m.id
  JOIN care_term t ON t.id = e.service_kind_id
 WHERE m.organisation_id = :organisation
   AND (:council::bigint IS NULL
     OR EXISTS (SELECT FROM framework_partner p
          WHERE p.council_id = m.council_id
            AND p.framework_id = m.framework_id
            AND p.partner_council_id = :council))
 GROUP BY m.council_id, m.id, e.on_day, e.is_open, e.text
 ORDER BY e.on_day DESC, max(e.id) DESC
 LIMIT :limit;

-- row gate_contact (email text, name text)

-- query gate_contact_list (organisation bigint) many gate_contact
-- Whom a provider's mail goes to.
SELECT c.email, c.name FROM organisation_contact c
 WHERE c.organisation_id = :organisation AND c.is_active
   AND c.gets_offers AND c.email <> ''
 ORDER BY c.id;
