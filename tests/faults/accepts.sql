-- :packages packages, each out on offer to eight providers at once under
-- "first acceptance wins". References say who and what: the offer of provider
-- 3 for package 17 is OR30000017, its package CR0000017. Sessions: the token
-- is the account's e-mail. Expects the policy's document in :document.
\set ON_ERROR_STOP on
INSERT INTO council (code, name) VALUES ('race', 'Race Council')
    RETURNING id AS council \gset
INSERT INTO postcode_sector VALUES ('ZR1 1', 'Race', 52, 0, 'urban')
    ON CONFLICT DO NOTHING;
INSERT INTO area_scheme (council_id, code, name)
VALUES (:council, 'race', 'Race') RETURNING id AS scheme \gset
INSERT INTO area (council_id, scheme_id, code, name, sort)
VALUES (:council, :scheme, 'race', 'Race', 1) RETURNING id AS area \gset
INSERT INTO policy (council_id, code, name) VALUES (:council, 'race', 'Race')
    RETURNING id AS policy \gset
INSERT INTO policy_version (council_id, policy_id, number, document,
    published_at)
VALUES (:council, :policy, 1,
    jsonb_set(:'document', '{sending}', '{"mode": "all"}'), clock_now())
    RETURNING id AS version \gset
INSERT INTO rate_card (council_id, code, name, effective_on, hourly_rate_pence)
VALUES (:council, 'race', 'Race', '2022-09-01', 2192);
INSERT INTO framework (council_id, code, name, scheme_id, starts_on,
    policy_version_id, rate_card_code)
VALUES (:council, 'race', 'Race', :scheme, '2022-09-01', :version, 'race')
    RETURNING id AS framework \gset

INSERT INTO organisation (reference, name)
SELECT 'PR000000' || n, 'Race Runner ' || n FROM generate_series(1, 8) AS n;
INSERT INTO framework_member (council_id, framework_id, organisation_id,
    joined_on, spare_minutes)
SELECT :council, :framework, o.id, '2022-09-01', 100000000
  FROM organisation o WHERE o.name LIKE 'Race Runner %' ORDER BY o.name;
SELECT count(account_add('runner' || n || '@race.example', 'Runner ' || n,
    'provider_owner', NULL, o.id, '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g'))
  FROM generate_series(1, 8) AS n
  JOIN organisation o ON o.name = 'Race Runner ' || n \gset made_
SELECT count(session_create(a.id, sha256(convert_to(a.email, 'UTF8')))) AS sessions
  FROM account a WHERE a.email LIKE 'runner%@race.example' \gset

INSERT INTO person (council_id, person_number, given_name, family_name)
SELECT :council, 'R' || n, 'Race', 'Person' FROM generate_series(1, :packages) AS n;
INSERT INTO package (council_id, reference, person_id, state,
    framework_council_id, framework_id, funding_id, service_kind_id, group_id,
    sector, area_id, rurality, urgency, start_wanted_at, waiting_since,
    wait_reason, weekly_minutes)
SELECT :council, 'CR' || to_char(substr(p.person_number, 2)::integer, 'FM0000000'),
       p.id, 'waiting', :council, :framework,
       (SELECT id FROM care_term WHERE (kind, code) = ('funding', 'council')),
       (SELECT id FROM care_term WHERE (kind, code) = ('service_kind', 'support_at_home')),
       (SELECT id FROM care_term WHERE (kind, code) = ('service_user_group', 'older_people')),
       'ZR1 1', :area, 'urban', 'standard', clock_now(), clock_now(),
       'nothing_in_place', 420
  FROM person p WHERE p.council_id = :council;
INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted, from_at)
SELECT council_id, id, 'nothing_in_place', 420, clock_now() FROM package
 WHERE council_id = :council;
INSERT INTO package_version (council_id, package_id, version, document)
SELECT council_id, id, 1, package_document(council_id, id) FROM package
 WHERE council_id = :council;
INSERT INTO offer_round (council_id, package_id, number, package_version,
    policy_council_id, policy_version_id, wave, winner, sent_at, reply_by,
    start_wanted_at)
SELECT council_id, id, 1, 1, :council, :version, 'all', 'first', clock_now(),
       clock_now() + interval '5 hours', clock_now() + interval '48 hours'
  FROM package WHERE council_id = :council;
INSERT INTO offer (council_id, reference, package_id, round_id,
    organisation_id, member_council_id, member_id, package_version, position,
    sent_at, reply_by, start_wanted_at, weekly_minutes, weekly_price_pence)
SELECT k.council_id, 'OR' || right(o.reference, 1) || substr(k.reference, 3),
       k.id, r.id, o.id, m.council_id, m.id, 1, right(o.reference, 1)::integer,
       r.sent_at, r.reply_by, r.start_wanted_at, 420, 15344
  FROM package k
  JOIN offer_round r ON r.council_id = k.council_id AND r.package_id = k.id
  JOIN framework_member m ON m.council_id = k.council_id
  JOIN organisation o ON o.id = m.organisation_id
 WHERE k.council_id = :council;
ANALYZE;
