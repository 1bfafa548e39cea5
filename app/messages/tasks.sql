-- What staff must do by hand.

-- row task_counts (open bigint, mine bigint, done bigint)

-- query task_counts (council bigint, account bigint) one task_counts
-- Mine: of packages that are assigned to me. Done: within the last week.
SELECT count(*) FILTER (WHERE t.done_at IS NULL) AS open,
       count(*) FILTER (WHERE t.done_at IS NULL
           AND k.assigned_account_id = :account) AS mine,
       count(*) FILTER (WHERE t.done_at IS NOT NULL) AS done
  FROM task t
  LEFT JOIN package k ON k.council_id = t.council_id AND k.id = t.package_id
 WHERE t.council_id = :council
   AND (t.done_at IS NULL
       OR t.done_at >= (SELECT clock_now()) - interval '7 days');

-- query task_open_count (council bigint, most bigint) value bigint
-- What is open, counted no further than :most: every page shows it.
SELECT count(*)
  FROM (SELECT FROM task t
         WHERE t.council_id = :council AND t.done_at IS NULL
         LIMIT :most) AS found;

-- row task_line (reference text, kind text, note text, due_by timestamptz?, done_at timestamptz?, done_by text, package_reference text, offer_reference text, provider text, provider_reference text, telephones text, total bigint)

-- query task_page (council bigint, account bigint, view text, offset bigint, limit bigint) many task_line
-- view is '', 'mine' or 'done'; what is due first comes first, what was done
-- last comes first. The telephones are those of the people who get offers,
-- else of anybody there.
SELECT line.reference, line.kind, line.note, line.due_by, line.done_at,
       CASE WHEN line.done_at IS NULL THEN ''
            ELSE coalesce(u.name, 'Hearth') END AS done_by,
       coalesce(line.package_reference, '') AS package_reference,
       coalesce(o.reference, '') AS offer_reference,
       coalesce(g.name, '') AS provider,
       coalesce(g.reference, '') AS provider_reference,
       coalesce(c.telephones, '') AS telephones, line.total
  FROM (
	SELECT t.*, k.reference AS package_reference,
	       count(*) OVER () AS total,
	       row_number() OVER (ORDER BY t.done_at DESC,
	           t.due_by NULLS LAST, t.created_at, t.id) AS place
	  FROM task t
	  LEFT JOIN package k ON k.council_id = t.council_id
	   AND k.id = t.package_id
	 WHERE t.council_id = :council
	   AND CASE :view WHEN 'done' THEN
	           t.done_at >= (SELECT clock_now()) - interval '7 days'
	       WHEN 'mine' THEN t.done_at IS NULL
	           AND k.assigned_account_id = :account
	       ELSE t.done_at IS NULL END
	 ORDER BY place
	OFFSET :offset LIMIT :limit) AS line
  LEFT JOIN offer o ON o.council_id = line.council_id AND o.id = line.offer_id
  LEFT JOIN organisation g ON g.id = line.organisation_id
  LEFT JOIN account u ON u.id = line.done_by_id
  LEFT JOIN LATERAL (
	SELECT string_agg(n.name || ' ' || n.telephone, ', ' ORDER BY n.id)
	           AS telephones
	  FROM (SELECT x.id, x.name, x.telephone, x.gets_offers,
	               bool_or(x.gets_offers) OVER () AS is_anybody_told
	          FROM organisation_contact x
	         WHERE x.organisation_id = line.organisation_id
	           AND x.is_active AND x.telephone <> '') AS n
	 WHERE n.gets_offers OR NOT n.is_anybody_told) AS c ON true
 ORDER BY line.place;

-- query task_done (council bigint, reference text, account bigint) none
-- Done by that person; 0 when it was done before or is not of this council.
UPDATE task SET done_at = clock_now(), done_by_id = :account
 WHERE council_id = :council AND reference = :reference AND done_at IS NULL;
