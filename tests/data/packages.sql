-- Two councils for the page tests of packages: Northing, at a banded card, and
-- Southing, whose rates come with the reply. The temporary table test_policy has
-- their policies. People and providers are invented.
INSERT INTO council (code, name) VALUES ('northing', 'Northing'),
    ('southing', 'Southing');
INSERT INTO postcode_sector VALUES
    ('ZY1 1', 'Northing Vale', 52, 0, 'urban'),
    ('ZY1 2', 'Northing Hills', 52, 0, 'rural'),
    ('ZY9 9', 'Elsewhere', 53, 0, 'urban');
INSERT INTO area_scheme (council_id, code, name)
SELECT id, 'districts', 'Districts' FROM council
 WHERE code IN ('northing', 'southing');
INSERT INTO area (council_id, scheme_id, code, name, sort)
SELECT s.council_id, s.id, a.code, a.name, a.sort
  FROM area_scheme s
  JOIN council c ON c.id = s.council_id
   AND c.code IN ('northing', 'southing'),
       (VALUES ('vale', 'Vale', 1), ('hills', 'Hills', 2))
           AS a (code, name, sort);
INSERT INTO area_sector (council_id, scheme_id, sector, area_id, share_percent)
SELECT a.council_id, a.scheme_id, x.sector, a.id, x.share
  FROM area a
  JOIN council c ON c.id = a.council_id
   AND c.code IN ('northing', 'southing')
  JOIN (VALUES ('ZY1 1', 'vale', 70), ('ZY1 1', 'hills', 30),
      ('ZY1 2', 'hills', 100)) AS x (sector, code, share) ON x.code = a.code;
INSERT INTO policy (council_id, code, name)
SELECT id, 'call-off', 'Call-off' FROM council
 WHERE code IN ('northing', 'southing');
INSERT INTO policy_version (council_id, policy_id, number, document,
    published_at)
SELECT p.council_id, p.id, 1, (SELECT t.document FROM test_policy t
         WHERE t.code = c.code), clock_now()
  FROM policy p
  JOIN council c ON c.id = p.council_id
   AND c.code IN ('northing', 'southing');
INSERT INTO rate_card (council_id, code, name, effective_on, hourly_rate_pence)
SELECT id, 'card', 'Card', '2022-09-01', 2192 FROM council
 WHERE code IN ('northing', 'southing');
INSERT INTO rate_band (council_id, rate_card_id, up_to_seconds, percent)
SELECT r.council_id, r.id, b.up_to, b.percent
  FROM rate_card r
  JOIN council c ON c.id = r.council_id AND c.code = 'northing',
       (VALUES (1259, 40), (2159, 60), (3059, 80), (3600, 100))
           AS b (up_to, percent);
INSERT INTO framework (council_id, code, name, scheme_id, starts_on,
    policy_version_id, rate_card_code)
SELECT s.council_id, 'homecare', c.name || ' homecare', s.id, '2022-09-01',
       v.id, 'card'
  FROM area_scheme s
  JOIN council c ON c.id = s.council_id
   AND c.code IN ('northing', 'southing')
  JOIN policy_version v ON v.council_id = s.council_id;
INSERT INTO organisation (name) VALUES ('Foxglove Test Care'),
    ('Hawthorn Test Care');
INSERT INTO framework_member (council_id, framework_id, organisation_id,
    joined_on)
SELECT f.council_id, f.id, g.id, '2022-09-01'
  FROM framework f
  JOIN council c ON c.id = f.council_id
   AND c.code IN ('northing', 'southing'), organisation g
 WHERE g.name IN ('Foxglove Test Care', 'Hawthorn Test Care');
