-- Placements of the last half year that came before Hearth and so have no
-- rounds: first, since the order of a ranking goes by the last award.

-- Providers for the packages of before, and for care that is in place while
-- people wait: any that serves the area and the group; reablement by those
-- who do reablement.
CREATE TEMPORARY TABLE demo_carer ON COMMIT DROP AS
SELECT p.key, m.*
  FROM (SELECT p.*, CASE WHEN p.part <> 3 AND p.reason = 'leaving_reablement'
               THEN 'reablement' ELSE 'support_at_home' END AS kind
          FROM demo_package p
         WHERE p.part = 3 OR (p.state = 'waiting' AND p.minutes_in_place > 0))
       AS p
  JOIN LATERAL (
    SELECT m.council_id AS member_council_id, m.id AS member_id,
           m.organisation_id, m.hourly_rate_pence AS rate
      FROM framework_member m
     WHERE m.council_id = p.framework_council_id
       AND m.framework_id = p.framework_id AND m.state = 'active'
       AND (m.is_current_provider OR m.monitoring_visit_passed_on IS NOT NULL)
       AND (m.has_all_areas OR EXISTS (SELECT FROM member_area a
           WHERE a.council_id = m.council_id AND a.member_id = m.id
             AND a.area_id = p.area_id))
       AND EXISTS (SELECT FROM member_term t
           WHERE t.council_id = m.council_id AND t.member_id = m.id
             AND t.term_id = pg_temp.term('service_user_group', p."group"))
     ORDER BY NOT EXISTS (SELECT FROM member_term t
           WHERE t.council_id = m.council_id AND t.member_id = m.id
             AND t.term_id = pg_temp.term('service_kind', p.kind)),
           md5(p.key || m.organisation_id)
     LIMIT 1) AS m ON true;

INSERT INTO placement (council_id, reference, package_id, person_id,
    organisation_id, member_council_id, member_id, state, terms, starts_at,
    ended_at, end_reason, weekly_minutes, weekly_price_pence, rate_pence,
    created_at)
SELECT p.council_id, pg_temp.reference_of('L', p.key), p.id, p.person_id,
       m.organisation_id, m.member_council_id, m.member_id,
       CASE p.state WHEN 'closed' THEN 'ended' ELSE 'started' END, 'old',
       p.care_at,
       CASE WHEN p.state = 'closed' THEN p.care_at + interval '1 day'
           * (40 + pg_temp.choice(40, 'ended', p.key)) END,
       CASE WHEN p.state = 'closed' THEN p.closed_reason ELSE '' END,
       k.weekly_minutes,
       pg_temp.week_price(k.council_id, k.id, p.framework_council_id,
           p.rate_card_code, m.rate),
       m.rate, p.care_at - interval '1 day'
  FROM demo_package p
  JOIN demo_carer m USING (key)
  JOIN package k ON k.council_id = p.council_id AND k.id = p.id
 WHERE p.part = 3;
