-- Two market tests that are open, four providers with two people each who
-- answer both, and two commissioners. Sessions: the token is the account's
-- e-mail.
\set ON_ERROR_STOP on
INSERT INTO council (code, name) VALUES ('closing', 'Closing Council')
    RETURNING id AS council \gset
INSERT INTO organisation (name)
SELECT 'Closing Runner ' || n FROM generate_series(0, 3) AS n;
\set phc '$argon2id$v=19$m=19456,t=2,p=1$c2FsdHNhbHQ$aGFzaGhhc2g'
SELECT count(account_add('runner' || n || '@closing.example', 'Runner ' || n,
    'provider_manager', NULL, o.id, :'phc'))
  FROM generate_series(0, 7) AS n
  JOIN organisation o ON o.name = 'Closing Runner ' || n / 2 \gset made_
SELECT count(account_add(name || '@closing.example', name, 'commissioner',
    :council, NULL, :'phc'))
  FROM unnest(ARRAY['first', 'second']) AS name \gset made_
SELECT count(session_create(a.id, sha256(convert_to(a.email, 'UTF8')))) AS sessions
  FROM account a WHERE a.email LIKE '%@closing.example' \gset
INSERT INTO question_set (council_id, code, name)
VALUES (:council, 'closing', 'Closing') RETURNING id AS questions \gset
INSERT INTO question_set_version (council_id, question_set_id, number, document,
    published_at)
VALUES (:council, :questions, 1, '{}', clock_now()) RETURNING id AS version \gset
INSERT INTO market_test (council_id, title, question_set_id,
    question_set_version_id, opens_at, closes_at, published_at)
SELECT :council, title, :questions, :version, clock_now() - interval '1 hour',
       clock_now() + interval '1 day', clock_now()
  FROM unnest(ARRAY['close', 'moved']) AS title;
ANALYZE;
