-- The broker's board, in three statements: counts, one page, who works here.

-- row board_counts (draft bigint, waiting bigint, offered bigint, placed bigint, closed bigint, cancelled bigint)

-- query board_counts (council bigint) one board_counts
-- Only packages that wait have live rounds.
WITH live AS (
	SELECT count(*) AS rounds FROM offer_round o
	 WHERE o.council_id = :council AND o.settled_at IS NULL
)
SELECT count(*) FILTER (WHERE k.state = 'draft') AS draft,
       count(*) FILTER (WHERE k.state = 'waiting')
           - (SELECT rounds FROM live) AS waiting,
       (SELECT rounds FROM live) AS offered,
       count(*) FILTER (WHERE k.state = 'placed') AS placed,
       count(*) FILTER (WHERE k.state = 'closed') AS closed,
       count(*) FILTER (WHERE k.state = 'cancelled') AS cancelled
  FROM package k
 WHERE k.council_id = :council;

-- row board_line (reference text, state text, urgency text, weekly_minutes integer,
--   area text, group_label text, person_number text, assigned_reference text,
--   assigned_name text, is_mine boolean, reply_by timestamptz?, asked bigint,
--   answered bigint, accepted bigint, proposed bigint, start_wanted_at timestamptz?,
--   waiting_since timestamptz?, total bigint)

-- query board_page (council bigint, account bigint, kept text[], states text[], area text, group_code text, urgency text, assigned text, search text, name text, offset bigint, limit bigint) many board_line
-- One page, urgent first, then by the time left, then by the time waited.
-- `kept` are the states as rows have them, which the index finds; `states`
-- those that are shown. Empty texts do not filter; `name` is the beginning of
-- the person's. The inner query finds the
-- rows by narrow columns; only those of the page are dressed.
SELECT line.reference, line.state, line.urgency, line.weekly_minutes,
       coalesce(a.name, '') AS area, coalesce(t.label, '') AS group_label,
       coalesce(s.person_number, '') AS person_number,
       coalesce(u.reference, '') AS assigned_reference,
       coalesce(u.name, '') AS assigned_name,
       coalesce(line.assigned_account_id = :account, false) AS is_mine,
       line.reply_by, coalesce(f.asked, 0) AS asked,
       coalesce(f.answered, 0) AS answered,
       coalesce(f.accepted, 0) AS accepted,
       coalesce(f.proposed, 0) AS proposed, line.start_wanted_at,
       line.waiting_since, line.total
  FROM (
    SELECT k.council_id, k.id, k.reference,
           CASE WHEN o.id IS NULL THEN k.state ELSE 'offered' END AS state,
           coalesce(k.urgency, '') AS urgency, k.weekly_minutes,
           k.framework_council_id, k.area_id, k.group_id, k.person_id,
           k.assigned_account_id, k.start_wanted_at, k.waiting_since,
           o.id AS round_id, o.reply_by, count(*) OVER () AS total
      FROM package k
      LEFT JOIN offer_round o ON o.council_id = k.council_id
       AND o.package_id = k.id AND o.settled_at IS NULL
     WHERE k.council_id = :council AND k.state = ANY (:kept)
       AND CASE WHEN o.id IS NULL THEN k.state ELSE 'offered' END
           = ANY (:states)
       AND (:urgency = '' OR k.urgency = :urgency)
       AND (:group_code = '' OR k.group_id = (SELECT g.id FROM care_term g
               WHERE g.kind = 'service_user_group' AND g.code = :group_code))
       AND (:area = '' OR EXISTS (SELECT FROM area x
               WHERE x.council_id = k.framework_council_id
                 AND x.id = k.area_id AND x.code = :area))
       AND CASE :assigned WHEN '' THEN true
               WHEN 'me' THEN k.assigned_account_id = :account
               WHEN 'nobody' THEN k.assigned_account_id IS NULL
               ELSE k.assigned_account_id = (SELECT w.id FROM account w
                   WHERE w.reference = :assigned) END
       AND (:search = '' OR k.reference = upper(:search)
           OR EXISTS (SELECT FROM person x
               WHERE x.council_id = k.council_id AND x.id = k.person_id
                 AND lower(x.person_number) = lower(:search)))
       AND (:name = '' OR EXISTS (SELECT FROM person x
               WHERE x.council_id = k.council_id AND x.id = k.person_id
                 AND (starts_with(lower(x.family_name || ' ' || x.given_name),
                         lower(:name))
                     OR starts_with(lower(x.given_name || ' '
                         || x.family_name), lower(:name))
                     OR starts_with(lower(x.called), lower(:name)))))
     ORDER BY k.state IN ('closed', 'cancelled'), k.state = 'placed',
           k.urgency IS DISTINCT FROM 'rapid', o.reply_by NULLS LAST,
           k.waiting_since NULLS LAST, k.id
     LIMIT :limit OFFSET :offset
  ) AS line
  LEFT JOIN LATERAL (
    SELECT count(*) AS asked,
           count(*) FILTER (WHERE p.state IN ('accepted', 'declined'))
               AS answered,
           count(*) FILTER (WHERE p.state = 'accepted') AS accepted,
           count(*) FILTER (WHERE p.result = 'proposed') AS proposed
      FROM offer p
     WHERE p.council_id = line.council_id AND p.round_id = line.round_id
  ) AS f ON line.round_id IS NOT NULL
  LEFT JOIN person s ON s.council_id = line.council_id
   AND s.id = line.person_id
  LEFT JOIN area a ON a.council_id = line.framework_council_id
   AND a.id = line.area_id
  LEFT JOIN care_term t ON t.id = line.group_id
  LEFT JOIN account u ON u.id = line.assigned_account_id
 ORDER BY line.state IN ('closed', 'cancelled'), line.state = 'placed',
       line.urgency <> 'rapid', line.reply_by NULLS LAST,
       line.waiting_since NULLS LAST, line.id;

-- row board_area (code text, name text)

-- query board_area_list (council bigint) many board_area
-- Areas of the frameworks that this council calls off from.
SELECT a.code, min(a.name) AS name
  FROM framework_partner p
  JOIN framework f ON f.council_id = p.council_id AND f.id = p.framework_id
  JOIN area a ON a.council_id = f.council_id AND a.scheme_id = f.scheme_id
 WHERE p.partner_council_id = :council
 GROUP BY a.code
 ORDER BY min(a.sort), min(a.name);
