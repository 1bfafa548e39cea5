-- The register of providers: what staff and providers read of it. What a
-- council reads follows from the frameworks that it may call off from.

-- row register_line (council_id bigint, member_id bigint,
--   organisation_id bigint, reference text, name text, kind text, framework text?,
--   council text?, areas text, services text, spare_minutes integer,
--   ratings text[], monitoring_visit_passed_on date?,
--   is_current_provider boolean, contract_kind text, state text,
--   total bigint)
-- framework: when the reader may call off from several. council: whose it is,
-- when not the reader's own. total: how many there are on all pages.

-- query register_list (council bigint, name text?, area text?, group_code text?, specialism text?, service_kind text?, has_spare boolean?, is_visited boolean?, state text?, page integer, size integer) many register_line
-- One line for each membership of a framework. A page beyond the last one
-- gives the last.
WITH found AS (
	SELECT m.*, o.reference AS organisation_reference, o.name, o.kind,
	       f.name AS framework, f.scheme_id, s.state_now
	  FROM framework_partner p
	  JOIN framework f ON f.council_id = p.council_id
	   AND f.id = p.framework_id
	  JOIN framework_member m ON m.council_id = f.council_id
	   AND m.framework_id = f.id
	  JOIN organisation o ON o.id = m.organisation_id
	 CROSS JOIN LATERAL (SELECT CASE WHEN m.state <> 'suspended'
	         OR member_is_suspended(m.state, m.suspended_on,
	             m.suspended_until,
	             (clock_now() AT TIME ZONE 'Europe/London')::date)
	     THEN m.state ELSE 'active' END AS state_now) AS s
	 WHERE p.partner_council_id = :council
	   AND (:name::text IS NULL OR strpos(lower(o.name), lower(:name)) > 0)
	   AND (:area::text IS NULL
	     OR EXISTS (SELECT FROM area a
	          WHERE a.council_id = f.council_id AND a.scheme_id = f.scheme_id
	            AND a.code = :area
	            AND (m.has_all_areas OR EXISTS (SELECT FROM member_area x
	                 WHERE x.council_id = m.council_id
	                   AND x.member_id = m.id AND x.area_id = a.id))))
	   AND NOT EXISTS (SELECT FROM (VALUES
	            ('service_user_group', :group_code::text),
	            ('specialism', :specialism::text),
	            ('service_kind', :service_kind::text)) AS w (kind, code)
	          WHERE w.code IS NOT NULL AND NOT EXISTS (
	            SELECT FROM member_term x JOIN care_term t ON t.id = x.term_id
	             WHERE x.council_id = m.council_id AND x.member_id = m.id
	               AND t.kind = w.kind AND t.code = w.code))
	   AND (:has_spare::boolean IS NULL
	     OR (m.spare_minutes > 0) = :has_spare)
	   AND (:is_visited::boolean IS NULL
	     OR (m.monitoring_visit_passed_on IS NOT NULL) = :is_visited)
	   AND (:state::text IS NULL OR s.state_now = :state)
), counted AS (
	SELECT count(*) AS total FROM found
)
SELECT m.council_id, m.id AS member_id, m.organisation_id,
       m.organisation_reference AS reference, m.name, m.kind,
       CASE WHEN (SELECT count(*) FROM framework_partner p
                   WHERE p.partner_council_id = :council) > 1
            THEN m.framework END AS framework,
       (SELECT c.name FROM council c
         WHERE c.id = m.council_id AND c.id <> :council) AS council,
       CASE WHEN m.has_all_areas THEN 'All areas'
            ELSE coalesce((SELECT string_agg(a.name, ', ' ORDER BY a.sort)
              FROM member_area x
              JOIN area a ON a.council_id = x.council_id AND a.id = x.area_id
             WHERE x.council_id = m.council_id AND x.member_id = m.id), '')
            END AS areas,
       coalesce((SELECT string_agg(t.label, ', ' ORDER BY t.sort)
          FROM member_term x JOIN care_term t ON t.id = x.term_id
         WHERE x.council_id = m.council_id AND x.member_id = m.id
           AND t.kind = 'service_kind'), '') AS services,
       m.spare_minutes,
       coalesce((SELECT array_agg(DISTINCT coalesce(l.cqc_rating, ''))
          FROM location l WHERE l.organisation_id = m.organisation_id), '{}')
           AS ratings,
       m.monitoring_visit_passed_on, m.is_current_provider, m.contract_kind,
       m.state_now AS state, n.total
  FROM found m, counted n
 ORDER BY lower(m.name), m.council_id, m.id
OFFSET (SELECT greatest(least(:page::integer,
           (n.total + :size - 1) / :size), 1) - 1 FROM counted n) * :size
 LIMIT :size;

-- row register_provider (id bigint, reference text, name text, kind text,
--   company_number text, charity_number text, cqc_provider_id text,
--   website text, revision integer, is_own boolean)
-- is_own: the reader may change it, if the role allows.

-- query register_provider_by_reference (reference text, council bigint) one register_provider
-- is_own: on a framework of the council's own.
SELECT o.id, o.reference, o.name, o.kind, o.company_number, o.charity_number,
       o.cqc_provider_id, o.website, o.revision,
       EXISTS (SELECT FROM framework_member m
         WHERE m.organisation_id = o.id AND m.council_id = :council) AS is_own
  FROM organisation o
 WHERE o.reference = :reference
   AND EXISTS (SELECT FROM framework_member m
         JOIN framework_partner p ON p.council_id = m.council_id
          AND p.framework_id = m.framework_id
        WHERE m.organisation_id = o.id AND p.partner_council_id = :council);

-- query register_provider_own (organisation bigint) one register_provider
SELECT o.id, o.reference, o.name, o.kind, o.company_number, o.charity_number,
       o.cqc_provider_id, o.website, o.revision, true AS is_own
  FROM organisation o WHERE o.id = :organisation;

-- row register_office (id bigint, kind text, address text, postcode text,
--   sector text?, revision integer)

-- query register_office_list (organisation bigint) many register_office
SELECT e.id, e.kind, e.address, e.postcode, e.sector, e.revision
  FROM organisation_office e
 WHERE e.organisation_id = :organisation
 ORDER BY array_position(ARRAY['registered', 'trading', 'branch'], e.kind), e.id;

-- row register_contact (id bigint, name text, job_title text, telephone text,
--   email text, gets_offers boolean, revision integer)

-- query register_contact_list (organisation bigint) many register_contact
SELECT c.id, c.name, c.job_title, c.telephone, c.email, c.gets_offers,
       c.revision
  FROM organisation_contact c
 WHERE c.organisation_id = :organisation AND c.is_active
 ORDER BY c.gets_offers DESC, lower(c.name), c.id;

-- row register_location (id bigint, cqc_location_id text?, name text,
--   address text, postcode text, cqc_rating text?, rated_on date?,
--   registered_on date?, revision integer)

-- query register_location_list (organisation bigint) many register_location
SELECT l.id, l.cqc_location_id, l.name, l.address, l.postcode, l.cqc_rating,
       l.rated_on, l.registered_on, l.revision
  FROM location l
 WHERE l.organisation_id = :organisation
 ORDER BY lower(l.name), l.id;

-- row register_member (id bigint, council_id bigint, council text,
--   reference text, framework text, contract_kind text, state text,
--   state_now text, state_reason text, suspended_on date?,
--   suspended_until date?, tier integer?, joined_on date, left_on date?,
--   is_current_provider boolean, monitoring_visit_passed_on date?,
--   hourly_rate_pence bigint?, card_rate_pence bigint?, spare_minutes integer,
--   quality_score integer?, has_all_areas boolean, areas text,
--   earliest_start_on date?, call_days integer, calls_from_minute integer?,
--   calls_until_minute integer?, last_award_at timestamptz?, scheme_id bigint,
--   block_minutes integer, people_elsewhere integer?, revision integer)
-- state_now: a suspension may begin and end by its days.

-- query register_member_list (organisation bigint, council bigint?) many register_member
-- What an organisation is on: for a council what it may call off from, its own
-- first; without a council (for the provider itself) everything.
SELECT m.id, m.council_id, c.name AS council, m.reference,
       f.name AS framework, m.contract_kind, m.state,
       CASE WHEN m.state <> 'suspended'
             OR member_is_suspended(m.state, m.suspended_on, m.suspended_until,
                 (clock_now() AT TIME ZONE 'Europe/London')::date)
            THEN m.state ELSE 'active' END AS state_now,
       m.state_reason, m.suspended_on, m.suspended_until, m.tier,
       m.joined_on, m.left_on, m.is_current_provider,
       m.monitoring_visit_passed_on, m.hourly_rate_pence,
       (SELECT k.hourly_rate_pence FROM rate_card k
         WHERE k.council_id = f.council_id AND k.code = f.rate_card_code
           AND k.effective_on
               <= (clock_now() AT TIME ZONE 'Europe/London')::date
         ORDER BY k.effective_on DESC LIMIT 1) AS card_rate_pence,
       m.spare_minutes, m.quality_score, m.has_all_areas,
       coalesce((SELECT string_agg(a.name, ', ' ORDER BY a.sort)
          FROM member_area x
          JOIN area a ON a.council_id = x.council_id AND a.id = x.area_id
         WHERE x.council_id = m.council_id AND x.member_id = m.id), '') AS areas,
       m.earliest_start_on, m.call_days, m.calls_from_minute,
       m.calls_until_minute, m.last_award_at, f.scheme_id, m.block_minutes,
       m.people_elsewhere, m.revision
  FROM framework_member m
  JOIN framework f ON f.council_id = m.council_id AND f.id = m.framework_id
  JOIN council c ON c.id = m.council_id
 WHERE m.organisation_id = :organisation
   AND (:council::bigint IS NULL
     OR EXISTS (SELECT FROM framework_partner p
          WHERE p.council_id = m.council_id
            AND p.framework_id = m.framework_id
            AND p.partner_council_id = :council))
 ORDER BY m.council_id IS DISTINCT FROM :council, c.name, f.name, m.id;

-- row register_day_part (council_id bigint, member_id bigint, name text, spare_minutes integer)

-- query register_day_part_list (organisation bigint) many register_day_part
-- How memberships divide their spare hours over the day, in its order.
SELECT p.council_id, p.member_id, d.name, p.spare_minutes
  FROM framework_member m
  JOIN member_day_part p ON p.council_id = m.council_id AND p.member_id = m.id
  JOIN day_part d ON d.code = p.part_code
 WHERE m.organisation_id = :organisation
 ORDER BY p.council_id, p.member_id, d.sort;

-- row register_terms (council_id bigint, member_id bigint, kind text, labels text)

-- query register_terms_list (organisation bigint) many register_terms
-- What each membership can do, one row for each kind of term.
SELECT m.council_id, m.id AS member_id, t.kind,
       string_agg(t.label, ', ' ORDER BY t.sort) AS labels
  FROM framework_member m
  JOIN member_term x ON x.council_id = m.council_id AND x.member_id = m.id
  JOIN care_term t ON t.id = x.term_id
 WHERE m.organisation_id = :organisation
 GROUP BY m.council_id, m.id, t.kind;

-- row register_code (code text, name text)

-- query register_area_choices (council bigint) many register_code
-- Areas that members of the frameworks in the register may serve.
SELECT DISTINCT ON (a.code) a.code, a.name
  FROM framework_partner p
  JOIN framework f ON f.council_id = p.council_id AND f.id = p.framework_id
  JOIN area a ON a.council_id = f.council_id AND a.scheme_id = f.scheme_id
 WHERE p.partner_council_id = :council
 ORDER BY a.code, a.council_id <> :council;
