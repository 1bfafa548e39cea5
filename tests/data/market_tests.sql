-- After two_councils.sql: everybody who may come near a market test, and how
-- east publishes the one that it has drafted. :test is its id.
SELECT account_add('commissioner@east.test', 'Cas East', 'commissioner', :east,
    NULL, :'phc') AS east_commissioner \gset
SELECT account_add('second@east.test', 'Sia East', 'commissioner', :east, NULL,
    :'phc') AS east_second \gset
SELECT account_add('walled@east.test', 'Wim East', 'commissioner', :east, NULL,
    :'phc') AS east_walled \gset
SELECT account_add('auditor@east.test', 'Aya East', 'auditor', :east, NULL,
    :'phc') AS east_auditor \gset
SELECT account_add('commissioner@west.test', 'Wes West', 'commissioner', :west,
    NULL, :'phc') AS west_commissioner \gset
SELECT account_add('auditor@west.test', 'Wat West', 'auditor', :west, NULL,
    :'phc') AS west_auditor \gset
SELECT account_add('admin@west.test', 'Wil West', 'council_administrator',
    :west, NULL, :'phc') AS west_admin \gset
SELECT account_add('manager@alder.test', 'Max Alder', 'provider_manager', NULL,
    :alder, :'phc') AS alder_manager \gset
SELECT account_add('manager@birch.test', 'Mia Birch', 'provider_manager', NULL,
    :birch, :'phc') AS birch_manager \gset
SELECT count(session_create(a.id, token_of(a.email))) AS added
  FROM account a WHERE a.email LIKE '%.test' AND NOT EXISTS (
      SELECT FROM vault.session s WHERE s.account_id = a.id) \gset

SELECT id AS test, question_set_id AS questions,
       question_set_version_id AS version
  FROM market_test WHERE council_id = :east \gset
SELECT id AS west_test FROM market_test WHERE council_id = :west \gset
SELECT id AS cara FROM market_test_invitation WHERE council_id = :east \gset

-- agree(kind, close, version): proposed by one, approved by another.
CREATE FUNCTION agree(council bigint, test bigint, proposer bigint,
    approver bigint, kind text, close timestamptz DEFAULT NULL,
    version bigint DEFAULT NULL) RETURNS void
LANGUAGE sql AS $$
INSERT INTO market_test_change (council_id, market_test_id, kind, closes_at,
    question_set_version_id, reason, proposed_by_id, state, decided_by_id,
    decided_at)
VALUES (council, test, kind, close, version, 'It is agreed', proposer,
    'approved', approver, clock_now())
$$;
-- clock_at(instant): it is then, and who is signed in has just come.
CREATE FUNCTION clock_at(at timestamptz) RETURNS void
LANGUAGE sql AS $$
UPDATE test_clock SET moved_by = at - clock_timestamp();
UPDATE vault.session SET created_at = at, last_seen_at = at
$$;
