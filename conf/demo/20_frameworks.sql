-- Policies, rate cards and frameworks: Hertfordshire's support at home of
-- three years and two more (003 L407) at a flat banded rate (003 L269-283),
-- Cambridgeshire's dynamic purchasing system of ten years (002 L52),
-- Peterborough's block hours before its framework (004), and Rutland's
-- framework (001).
INSERT INTO policy (council_id, code, name)
SELECT c.id, p.code, coalesce(p.name, d.document ->> 'name')
  FROM (VALUES
       ('hertfordshire', 'six-steps', 'hertfordshire', NULL),
       ('hertfordshire', 'first', 'hertfordshire',
        'Hertfordshire rapid discharge: the first who can start'),
       ('cambridgeshire', 'dps-2017', 'cambridgeshire-2017', NULL),
       ('peterborough', 'block-first', 'peterborough-block-first', NULL),
       ('rutland', 'framework', 'rutland-framework', NULL))
       AS p (council, code, document, name)
  JOIN council c ON c.code = p.council
  JOIN demo_policies d ON d.code = p.document;

INSERT INTO policy_version (council_id, policy_id, number, document,
    created_at, published_at)
SELECT p.council_id, p.id, 1,
       CASE p.code WHEN 'first' THEN (d.document - 'reply_steps')
           || jsonb_build_object('name', p.name, 'winner', 'first')
           ELSE d.document END,
       k.now - interval '15 months', k.now - interval '15 months'
  FROM policy p
  JOIN council c ON c.id = p.council_id
  JOIN demo_policies d ON d.code = CASE c.code
       WHEN 'cambridgeshire' THEN 'cambridgeshire-2017'
       WHEN 'peterborough' THEN 'peterborough-block-first'
       WHEN 'rutland' THEN 'rutland-framework' ELSE c.code END
 CROSS JOIN demo_clock k;

-- The banded card of 003 L269-283 and the limits of 002 L53-55.
INSERT INTO rate_document (council_id, reference, code, name)
SELECT c.id, pg_temp.reference_of('K', c.code || r.code), r.code, r.name
  FROM (VALUES
       ('hertfordshire', 'flat', 'Flat banded rate'),
       ('cambridgeshire', 'ceiling', 'Rate from floor to ceiling'),
       ('peterborough', 'homecare', 'Homecare rate'),
       ('rutland', 'ceiling', 'Ceiling rate'))
       AS r (council, code, name)
  JOIN council c ON c.code = r.council;
INSERT INTO rate_version (council_id, rate_document_id, number, document,
    created_at, published_at)
SELECT d.council_id, d.id, 1, json_build_object('name', d.name, 'cards',
           json_build_array(jsonb_build_object('starts', k.today - r.days)
               || r.card)),
       k.now - r.days * interval '1 day', k.now - r.days * interval '1 day'
  FROM (VALUES
       ('hertfordshire', 'flat', 420, jsonb_build_object('hourly', '21.92', 'bands', jsonb '[
           { "up_to": "20:59", "percent": 40 },
           { "up_to": "35:59", "percent": 60 },
           { "up_to": "50:59", "percent": 80 },
           { "up_to": "60:00", "percent": 100 }]')),
       ('cambridgeshire', 'ceiling', 1460,
        jsonb '{ "floor": "14.17", "ceiling": "16.22" }'),
       ('peterborough', 'homecare', 300, jsonb '{ "hourly": "19.96" }'),
       ('rutland', 'ceiling', 500, jsonb '{ "ceiling": "19.80" }'))
       AS r (council, code, days, card)
  JOIN council c ON c.code = r.council
  JOIN rate_document d ON d.council_id = c.id AND d.code = r.code
 CROSS JOIN demo_clock k;

-- The National Living Wage, and examples of what the formulas go by: on-costs,
-- and uplifts that are capped at 70p (004 L97-102).
INSERT INTO wage_threshold (council_id, starts_on, name, hourly_pence)
SELECT c.id, w.starts_on, 'National Living Wage', w.pence
  FROM council c,
       (VALUES (date '2021-04-01', 891), (date '2022-04-01', 950),
       (date '2023-04-01', 1042), (date '2024-04-01', 1144),
       (date '2025-04-01', 1221)) AS w (starts_on, pence)
 WHERE c.code IN ('hertfordshire', 'cambridgeshire');
INSERT INTO wage_cost (council_id, starts_on, travel_minutes, mileage_pence,
    holiday_hundredths, insurance_hundredths, insurance_free_pence,
    pension_hundredths, overhead_pence, overhead_hundredths, margin_hundredths)
SELECT c.id, date '2021-04-01', 12, 90, 1207, 1380, 400, 300, 250, 500, 400
  FROM council c WHERE c.code IN ('hertfordshire', 'cambridgeshire');
INSERT INTO rate_uplift (council_id, starts_on, formula, wage_hundredths,
    price_hundredths, inflation_hundredths, cap_pence)
SELECT c.id, u.starts_on, 'shares', 7000, 3000, u.inflation, 70
  FROM council c,
       (VALUES (date '2022-04-01', 550), (date '2023-04-01', 1050))
       AS u (starts_on, inflation)
 WHERE c.code IN ('hertfordshire', 'cambridgeshire');

INSERT INTO framework (council_id, reference, code, name, kind, scheme_id,
    starts_on, ends_on, policy_version_id, rate_card_code)
SELECT c.id, pg_temp.reference_of('F', f.code), f.code, f.name, f.kind, s.id,
       k.today - f.days, (k.today - f.days + f.term)::date, v.id, f.card
  FROM (VALUES
       ('hertfordshire', 'support-at-home', 'Support at home framework',
        'framework', 420, interval '3 years', 'flat', 'six-steps'),
       ('cambridgeshire', 'dps-2017',
        'Homecare dynamic purchasing system 2017',
        'dynamic_purchasing_system', 1460, interval '10 years', 'ceiling',
        'dps-2017'),
       ('peterborough', 'homecare', 'Homecare framework', 'framework', 300,
        interval '4 years', 'homecare', 'block-first'),
       ('rutland', 'homecare-support', 'Homecare support framework',
        'framework', 500, interval '4 years', 'ceiling', 'framework'))
       AS f (council, code, name, kind, days, term, card, policy)
  JOIN council c ON c.code = f.council
  JOIN area_scheme s ON s.council_id = c.id AND s.code = 'districts'
  JOIN policy p ON p.council_id = c.id AND p.code = f.policy
  JOIN policy_version v ON v.council_id = c.id AND v.policy_id = p.id
 CROSS JOIN demo_clock k;

-- The NHS partner calls off from Cambridgeshire's list (002 L23).
INSERT INTO framework_partner (council_id, framework_id, partner_council_id,
    joined_on)
SELECT f.council_id, f.id, c.id, f.starts_on
  FROM framework f, council c
 WHERE f.code = 'dps-2017' AND c.kind = 'nhs_partner';
