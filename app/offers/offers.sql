-- Offers as the provider sees them: never a name, an address or a full
-- postcode; those come with the placement.

-- row offer_item (reference text, standing text, council_name text,
--   area_name text, sector text, group_label text,
--   service_kind_label text, weekly_minutes integer,
--   weekly_price_pence bigint?, sent_at timestamptz, reply_by timestamptz,
--   start_wanted_at timestamptz, start_offered_at timestamptz?,
--   replied_at timestamptz?, placement_reference text,
--   bundle_reference text, package_count bigint)
-- standing: as offer_standing() says. What is offered is that of the version
-- that was offered, whatever the package says since. A bundle that is open is
-- one row, of its first offer, with the sums of all; bundle_reference: else ''.

-- row offer_counts (todo bigint, history bigint)

-- query offer_count (organisation bigint, standing text) one offer_counts
-- What is open or waits for the council, and the rest; of the rest those of a
-- standing, or of any with ''. A bundle that is open counts as one.
SELECT count(DISTINCT CASE WHEN x.standing = 'sent'
               THEN coalesce(-x.bundle_id, x.id) ELSE x.id END) FILTER (
           WHERE x.standing IN ('sent', 'accepted', 'proposed')) AS todo,
       count(*) FILTER (
           WHERE x.standing NOT IN ('sent', 'accepted', 'proposed')
             AND :standing IN ('', x.standing)) AS history
  FROM (SELECT o.id, o.bundle_id,
               offer_standing(o.state, o.result, o.result_at, o.reply_by,
                   r.outcome, r.settled_at, (SELECT clock_now())) AS standing
          FROM offer o
          JOIN offer_round r ON r.council_id = o.council_id
           AND r.id = o.round_id
         WHERE o.organisation_id = :organisation) AS x;

-- query offer_open_count (organisation bigint, most bigint) value bigint
-- What the provider can still answer, counted no further than :most: every
-- page shows it. A bundle is one.
SELECT count(*)
  FROM (SELECT DISTINCT coalesce(-o.bundle_id, o.id) FROM offer o
         WHERE o.organisation_id = :organisation AND o.state = 'sent'
           AND o.reply_by > (SELECT clock_now())
         LIMIT :most) AS found;

-- query offer_todo_list (organisation bigint, offset bigint, limit bigint) many offer_item
-- What is open or waits for the council: soonest first, the open ones before.
WITH todo AS (
    SELECT o.*, CASE WHEN o.state = 'sent' THEN coalesce(-o.bundle_id, o.id)
               ELSE o.id END AS together
      FROM offer o
     WHERE o.organisation_id = :organisation
       AND (offer_state(o.state, o.reply_by, (SELECT clock_now())) = 'sent'
           OR (o.state = 'accepted' AND (o.result IS NULL
               OR o.result = 'proposed')))),
summed AS (
    SELECT min(t.id) AS id, count(*) AS package_count,
           sum(t.weekly_minutes)::integer AS weekly_minutes,
           sum(t.weekly_price_pence)::bigint AS weekly_price_pence,
           min(t.start_wanted_at) AS start_wanted_at, t.together
      FROM todo t
     GROUP BY t.together)
SELECT o.reference, coalesce(o.result, o.state) AS standing,
       c.name AS council_name, a.name AS area_name,
       n.document #>> '{place,sector}' AS sector, g.label AS group_label,
       s.label AS service_kind_label, x.weekly_minutes, x.weekly_price_pence,
       o.sent_at, o.reply_by, x.start_wanted_at, o.start_offered_at,
       o.replied_at, '' AS placement_reference,
       coalesce(CASE WHEN x.together < 0 THEN b.reference END, '')
           AS bundle_reference,
       x.package_count
  FROM summed x
  JOIN todo o ON o.id = x.id
  LEFT JOIN offer_bundle b ON b.council_id = o.council_id
   AND b.id = o.bundle_id
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
  JOIN council c ON c.id = o.council_id
  JOIN package_version n ON n.council_id = o.council_id
   AND n.package_id = o.package_id AND n.version = o.package_version
  JOIN framework f ON f.council_id = r.policy_council_id
   AND f.code = n.document #>> '{funding,framework}'
  JOIN area a ON a.council_id = f.council_id AND a.scheme_id = f.scheme_id
   AND a.code = n.document #>> '{place,area}'
  JOIN care_term g ON g.kind = 'service_user_group'
   AND g.code = n.document #>> '{group,group}'
  JOIN care_term s ON s.kind = 'service_kind'
   AND s.code = n.document #>> '{funding,service_kind}'
 ORDER BY o.state <> 'sent', o.reply_by, o.id
OFFSET :offset LIMIT :limit;

-- query offer_history_list (organisation bigint, standing text, offset bigint, limit bigint) many offer_item
-- The rest, the newest first. The page is cut before versions are read, as a
-- history grows long.
WITH standing AS (
    SELECT o.*, r.policy_council_id,
           offer_standing(o.state, o.result, o.result_at, o.reply_by,
               r.outcome, r.settled_at, (SELECT clock_now())) AS standing
      FROM offer o
      JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
     WHERE o.organisation_id = :organisation),
listed AS (
    SELECT * FROM standing o
     WHERE o.standing NOT IN ('sent', 'accepted', 'proposed')
       AND :standing IN ('', o.standing)
     ORDER BY o.sent_at DESC, o.id DESC
    OFFSET :offset LIMIT :limit)
SELECT o.reference, o.standing, c.name AS council_name, a.name AS area_name,
       n.document #>> '{place,sector}' AS sector, g.label AS group_label,
       s.label AS service_kind_label, o.weekly_minutes, o.weekly_price_pence,
       o.sent_at, o.reply_by, o.start_wanted_at, o.start_offered_at,
       o.replied_at, coalesce(p.reference, '') AS placement_reference,
       '' AS bundle_reference, 1::bigint AS package_count
  FROM listed o
  JOIN council c ON c.id = o.council_id
  JOIN package_version n ON n.council_id = o.council_id
   AND n.package_id = o.package_id AND n.version = o.package_version
  JOIN framework f ON f.council_id = o.policy_council_id
   AND f.code = n.document #>> '{funding,framework}'
  JOIN area a ON a.council_id = f.council_id AND a.scheme_id = f.scheme_id
   AND a.code = n.document #>> '{place,area}'
  JOIN care_term g ON g.kind = 'service_user_group'
   AND g.code = n.document #>> '{group,group}'
  JOIN care_term s ON s.kind = 'service_kind'
   AND s.code = n.document #>> '{funding,service_kind}'
  LEFT JOIN placement p ON p.council_id = o.council_id AND p.offer_id = o.id
 ORDER BY o.sent_at DESC, o.id DESC;

-- row offer_page (id bigint, council_id bigint, round_id bigint,
--   package_id bigint, package_version integer, package_reference text,
--   reference text,
--   organisation_name text, standing text, result_reason text,
--   is_settled boolean, sent_at timestamptz, reply_by timestamptz,
--   viewed_at timestamptz?, replied_at timestamptz?, told_by text,
--   start_wanted_at timestamptz, start_offered_at timestamptz?,
--   introduced_at timestamptz?, offered_rate_pence bigint?, decline_reason text, note text,
--   council_name text, framework_name text, area_name text, sector text,
--   rurality text, group_label text, age_label text,
--   service_kind_label text, complexity text, urgency text, know_before text, smoker text,
--   pets text, weekly_minutes integer, weekly_price_pence bigint?,
--   policy_document text, rate_pence bigint, individual_pence bigint?,
--   placement_reference text,
--   placement_starts_at timestamptz?, placement_state text,
--   distance_metres integer?, grams_per_kilometre integer,
--   factor_source text, bundle_reference text)

-- query offer_by_reference (reference text, organisation bigint?, council bigint?) one offer_page
-- Seen by the provider it was sent to, and by the council; what it says is
-- the version that was offered, whatever the package says since.
SELECT o.id, o.council_id, o.round_id, o.package_id, o.package_version,
       k.reference AS package_reference, o.reference,
       org.name AS organisation_name,
       offer_standing(o.state, o.result, o.result_at, o.reply_by, r.outcome,
           r.settled_at, clock_now()) AS standing,
       o.result_reason, r.settled_at IS NOT NULL AS is_settled, o.sent_at,
       o.reply_by, o.viewed_at, o.replied_at, o.told_by, o.start_wanted_at,
       o.start_offered_at, o.introduced_at,
       o.rate_pence AS offered_rate_pence,
       coalesce(d.label, '') AS decline_reason, o.note,
       c.name AS council_name, f.name AS framework_name,
       a.name AS area_name, n.document #>> '{place,sector}' AS sector,
       n.document #>> '{place,rurality}' AS rurality,
       g.label AS group_label,
       coalesce(age.label, '') AS age_label, s.label AS service_kind_label,
       coalesce(n.document #>> '{complexity}', 'ordinary') AS complexity,
       n.document #>> '{start,urgency}' AS urgency,
       n.document #>> '{before_coming,text}' AS know_before,
       CASE n.document #>> '{before_coming,smoker}' WHEN 'true' THEN 'Yes'
           WHEN 'false' THEN 'No' ELSE 'Not known' END AS smoker,
       CASE n.document #>> '{before_coming,pets}' WHEN 'true' THEN 'Yes'
           WHEN 'false' THEN 'No' ELSE 'Not known' END AS pets,
       o.weekly_minutes, o.weekly_price_pence,
       v.document::text AS policy_document,
       coalesce(o.priced_rate_pence, m.hourly_rate_pence,
           rate_card_hourly(f.council_id, card.id, a.name,
               n.document #>> '{place,rurality}',
               ARRAY[g.label, s.label] || ARRAY(SELECT t.label
                   FROM jsonb_array_elements(n.document -> 'needs') AS x
                   JOIN care_term t ON t.kind = x ->> 'kind'
                    AND t.code = x ->> 'code')), 0) AS rate_pence,
       r.individual_pence,
       coalesce(p.reference, '') AS placement_reference,
       p.starts_at AS placement_starts_at,
       coalesce(placement_state(p.state, p.starts_at, clock_now()), '')
           AS placement_state,
       o.distance_metres,
       coalesce(travel.grams_per_kilometre, 0) AS grams_per_kilometre,
       coalesce(travel.source, '') AS factor_source,
       coalesce(b.reference, '') AS bundle_reference
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
  JOIN organisation org ON org.id = o.organisation_id
  JOIN council c ON c.id = o.council_id
  JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
  JOIN package_version n ON n.council_id = o.council_id
   AND n.package_id = o.package_id AND n.version = o.package_version
  JOIN framework f ON f.council_id = r.policy_council_id
   AND f.code = n.document #>> '{funding,framework}'
  JOIN policy_version v ON v.council_id = r.policy_council_id
   AND v.id = r.policy_version_id
  JOIN area a ON a.council_id = f.council_id AND a.scheme_id = f.scheme_id
   AND a.code = n.document #>> '{place,area}'
  JOIN care_term g ON g.kind = 'service_user_group'
   AND g.code = n.document #>> '{group,group}'
  JOIN care_term s ON s.kind = 'service_kind'
   AND s.code = n.document #>> '{funding,service_kind}'
  LEFT JOIN care_term age ON age.kind = 'age_band'
   AND age.code = n.document #>> '{group,age_band}'
  LEFT JOIN care_term d ON d.id = o.decline_reason_id
  LEFT JOIN LATERAL (
      SELECT e.grams_per_kilometre, e.source FROM travel_factor e
       WHERE e.effective_on <= (o.sent_at AT TIME ZONE 'Europe/London')::date
       ORDER BY e.effective_on DESC LIMIT 1) AS travel ON true
  LEFT JOIN framework_member m ON m.council_id = o.member_council_id
   AND m.id = o.member_id
  LEFT JOIN LATERAL (
      SELECT x.id FROM rate_card x
       WHERE x.council_id = f.council_id AND x.code = f.rate_card_code
         AND x.effective_on <= (o.sent_at AT TIME ZONE 'Europe/London')::date
       ORDER BY x.effective_on DESC LIMIT 1) AS card ON true
  LEFT JOIN placement p ON p.council_id = o.council_id AND p.offer_id = o.id
  LEFT JOIN offer_bundle b ON b.council_id = o.council_id
   AND b.id = o.bundle_id
 WHERE o.reference = :reference
   AND (o.organisation_id = :organisation::bigint
       OR o.council_id = :council::bigint);

-- row offer_need (kind text, label text, is_must boolean)

-- query offer_need_list (council bigint, package bigint) many offer_need
SELECT t.kind, t.label, n.is_must
  FROM package_need n
  JOIN care_term t ON t.id = n.term_id
 WHERE n.council_id = :council AND n.package_id = :package
 ORDER BY NOT n.is_must, t.kind, t.sort;

-- row offer_outcome (text text)

-- query offer_need_list_of_version (council bigint, package bigint, version integer) many offer_need
-- The needs as a version of the package keeps them: what was offered.
SELECT t.kind, t.label, n.must AS is_must
  FROM package_version p
 CROSS JOIN LATERAL jsonb_to_recordset(p.document -> 'needs')
      AS n (kind text, code text, must boolean)
  JOIN care_term t ON t.kind = n.kind AND t.code = n.code
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.version = :version
 ORDER BY NOT n.must, t.kind, t.sort;

-- query offer_outcome_list (council bigint, package bigint) many offer_outcome
SELECT w.text FROM outcome_wanted w
 WHERE w.council_id = :council AND w.package_id = :package
 ORDER BY w.sort, w.id;

-- query offer_outcome_list_of_version (council bigint, package bigint, version integer) many offer_outcome
SELECT w.text
  FROM package_version p
 CROSS JOIN LATERAL jsonb_array_elements_text(p.document -> 'outcomes')
      WITH ORDINALITY AS w (text, place)
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.version = :version
 ORDER BY w.place;

-- query offer_view (council bigint, offer bigint) none
-- Its first look at the offer.
UPDATE offer o SET viewed_at = clock_now()
 WHERE o.council_id = :council AND o.id = :offer AND o.viewed_at IS NULL;
