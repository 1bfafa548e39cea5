-- Every table with a council is fenced; the tables without one are these.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
SELECT no_plan();

CREATE TEMP VIEW house AS
SELECT c.oid, c.relname::text COLLATE "default" AS name, c.relrowsecurity, c.relforcerowsecurity,
       EXISTS (SELECT FROM pg_attribute a WHERE a.attrelid = c.oid
           AND a.attname = 'council_id') AS has_council
  FROM pg_class c
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
   AND c.relname NOT IN ('schema_migrations', 'test_clock');

SELECT bag_eq(
    'SELECT name FROM house WHERE NOT has_council ORDER BY 1',
    $$VALUES ('account'), ('account_role'), ('bank_holiday'), ('care_term'),
        ('council'), ('day_part'), ('district'), ('location'), ('organisation'), ('organisation_contact'),
        ('organisation_office'), ('postcode'), ('postcode_sector'), ('travel_factor')$$,
    'tables without a council are exactly those named');
SELECT bag_eq(
    'SELECT name FROM house WHERE NOT relrowsecurity ORDER BY 1',
    $$VALUES ('account_role'), ('bank_holiday'), ('care_term'), ('council'),
        ('postcode_sector')$$,
    'tables that everyone may read whole are exactly those named');
SELECT ok(relrowsecurity AND relforcerowsecurity, name || ' forces row security')
  FROM house WHERE has_council OR name IN ('account', 'organisation',
      'organisation_contact', 'organisation_office', 'location',
      'day_part', 'district', 'postcode', 'travel_factor') ORDER BY name;
SELECT ok(EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = h.oid
        AND 'hearth_web'::regrole = ANY (p.polroles)), name || ' has a policy for pages')
  FROM house h WHERE relrowsecurity ORDER BY name;
SELECT is_empty(
    $$SELECT h.name, p.polname FROM house h JOIN pg_policy p ON p.polrelid = h.oid
       WHERE 0 = ANY (p.polroles)$$,
    'no policy is for everyone');
SELECT bag_eq(
    $$SELECT h.name || ' ' || p.polcmd::text FROM house h
        JOIN pg_policy p ON p.polrelid = h.oid
       WHERE 'hearth_owner'::regrole = ANY (p.polroles) ORDER BY 1$$,
    $$VALUES ('account a'), ('account r'), ('account w'), ('audit *'),
        ('framework_member *'), ('day_part r'), ('member_day_part *'), ('visit r'), ('framework_partner r'), ('market_test *'),
        ('market_test_invitation r'), ('membership a'), ('membership r'),
        ('membership w'), ('organisation r'), ('organisation_contact r'),
        ('outbox a'), ('person r'), ('placement r'),
        ('rate_band *'), ('rate_card *'), ('rate_document r')$$,
    'functions of the owner read (r), add to (a) and change (w) these forced tables only');
SELECT ok(position(format(E'\n%s: ', name)
        IN obj_description('public'::regnamespace, 'pg_namespace')) > 0,
        'the schema''s comment says who may read ' || name)
  FROM house WHERE NOT has_council OR name IN ('membership', 'audit', 'outbox')
 ORDER BY name;

-- Keys and indexes lead with the council, so that plans start there.
SELECT bag_eq(
    $$SELECT i.indexrelid::regclass::text COLLATE "default"
        FROM house h JOIN pg_index i ON i.indrelid = h.oid
        LEFT JOIN pg_attribute a ON a.attrelid = h.oid AND a.attnum = i.indkey[0]
       WHERE h.has_council AND a.attname IS DISTINCT FROM 'council_id'
         AND i.indexrelid::regclass::text COLLATE "default" NOT LIKE '%\_reference\_key'
       ORDER BY 1$$,
    $$VALUES ('audit_pkey'), ('framework_member_organisation'),
        ('framework_partner_partner'), ('market_test_invitation_provider'),
        ('membership_once'),
        ('membership_organisation'), ('membership_pkey'), ('offer_open'),
        ('offer_organisation'), ('offer_remind'), ('offer_round_due'), ('outbox_due'),
        ('outbox_message_id_key'), ('outbox_pkey'), ('placement_end'), ('placement_member'),
        ('placement_organisation'), ('placement_start')$$,
    'indexes that do not lead with council_id: references, what providers list, what jobs look for, what a shared framework uses');
SELECT is_empty(
    $$SELECT c.conrelid::regclass, c.conname
        FROM pg_constraint c JOIN house h ON h.oid = c.conrelid
        JOIN house f ON f.oid = c.confrelid
       WHERE c.contype = 'f' AND h.has_council AND f.has_council
         AND h.name <> 'membership' AND f.name <> 'membership'
         AND cardinality(c.conkey) < 2$$,
    'foreign keys between tenant tables carry the council');
SELECT is_empty(
    $$SELECT h.name FROM house h
        JOIN pg_attribute p ON p.attrelid = h.oid AND p.attname = 'package_id'
        JOIN pg_attribute c ON c.attrelid = h.oid AND c.attname = 'council_id'
       WHERE NOT EXISTS (SELECT FROM pg_index i WHERE i.indrelid = h.oid
           AND i.indpred IS NULL AND i.indkey[0] = c.attnum
           AND i.indkey[1] = p.attnum)$$,
    'what hangs on a package is found by an index of all rows');
SELECT ok(obj_description(oid, 'pg_class') IS NOT NULL, name || ' is commented')
  FROM house ORDER BY name;
SELECT ok(obj_description(c.oid, 'pg_class') IS NOT NULL, c.oid::regclass || ' is commented')
  FROM pg_class c WHERE c.relkind = 'r'
   AND c.relnamespace IN ('vault'::regnamespace, 'sealed'::regnamespace)
 ORDER BY c.relnamespace, c.relname;
SELECT ok(obj_description(n.oid, 'pg_namespace') IS NOT NULL, n.nspname || ' is commented')
  FROM pg_namespace n WHERE n.nspname IN ('vault', 'sealed') ORDER BY n.nspname;
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc p
       WHERE pg_get_userbyid(p.proowner) = 'hearth_owner'
         AND obj_description(p.oid, 'pg_proc') IS NULL$$,
    'every function is commented');

-- Ways round row security that PostgreSQL leaves open.
SELECT is_empty(
    $$SELECT v.oid::regclass FROM pg_class v WHERE v.relkind IN ('v', 'm')
         AND pg_get_userbyid(v.relowner) = 'hearth_owner'$$,
    'no view looks past row security');
SELECT bag_eq(
    $$SELECT i.indexrelid::regclass::text COLLATE "default"
        FROM house h JOIN pg_index i ON i.indrelid = h.oid
       WHERE NOT h.has_council AND i.indisunique AND NOT i.indisprimary
         AND i.indexrelid::regclass::text COLLATE "default" NOT LIKE '%\_reference\_key'
       ORDER BY 1$$,
    $$VALUES ('account_email'), ('account_role_code_key'),
        ('care_term_kind_code_key'), ('council_code_key'),
        ('day_part_sort_key'), ('location_cqc_location_id_key')$$,
    'a clash tells of no hidden row: e-mails are added by functions alone, CQC''s numbers are public');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc p
       WHERE pg_get_userbyid(p.proowner) = 'hearth_owner' AND p.proleakproof$$,
    'no function of ours is called before the policies have filtered');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc p
       WHERE pg_get_userbyid(p.proowner) = 'hearth_owner'
         AND p.prosrc ~* '\mexecute\M'$$,
    'no function of ours runs text that it is given');
SELECT finish();
ROLLBACK;
