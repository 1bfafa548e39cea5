-- The life of a rate card's version: drafts change, what is in force never
-- does, its short form follows it, and what was there before it came over.
BEGIN;
\ir ../data/two_councils.sql
SELECT no_plan();

SELECT (clock_now() AT TIME ZONE 'Europe/London')::date AS today \gset

-- Cards of before come over as the migration moves them: the banded one of
-- 003 L269-283, and a ceiling with the limits of its policy (002 L53-55).
ALTER TABLE rate_version DISABLE TRIGGER USER;
UPDATE rate_card SET rate_version_id = NULL;
DELETE FROM rate_version;
DELETE FROM rate_document;
ALTER TABLE policy_version DISABLE TRIGGER USER;
UPDATE policy_version SET document = '{"price": { "kind": "offered", "floor": "14.17", "ceiling": "16.22" }}'
 WHERE council_id = :west;
ALTER TABLE policy_version ENABLE TRIGGER USER;
DELETE FROM rate_band WHERE council_id = :west;
UPDATE rate_card SET hourly_rate_pence = 1622 WHERE council_id = :west;
CREATE TEMP TABLE before AS SELECT c.council_id, c.code, c.effective_on,
       c.hourly_rate_pence, array(SELECT (b.up_to_seconds, b.percent)::text
           FROM rate_band b WHERE b.council_id = c.council_id
            AND b.rate_card_id = c.id ORDER BY b.up_to_seconds) AS bands
  FROM rate_card c;
\set moves `sed -n '/^CREATE FUNCTION rate_card_pounds/,/^DROP FUNCTION/p' migrations/0160_rate_documents.sql`
:moves
ALTER TABLE rate_version ENABLE TRIGGER USER;
SELECT is(document #>> '{cards,0}', '{"starts":"2022-09-01","hourly":"21.92","bands":[{"up_to":"20:59","percent":40},{"up_to":"35:59","percent":60},{"up_to":"50:59","percent":80},{"up_to":"60:00","percent":100}]}',
        'the banded card comes over') FROM rate_version WHERE council_id = :east;
SELECT is(document #>> '{cards,0}', '{"starts":"2022-09-01","floor":"14.17","ceiling":"16.22"}',
        'and the limits') FROM rate_version WHERE council_id = :west;
SELECT is((SELECT count(*) FROM rate_card WHERE rate_version_id IS NULL), 0::bigint,
        'every card has its version');

-- What is put in force has the same short form, to the penny.
CREATE TEMP TABLE kept AS SELECT * FROM rate_version;
DELETE FROM rate_band;
DELETE FROM rate_card;
ALTER TABLE rate_version DISABLE TRIGGER rate_version_keep;
DELETE FROM rate_version;
ALTER TABLE rate_version ENABLE TRIGGER rate_version_keep;
INSERT INTO rate_version (council_id, rate_document_id, number, document, published_at)
SELECT council_id, rate_document_id, number, document, published_at FROM kept;
SELECT results_eq('SELECT c.council_id, c.code, c.effective_on,
       c.hourly_rate_pence, array(SELECT (b.up_to_seconds, b.percent)::text
           FROM rate_band b WHERE b.council_id = c.council_id
            AND b.rate_card_id = c.id ORDER BY b.up_to_seconds) AS bands
  FROM rate_card c ORDER BY 1', 'SELECT * FROM before ORDER BY 1',
        'prices are the same from the document');

-- What pages may do.
SELECT id AS published, rate_document_id AS card FROM rate_version
 WHERE council_id = :east \gset
SELECT is(as_web('admin@east.test', format('INSERT INTO rate_version'
        ' (council_id, rate_document_id, number, document)'
        ' SELECT council_id, rate_document_id, 2, jsonb_set(document::jsonb,'
        ' ''{cards,0,starts}'', ''"%s"'')::json FROM rate_version WHERE id = %s',
        date :'today' + 30, :published)), '1', 'staff begin a draft');
SELECT id AS draft FROM rate_version WHERE council_id = :east AND number = 2 \gset
SELECT is(starts_on, date :'today' + 30, 'its first day is the card''s')
  FROM rate_version WHERE id = :draft;
SELECT is(as_web('owner@birch.test', format(
        'SELECT count(*) FROM rate_version WHERE id IN (%s, %s)', :published, :draft)),
        '1', 'a provider reads what is in force, no draft');
SELECT is(as_web('broker@west.test', format(
        'UPDATE rate_version SET document = document WHERE id = %s', :draft)), '0',
        'another council''s draft is out of reach');
SELECT is(as_web('admin@east.test', format('UPDATE rate_version SET document ='
        ' jsonb_set(document::jsonb, ''{cards,0,hourly}'', ''"23.04"'')::json'
        ' WHERE id = %s', :draft)), '1', 'a draft changes');
SELECT is(as_web('admin@east.test', format(
        'UPDATE rate_version SET document = document WHERE id = %s', :published)),
        '23001', 'what is in force does not');
SELECT is(as_web('admin@east.test', format(
        'DELETE FROM rate_version WHERE id = %s', :published)), '23001',
        'nor does it go');
SELECT is(as_web('admin@east.test', format(
        'UPDATE rate_version SET published_at = NULL WHERE id = %s', :published)),
        '23001', 'nor is it a draft again');
SELECT is(as_web('admin@east.test', 'UPDATE rate_card SET hourly_rate_pence = 1'),
        '42501', 'nobody writes the short form');
SELECT is(as_web('admin@east.test', format('UPDATE rate_version SET published_at'
        ' = clock_now() WHERE id = %s', :draft)), '1', 'a draft is put in force');
SELECT is((SELECT array_agg(hourly_rate_pence ORDER BY effective_on)
        FROM rate_card WHERE council_id = :east), ARRAY[2192, 2304]::bigint[],
        'and has its short form');
SELECT is(as_web('admin@east.test', format('UPDATE rate_version SET document ='
        ' document WHERE id = %s', :draft)), '23001',
        'before its day has come it does not change either');
SELECT is(as_web('admin@east.test', format('UPDATE rate_version SET published_at'
        ' = NULL, published_by_id = NULL WHERE id = %s', :draft)), '1',
        'but is called off');
SELECT is((SELECT count(*) FROM rate_card WHERE council_id = :east), 1::bigint,
        'with its short form');
SELECT is(as_web('admin@east.test', format('UPDATE rate_version SET document ='
        ' jsonb_set(document::jsonb, ''{cards,0,starts}'', ''"%s"'')::json,'
        ' published_at = clock_now() WHERE id = %s', date :'today' - 1, :draft)),
        '23001', 'prices of the past do not change');
SELECT is(as_web('admin@east.test', format('UPDATE rate_version SET document ='
        ' ''{"cards": [{"starts": "2040-01-01"}, {}]}'' WHERE id = %s', :draft)), '23514',
        'a version has one card');

SELECT finish();
ROLLBACK;
