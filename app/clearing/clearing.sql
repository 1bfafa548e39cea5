-- Clearing the waiting list: what it goes by, and what is kept of it.

-- row clearing_package (id bigint, reference text, is_rural boolean, latitude double?, longitude double?)

-- query clearing_package_list (council bigint, most bigint) many clearing_package
-- Packages that wait and have no offer out, those that are rapid first, then
-- those that wait longest: the order of offers for one at a time.
SELECT k.id, k.reference, coalesce(k.rurality, '') = 'rural' AS is_rural,
       z.latitude, z.longitude
  FROM package k
  LEFT JOIN postcode_sector z ON z.sector = k.sector
 WHERE k.council_id = :council AND k.state = 'waiting'
   AND k.weekly_minutes BETWEEN 1 AND 50000 AND k.area_id IS NOT NULL
   AND NOT EXISTS (SELECT FROM offer_round o
       WHERE o.council_id = k.council_id AND o.package_id = k.id
         AND o.settled_at IS NULL)
 ORDER BY k.urgency IS DISTINCT FROM 'rapid', k.waiting_since NULLS LAST, k.id
 LIMIT :most;

-- row clearing_promise (member_council_id bigint, member_id bigint, minutes bigint)

-- query clearing_promise_list (council bigint) many clearing_promise
-- Hours of members that offers which are out may take.
SELECT p.member_council_id, p.member_id,
       sum(p.weekly_minutes)::bigint AS minutes
  FROM offer_promises(:council) AS p
 GROUP BY p.member_council_id, p.member_id;

-- row clearing_day_part (code text, name text, phrase text)

-- query clearing_day_part_list () many clearing_day_part
SELECT code, name, phrase FROM day_part ORDER BY sort;

-- row clearing_share (member_council_id bigint, member_id bigint, minutes bigint[])

-- query clearing_share_list (council bigint) many clearing_share
-- Members that divide their hours and that the council may call off from:
-- what is left of each part of the day once offers that are out are taken up.
WITH promised AS MATERIALIZED (
	SELECT p.member_council_id, p.member_id, u.part,
	       sum(u.minutes)::integer AS minutes
	  FROM offer_promises(:council) AS p
	 CROSS JOIN unnest(package_day_parts(:council, p.package_id))
	       WITH ORDINALITY AS u (minutes, part)
	 GROUP BY p.member_council_id, p.member_id, u.part
), week AS MATERIALIZED (
	SELECT p.member_council_id, p.member_id,
	       sum(p.weekly_minutes)::integer AS minutes
	  FROM offer_promises(:council) AS p
	 GROUP BY p.member_council_id, p.member_id
), share AS (
	SELECT m.council_id, m.id, m.spare_minutes AS week,
	       array_agg(coalesce(x.spare_minutes, 0) ORDER BY d.sort) AS spare,
	       array_agg(coalesce(p.minutes, 0) ORDER BY d.sort) AS wanted
	  FROM framework_member m
	 CROSS JOIN (SELECT y.code, y.sort,
	                    row_number() OVER (ORDER BY y.sort) AS part
	               FROM day_part y) AS d
	  LEFT JOIN member_day_part x ON x.council_id = m.council_id
	   AND x.member_id = m.id AND x.part_code = d.code
	  LEFT JOIN promised p ON p.member_council_id = m.council_id
	   AND p.member_id = m.id AND p.part = d.part
	 WHERE EXISTS (SELECT FROM framework_partner q
	     WHERE q.council_id = m.council_id AND q.framework_id = m.framework_id
	       AND q.partner_council_id = :council)
	 GROUP BY m.council_id, m.id, m.spare_minutes
	HAVING sum(x.spare_minutes) > 0
)
SELECT s.council_id AS member_council_id, s.id AS member_id,
       ARRAY(SELECT (u.spare - u.taken)::bigint
           FROM unnest(s.spare, day_parts_taken(s.spare, s.wanted,
                   coalesce(w.minutes, 0), s.week))
               WITH ORDINALITY AS u (spare, taken, part)
          ORDER BY u.part) AS minutes
  FROM share s
  LEFT JOIN week w ON w.member_council_id = s.council_id
   AND w.member_id = s.id;

-- row clearing_week (package_id bigint, minutes bigint[])

-- query clearing_week_list (council bigint, packages bigint[]) many clearing_week
-- What each package takes of each part of the day, in the day's order.
SELECT u.id AS package_id,
       package_day_parts(:council, u.id)::bigint[] AS minutes
  FROM unnest(:packages::bigint[]) AS u (id)
 ORDER BY u.id;

-- row clearing_refusal (package_id bigint, organisation_id bigint)

-- query clearing_refusal_list (council bigint) many clearing_refusal
-- Who has declined a waiting package as it stands now.
SELECT DISTINCT o.package_id, o.organisation_id
  FROM package k
  JOIN offer o ON o.council_id = k.council_id AND o.package_id = k.id
   AND o.package_version = k.version
 WHERE k.council_id = :council AND k.state = 'waiting'
   AND o.state = 'declined';

-- row clearing_need (package_id bigint, term_id bigint, label text)

-- query clearing_need_list (council bigint) many clearing_need
-- Specialisms and languages that waiting packages must have.
SELECT n.package_id, t.id AS term_id, t.label
  FROM package k
  JOIN package_need n ON n.council_id = k.council_id AND n.package_id = k.id
   AND n.is_must
  JOIN care_term t ON t.id = n.term_id AND t.kind IN ('specialism', 'language')
 WHERE k.council_id = :council AND k.state = 'waiting'
 ORDER BY t.id, n.package_id;

-- row clearing_id (id bigint, reference text)

-- query clearing_insert (council bigint, account bigint, travel integer, kilometres integer?, packages text, providers text, options text, demands text, hash text, figures bigint[], is_best boolean) one clearing_id
-- figures: packages and minutes that wait; packages, minutes, fit, pence and
-- metres of the plan; the same of offers for one at a time; the bound.
INSERT INTO clearing (council_id, created_by_id, travel_pence,
    bundle_kilometres, packages_csv, providers_csv, options_csv, demands_csv,
    inputs_hash,
    waiting_packages, waiting_minutes, plan_packages, plan_minutes, plan_fit,
    plan_pence, plan_metres, single_packages, single_minutes, single_fit,
    single_pence, single_metres, bound_minutes, is_best)
SELECT :council, :account, :travel, :kilometres, :packages, :providers,
       :options, :demands, :hash, (f.x)[1], (f.x)[2], (f.x)[3], (f.x)[4], (f.x)[5],
       (f.x)[6], (f.x)[7], (f.x)[8], (f.x)[9], (f.x)[10], (f.x)[11],
       (f.x)[12], (f.x)[13], :is_best
  FROM (SELECT :figures::bigint[] AS x) AS f
RETURNING id, reference;

-- query clearing_line_add (council bigint, clearing bigint, packages bigint[], versions bigint[], minutes bigint[], options bigint[], organisations bigint[], names text[], fits bigint[], prices bigint[], metres bigint[], bundles bigint[], lacking text[]) none
-- 0 for no organisation and for no bundle; lacking: "morning,evening".
INSERT INTO clearing_line (council_id, clearing_id, position, package_id,
    package_version, weekly_minutes, option_count, organisation_id,
    organisation_name, fit_hundredths, weekly_price_pence, distance_metres,
    bundle, lacking_parts)
SELECT :council, :clearing, l.position, l.package, l.version, l.minutes,
       l.options, nullif(l.organisation, 0), l.name, l.fit, l.price, l.metres,
       nullif(l.bundle, 0), string_to_array(l.lacking, ',')
  FROM unnest(:packages::bigint[], :versions::bigint[], :minutes::bigint[],
           :options::bigint[], :organisations::bigint[], :names::text[],
           :fits::bigint[], :prices::bigint[], :metres::bigint[],
           :bundles::bigint[], :lacking::text[])
       WITH ORDINALITY AS l (package, version, minutes, options, organisation,
           name, fit, price, metres, bundle, lacking, position);

-- query clearing_part_add (council bigint, clearing bigint, parts text[], wanted bigint[], spare bigint[], plan bigint[]) none
-- parts: '' for at any time.
INSERT INTO clearing_part (council_id, clearing_id, position, part_code,
    wanted_minutes, spare_minutes, plan_minutes)
SELECT :council, :clearing, x.position, nullif(x.part, ''), x.wanted, x.spare,
       x.plan
  FROM unnest(:parts::text[], :wanted::bigint[], :spare::bigint[],
           :plan::bigint[])
       WITH ORDINALITY AS x (part, wanted, spare, plan, position);

-- row clearing_part (name text, wanted_minutes bigint, spare_minutes bigint, plan_minutes bigint)

-- query clearing_part_list (council bigint, clearing bigint) many clearing_part
SELECT coalesce(d.name, 'At any time') AS name, p.wanted_minutes,
       p.spare_minutes, p.plan_minutes
  FROM clearing_part p LEFT JOIN day_part d ON d.code = p.part_code
 WHERE p.council_id = :council AND p.clearing_id = :clearing
 ORDER BY p.position;

-- query clearing_change_add (council bigint, clearing bigint, labels text[], minutes bigint[], packages bigint[]) none
INSERT INTO clearing_change (council_id, clearing_id, position, label,
    more_minutes, more_packages)
SELECT :council, :clearing, x.position, x.label, x.minutes, x.packages
  FROM unnest(:labels::text[], :minutes::bigint[], :packages::bigint[])
       WITH ORDINALITY AS x (label, minutes, packages, position);

-- row clearing (id bigint, reference text, created_by text,
--   created_at timestamptz, travel_pence integer, bundle_kilometres integer?,
--   inputs_hash text, waiting_packages integer, waiting_minutes bigint,
--   plan_packages integer, plan_minutes bigint, plan_fit bigint,
--   plan_pence bigint, plan_metres bigint, single_packages integer,
--   single_minutes bigint, single_fit bigint, single_pence bigint,
--   single_metres bigint, bound_minutes bigint, is_best boolean)

-- query clearing_by_reference (council bigint, reference text) one clearing
SELECT c.id, c.reference, coalesce(u.name, '') AS created_by, c.created_at,
       c.travel_pence, c.bundle_kilometres, c.inputs_hash, c.waiting_packages,
       c.waiting_minutes, c.plan_packages, c.plan_minutes, c.plan_fit,
       c.plan_pence, c.plan_metres, c.single_packages, c.single_minutes,
       c.single_fit, c.single_pence, c.single_metres, c.bound_minutes,
       c.is_best
  FROM clearing c LEFT JOIN account u ON u.id = c.created_by_id
 WHERE c.council_id = :council AND c.reference = :reference;

-- query clearing_file (council bigint, reference text, name text) value text
-- One of the files that it was made from, or NULL.
SELECT CASE :name::text WHEN 'packages.csv' THEN c.packages_csv
           WHEN 'providers.csv' THEN c.providers_csv
           WHEN 'options.csv' THEN c.options_csv
           WHEN 'demands.csv' THEN nullif(c.demands_csv, '') END AS file
  FROM clearing c
 WHERE c.council_id = :council AND c.reference = :reference;

-- row clearing_line (position integer, package_id bigint,
--   package_reference text, package_version integer, area_name text,
--   weekly_minutes integer, option_count integer, organisation_id bigint?,
--   organisation_name text, fit_hundredths integer,
--   weekly_price_pence bigint, distance_metres integer, bundle integer?,
--   round_number integer?, bundle_reference text, is_changed boolean,
--   lacking_phrases text[])

-- query clearing_line_list (council bigint, clearing bigint) many clearing_line
-- is_changed: it, or another of its bundle, waits no more as it did, so that
-- nothing is sent from it. bundle_reference: of the offer that was sent.
SELECT l.position, l.package_id, k.reference AS package_reference,
       l.package_version, coalesce(a.name, '') AS area_name, l.weekly_minutes,
       l.option_count, l.organisation_id, l.organisation_name,
       l.fit_hundredths, l.weekly_price_pence, l.distance_metres, l.bundle,
       r.number AS round_number,
       coalesce((SELECT b.reference FROM offer f
          JOIN offer_bundle b ON b.council_id = f.council_id
           AND b.id = f.bundle_id
         WHERE f.council_id = r.council_id AND f.round_id = r.id), '')
           AS bundle_reference,
       bool_or(k.state <> 'waiting' OR k.version <> l.package_version
           OR EXISTS (SELECT FROM offer_round o
               WHERE o.council_id = k.council_id AND o.package_id = k.id
                 AND (o.settled_at IS NULL OR o.sent_at > c.created_at)))
           OVER (PARTITION BY coalesce(-l.bundle, l.position)) AS is_changed,
       ARRAY(SELECT d.phrase FROM day_part d
           WHERE d.code = ANY (l.lacking_parts) ORDER BY d.sort)
           AS lacking_phrases
  FROM clearing_line l
  JOIN clearing c ON c.council_id = l.council_id AND c.id = l.clearing_id
  JOIN package k ON k.council_id = l.council_id AND k.id = l.package_id
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
  LEFT JOIN offer_round r ON r.council_id = l.council_id AND r.id = l.round_id
 WHERE l.council_id = :council AND l.clearing_id = :clearing
 ORDER BY l.position;

-- query clearing_line_sent (council bigint, clearing bigint, position integer, round bigint) none
UPDATE clearing_line SET round_id = :round
 WHERE council_id = :council AND clearing_id = :clearing
   AND position = :position;

-- row clearing_change (label text, more_minutes bigint, more_packages bigint)

-- query clearing_change_list (council bigint, clearing bigint) many clearing_change
SELECT x.label, x.more_minutes, x.more_packages FROM clearing_change x
 WHERE x.council_id = :council AND x.clearing_id = :clearing
 ORDER BY x.position;

-- row clearing_summary (reference text, created_at timestamptz, created_by text, waiting_packages integer, plan_packages integer, plan_minutes bigint, sent bigint)

-- query clearing_recent_list (council bigint) many clearing_summary
-- The newest first.
SELECT c.reference, c.created_at, coalesce(u.name, '') AS created_by,
       c.waiting_packages, c.plan_packages, c.plan_minutes,
       (SELECT count(*) FROM clearing_line l
         WHERE l.council_id = c.council_id AND l.clearing_id = c.id
           AND l.round_id IS NOT NULL) AS sent
  FROM clearing c LEFT JOIN account u ON u.id = c.created_by_id
 WHERE c.council_id = :council
 ORDER BY c.created_at DESC, c.id DESC
 LIMIT 20;

-- row clearing_settings (travel_pence integer, bundle_kilometres integer?)

-- query clearing_settings_last (council bigint) one clearing_settings
-- What was asked for last, to begin with the next time.
SELECT c.travel_pence, c.bundle_kilometres FROM clearing c
 WHERE c.council_id = :council
 ORDER BY c.created_at DESC, c.id DESC
 LIMIT 1;
