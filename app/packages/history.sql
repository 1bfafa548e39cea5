-- What happened to a package, newest first.

-- row package_event (at timestamptz, kind text, who text, subject text,
--   detail text, number bigint?, other_at timestamptz?, total bigint)
-- What who, subject, detail, number and other_at are depends on the kind:
-- created; version (number, detail: sections changed, subject: needs, if a
-- change of needs began it); wait (detail: reason,
-- number: minutes unmet, other_at: its end); sent (number: of the round,
-- detail: providers asked, other_at: reply by); settled (number, detail:
-- outcome); reply (subject: provider, detail: accepted or declined, other_at:
-- start offered); result (subject, detail); placed (subject, other_at: start);
-- ended (subject, detail: reason); finished (detail: state, subject: reason).

-- query package_event_list (council bigint, package bigint, page integer, size integer) many package_event
-- One page; beyond the last it is the last. total: how many there are.
WITH the AS (
	SELECT k.* FROM package k
	 WHERE k.council_id = :council AND k.id = :package
), e AS (
    SELECT 1 AS place, k.created_at AS at, 'created' AS kind,
           k.created_by_id AS who_id, '' AS subject, '' AS detail,
           NULL::bigint AS number, NULL::timestamptz AS other_at
      FROM the k
    UNION ALL
    SELECT 2, v.created_at, 'version', v.created_by_id,
           CASE WHEN v.is_change_of_needs THEN 'needs' ELSE '' END,
           coalesce((SELECT string_agg(m.key, ',' ORDER BY m.key)
               FROM jsonb_each(v.document) AS m
              WHERE m.value IS DISTINCT FROM b.document -> m.key
                AND b.document IS NOT NULL), ''),
           v.version, NULL
      FROM the k
      JOIN package_version v ON v.council_id = k.council_id
       AND v.package_id = k.id
      LEFT JOIN package_version b ON b.council_id = v.council_id
       AND b.package_id = v.package_id AND b.version = v.version - 1
    UNION ALL
    SELECT 3, w.from_at, 'wait', NULL, '', w.reason,
           greatest(w.minutes_wanted - w.minutes_in_place, 0), w.until_at
      FROM the k
      JOIN package_wait w ON w.council_id = k.council_id
       AND w.package_id = k.id
    UNION ALL
    SELECT 4, o.sent_at, 'sent', o.sent_by_id, '',
           (SELECT count(*)::text FROM offer f
             WHERE f.council_id = o.council_id AND f.round_id = o.id),
           o.number, o.reply_by
      FROM the k
      JOIN offer_round o ON o.council_id = k.council_id
       AND o.package_id = k.id
    UNION ALL
    SELECT 7, o.settled_at, 'settled', NULL, '', o.outcome, o.number, NULL
      FROM the k
      JOIN offer_round o ON o.council_id = k.council_id
       AND o.package_id = k.id AND o.settled_at IS NOT NULL
    UNION ALL
    SELECT 5, f.replied_at, 'reply', f.replied_by_id, g.name, f.state,
           NULL, f.start_offered_at
      FROM the k
      JOIN offer f ON f.council_id = k.council_id AND f.package_id = k.id
       AND f.replied_at IS NOT NULL
      JOIN organisation g ON g.id = f.organisation_id
    UNION ALL
    SELECT 6, f.result_at, 'result', NULL, g.name,
           coalesce(f.result, f.state), NULL, NULL
      FROM the k
      JOIN offer f ON f.council_id = k.council_id AND f.package_id = k.id
       AND f.result_at IS NOT NULL
      JOIN organisation g ON g.id = f.organisation_id
    UNION ALL
    SELECT 8, p.created_at, 'placed', NULL, g.name, '', NULL, p.starts_at
      FROM the k
      JOIN placement p ON p.council_id = k.council_id
       AND p.package_id = k.id
      JOIN organisation g ON g.id = p.organisation_id
    UNION ALL
    SELECT 9, p.ended_at, 'ended', NULL, g.name, p.end_reason, NULL, NULL
      FROM the k
      JOIN placement p ON p.council_id = k.council_id
       AND p.package_id = k.id AND p.ended_at IS NOT NULL
      JOIN organisation g ON g.id = p.organisation_id
    UNION ALL
    SELECT 10, k.changed_at, 'finished', NULL, k.closed_reason, k.state,
           NULL, NULL
      FROM the k
     WHERE k.state IN ('closed', 'cancelled')
)
SELECT e.at, e.kind, coalesce(u.name, '') AS who, e.subject, e.detail,
       e.number, e.other_at, c.total
  FROM e
 CROSS JOIN (SELECT count(*) AS total FROM e) AS c
  LEFT JOIN account u ON u.id = e.who_id
 ORDER BY e.at DESC, e.place DESC, e.number DESC, e.subject, e.detail
OFFSET (SELECT greatest(least(:page::bigint,
           (count(*) + :size - 1) / :size), 1) - 1 FROM e) * :size
 LIMIT :size;

-- row asked_provider (organisation_reference text, name text, offer_reference text, state text, result text, start_offered_at timestamptz?, replied_at timestamptz?)

-- query package_asked_list (council bigint, package bigint) many asked_provider
-- Providers asked in the live round, in the order of the ranking.
SELECT g.reference AS organisation_reference, g.name,
       f.reference AS offer_reference,
       offer_state(f.state, f.reply_by, clock_now()) AS state,
       coalesce(f.result, '') AS result, f.start_offered_at, f.replied_at
  FROM offer_round o
  JOIN offer f ON f.council_id = o.council_id AND f.round_id = o.id
  JOIN organisation g ON g.id = f.organisation_id
 WHERE o.council_id = :council AND o.package_id = :package
   AND o.settled_at IS NULL
 ORDER BY f.position;

-- row package_placement (reference text, organisation_reference text, name text, state text, is_interim boolean, starts_at timestamptz, ends_at timestamptz?, weekly_minutes integer)

-- query package_placement_list (council bigint, package bigint) many package_placement
SELECT p.reference, g.reference AS organisation_reference, g.name,
       placement_state(p.state, p.starts_at, clock_now()) AS state,
       p.is_interim, p.starts_at, p.ends_at, p.weekly_minutes
  FROM placement p
  JOIN organisation g ON g.id = p.organisation_id
 WHERE p.council_id = :council AND p.package_id = :package
   AND p.state <> 'ended'
 ORDER BY p.is_interim, p.starts_at;
