-- The gates of the frameworks and the facts that providers are held against:
-- most pass, some have an insurance that ends soon, one is paused by its
-- rating, one passes from the day on which it has been registered for a year.
INSERT INTO framework_gate (council_id, framework_id, sort, name, fact_kind,
    test, threshold, alternatives, counts_without_value, asked_of, starts_on)
SELECT f.council_id, f.id, g.sort, g.name, g.fact, g.test, g.threshold,
       g.alternatives::text[], g.fact = 'rating', g.asked, f.starts_on
  FROM (VALUES
       ('support-at-home', 10, 'CQC registration', 'registration', 'held_for',
        0, '{}', 'all'),
       ('support-at-home', 20, 'Registered for a year', 'registration',
        'held_for', 12, '{corporate_experience}', 'all'),
       ('support-at-home', 30, 'CQC rating', 'rating', 'at_least', 2,
        '{rating_reason,corporate_experience}', 'all'),
       ('support-at-home', 40, 'Staff training', 'training', 'at_least', 1,
        '{}', 'all'),
       ('support-at-home', 50, 'Hours a week', 'weekly_hours', 'at_least', 200,
        '{}', 'others'),
       ('support-at-home', 60, 'Public liability insurance',
        'public_liability', 'at_least', 10000000, '{}', 'all'),
       ('support-at-home', 70, 'Employer’s liability insurance',
        'employers_liability', 'at_least', 10000000, '{}', 'all'),
       ('support-at-home', 80, 'Professional liability insurance',
        'professional_liability', 'at_least', 5000000, '{}', 'all'),
       ('support-at-home', 90, 'Medical malpractice insurance',
        'medical_malpractice', 'at_least', 10000000, '{}', 'all'),
       ('support-at-home', 100, 'Electronic monitoring',
        'electronic_monitoring', 'at_least', 1, '{}', 'all'),
       ('support-at-home', 110, 'Financial assessment',
        'financial_assessment', 'at_least', 1, '{}', 'all'),
       ('support-at-home', 120, 'Micro-enterprise', 'people_supported',
        'at_most', 2, '{}', 'micro_enterprises'),
       ('support-at-home', 130, 'Suspension', 'suspension', 'absent', 0, '{}',
        'all'),
       ('dps-2017', 10, 'Public liability insurance', 'public_liability',
        'at_least', 5000000, '{}', 'all'),
       ('dps-2017', 20, 'Micro-enterprise', 'people_supported', 'at_most', 2,
        '{}', 'micro_enterprises'))
       AS g (framework, sort, name, fact, test, threshold, alternatives, asked)
  JOIN framework f ON f.code = g.framework;

-- Who has had what accepted, and which insurances end soon: of a provider
-- that is not named they end within four to ten months.
CREATE TEMPORARY TABLE demo_insurance ON COMMIT DROP AS
SELECT m.council, m.provider, i.kind, i.pounds,
       coalesce(e.days, 120 + pg_temp.choice(180, 'insurance', i.kind,
           m.provider)) AS days_left
  FROM demo_members m
  JOIN (VALUES ('public_liability', 10000000),
       ('employers_liability', 10000000),
       ('professional_liability', 5000000),
       ('medical_malpractice', 10000000)) AS i (kind, pounds)
    ON m.council = 'hertfordshire' OR i.kind = 'public_liability'
  LEFT JOIN (VALUES ('velvet-magpie', 'public_liability', 5),
       ('cobalt-acorn', 'employers_liability', 24),
       ('kingcup-acorn', 'professional_liability', 51),
       ('harlequin-larkspur', 'medical_malpractice', 47),
       ('marzipan-otter', 'public_liability', -9)) AS e (provider, kind, days)
    ON e.provider = m.provider AND e.kind = i.kind
   AND m.council = 'hertfordshire';
UPDATE demo_insurance SET days_left = 330 WHERE provider = 'thimble-larkspur';

CREATE TEMPORARY TABLE demo_provider_fact ON COMMIT DROP AS
SELECT i.council, i.provider, i.kind, i.pounds AS value,
       i.days_left - 364 AS from_days, i.days_left AS until_days,
       'Certificate ' || (1000 + pg_temp.choice(9000, 'certificate', i.kind,
           i.provider)) AS source, '' AS reason
  FROM demo_insurance i
UNION ALL
SELECT m.council, m.provider, f.kind,
       CASE f.kind WHEN 'weekly_hours' THEN 200 + 10 * pg_temp.choice(60,
           'hours', m.provider) ELSE 1 END,
       -m.joined_days_ago - 30, NULL, f.source, ''
  FROM demo_members m
 CROSS JOIN (VALUES ('weekly_hours', 'Tender, stage 1'),
       ('training', 'Training matrix with the tender'),
       ('electronic_monitoring', 'Monitoring system checked on site'),
       ('financial_assessment', 'Decision of the finance team'))
       AS f (kind, source)
 WHERE m.council = 'hertfordshire'
UNION ALL
SELECT m.council, m.provider, 'corporate_experience', 1,
       -m.joined_days_ago - 20, NULL, 'Tender, stage 1',
       'Registered elsewhere for over three years with the same manager'
  FROM demo_members m
  JOIN demo_providers p ON p.code = m.provider
 WHERE m.council = 'hertfordshire' AND p.registered_days_ago < 366
   AND p.code <> 'thimble-larkspur'
UNION ALL
SELECT m.council, m.provider, 'rating_reason', 1, -m.joined_days_ago - 20,
       NULL, 'Letter of the CQC', 'Not yet inspected at this location'
  FROM demo_members m
  JOIN demo_providers p ON p.code = m.provider
 WHERE m.council = 'hertfordshire' AND p.cqc_rating IS NULL
UNION ALL
SELECT m.council, m.provider, 'people_supported', 2, -m.joined_days_ago, NULL,
       'Tender, stage 1', ''
  FROM demo_members m
  JOIN demo_providers p ON p.code = m.provider
 WHERE p.kind = 'micro_enterprise';

INSERT INTO provider_fact (council_id, organisation_id, kind, value,
    valid_from, valid_until, source, reason, entered_by_id, entered_at)
SELECT c.id, o.id, d.kind, d.value, k.today + d.from_days,
       k.today + d.until_days, d.source, d.reason, a.id,
       k.now + greatest(d.from_days, -395) * interval '1 day'
  FROM demo_provider_fact d
  JOIN council c ON c.code = d.council
  JOIN demo_organisation o ON o.code = d.provider
  LEFT JOIN account a ON a.email = 'commissioner@' || d.council || '.example'
 CROSS JOIN demo_clock k;

-- Renewals that wait for the council.
INSERT INTO fact_renewal (council_id, organisation_id, kind, value,
    valid_from, valid_until, source, submitted_by_id, submitted_at)
SELECT c.id, o.id, w.kind, w.pounds, k.today + w.days, k.today + w.days + 364,
       w.source, a.id, k.now - interval '20 hours'
  FROM (VALUES ('hertfordshire', 'harlequin-larkspur', 'medical_malpractice',
           10000000, 48, 'Test Mutual, policy TM-2041'),
       ('cambridgeshire', 'tinsel-teapot', 'public_liability', 5000000, 120,
           'Test Mutual, policy TM-1177'))
       AS w (council, provider, kind, pounds, days, source)
  JOIN council c ON c.code = w.council
  JOIN demo_organisation o ON o.code = w.provider
  LEFT JOIN account a ON a.email = 'owner@' || w.provider || '.example'
 CROSS JOIN demo_clock k;
INSERT INTO task (council_id, kind, organisation_id, note, created_at)
SELECT w.council_id, 'accept_renewal', w.organisation_id,
       'An insurance has been renewed', w.submitted_at
  FROM fact_renewal w;

-- One was paused for a week while its monitoring system was replaced.
INSERT INTO gate_event (council_id, member_id, service_kind_id, on_day,
    is_open, text, recorded_at)
SELECT m.council_id, m.id, t.id, k.today - e.days, e.is_open,
       CASE WHEN e.is_open THEN 'Every gate is passed'
            ELSE 'Electronic monitoring: Failed, asks it to be accepted: '
                || 'electronic monitoring: no (Report of the system), from '
                || to_char(k.today - e.days, 'FMDD FMMonth YYYY') END,
       k.now - e.days * interval '1 day'
  FROM demo_member m
  JOIN member_term x ON x.council_id = m.council_id AND x.member_id = m.id
  JOIN care_term t ON t.id = x.term_id AND t.kind = 'service_kind'
 CROSS JOIN demo_clock k
 CROSS JOIN (VALUES (400, true), (40, false), (33, true)) AS e (days, is_open)
 WHERE m.provider = 'quill-kettle' AND m.council = 'hertfordshire'
 ORDER BY e.days DESC, t.sort;
INSERT INTO gate_standing (council_id, member_id, service_kind_id, is_open,
    since_on, checked_on)
SELECT e.council_id, e.member_id, e.service_kind_id, true, max(e.on_day),
       k.today - 1
  FROM gate_event e CROSS JOIN demo_clock k
 GROUP BY e.council_id, e.member_id, e.service_kind_id, k.today;

-- Whom the gates close, in the words of app/matching, for 70_matches.sql.
CREATE TEMPORARY TABLE demo_gate_fault ON COMMIT DROP AS
SELECT m.council_id, m.id AS member_id,
       CASE m.provider WHEN 'cinnamon-acorn' THEN
           'CQC rating: Failed, asks at least Requires improvement: '
           || 'CQC rating: Inadequate (CQC register, ' || p.cqc_location_id
           || '), from ' || to_char(k.today - p.rated_days_ago,
               'FMDD FMMonth YYYY')
       ELSE
           'Registered for a year: Passes from ' || s.opens
           || ', asks 12 months of it: CQC registration: yes (CQC register, '
           || p.cqc_location_id || '), from '
           || to_char(k.today - p.registered_days_ago, 'FMDD FMMonth YYYY')
           || '. Meets the conditions from ' || s.opens
       END AS fault
  FROM demo_member m
  JOIN demo_providers p ON p.code = m.provider
 CROSS JOIN demo_clock k
 CROSS JOIN LATERAL (SELECT to_char(k.today - p.registered_days_ago
     + interval '12 months', 'FMDD FMMonth YYYY') AS opens) AS s
 WHERE m.council = 'hertfordshire'
   AND m.provider IN ('cinnamon-acorn', 'thimble-larkspur');
