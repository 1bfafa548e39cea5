-- What the two roles may do, right by right.
BEGIN;
SET client_min_messages = warning;
CREATE EXTENSION IF NOT EXISTS pgtap;
SELECT no_plan();

CREATE TEMP TABLE allowed (name text, web text, jobs text);
INSERT INTO allowed VALUES
    ('account', 'r', 'r'), ('account_role', 'r', 'r'), ('area', 'r', 'raw'),
    ('area_alias', 'r', 'ra'), ('area_plan', 'rad', ''),
    ('area_plan_sector', 'rad', ''), ('area_postcode', 'r', 'raw'),
    ('area_scheme', 'r', 'raw'), ('area_sector', 'r', 'rawd'),
    ('audit', 'r', ''), ('bank_holiday', 'r', 'raw'), ('care_address', 'raw', ''),
    ('care_term', 'r', 'r'), ('clearing', 'ra', ''),
    ('clearing_change', 'ra', ''), ('clearing_line', 'ra', ''),
    ('clearing_part', 'ra', ''), ('day_part', 'r', 'r'),
    ('council', 'r', 'r'), ('district', 'r', 'raw'),
    ('fact_renewal', 'raw', ''), ('framework', 'r', 'r'),
    ('framework_gate', 'raw', 'r'), ('framework_gate_kind', 'rad', 'r'),
    ('framework_member', 'raw', 'r'), ('framework_partner', 'r', 'r'),
    ('framework_policy', 'rad', 'r'), ('gate_event', 'ra', 'ra'),
    ('gate_notice', 'r', 'raw'), ('gate_standing', 'raw', 'raw'),
    ('individual_rate', 'raw', 'r'),
    ('information_bundle', 'ra', ''), ('information_clarification', 'raw', ''),
    ('information_decision', 'raw', ''), ('information_passage', 'rad', ''),
    ('information_reason', 'rawd', ''), ('information_request', 'raw', ''),
    ('information_requester', 'raw', ''), ('location', 'rawd', 'r'), ('match_line', 'ra', 'ra'),
    ('mail_copy', 'r', 'a'), ('member_day_part', 'rad', ''), ('market_test', 'rawd', 'r'),
    ('market_test_change', 'raw', 'r'), ('market_test_invitation', 'rawd', 'rw'),
    ('member_area', 'rad', 'r'), ('member_term', 'rad', 'r'),
    ('membership', 'r', ''), ('offer', 'raw', 'raw'), ('offer_bundle', 'ra', 'r'),
    ('offer_round', 'raw', 'raw'), ('organisation', 'r', 'r'),
    ('organisation_contact', 'raw', 'r'), ('organisation_office', 'rawd', 'r'),
    ('outbox', 'a', 'ra'), ('outcome_wanted', 'rad', 'r'),
    ('package', 'raw', 'rw'), ('package_need', 'rad', 'r'),
    ('package_version', 'ra', 'ra'), ('package_wait', 'raw', 'raw'),
    ('person', 'raw', ''), ('person_contact', 'rawd', ''),
    ('placement', 'raw', 'raw'), ('placement_request', 'raw', ''),
    ('policy', 'rawd', 'r'), ('policy_version', 'rawd', 'r'),
    ('postcode', 'r', 'raw'), ('postcode_sector', 'r', 'raw'),
    ('provider_fact', 'rawd', 'r'), ('question_set', 'rawd', 'raw'),
    ('question_set_version', 'rawd', 'raw'), ('rate_band', 'r', 'r'),
    ('rate_card', 'r', 'r'), ('rate_document', 'rawd', 'r'),
    ('rate_uplift', 'rad', 'r'), ('rate_version', 'rawd', 'r'), ('task', 'raw', 'raw'),
    ('travel_factor', 'r', 'r'), ('wage_cost', 'rad', 'r'),
    ('wage_threshold', 'rad', 'r'), ('visit', 'rawd', 'r');

CREATE TEMP VIEW given AS
SELECT c.relname::text COLLATE "default" AS name, r.role_name,
       concat(CASE WHEN has_table_privilege(r.role_name, c.oid, 'SELECT') THEN 'r' END,
           CASE WHEN has_table_privilege(r.role_name, c.oid, 'INSERT') THEN 'a' END,
           CASE WHEN has_table_privilege(r.role_name, c.oid, 'UPDATE') THEN 'w' END,
           CASE WHEN has_table_privilege(r.role_name, c.oid, 'DELETE') THEN 'd' END,
           CASE WHEN has_table_privilege(r.role_name, c.oid, 'TRUNCATE') THEN 'D' END,
           CASE WHEN has_table_privilege(r.role_name, c.oid, 'REFERENCES') THEN 'x' END,
           CASE WHEN has_table_privilege(r.role_name, c.oid, 'TRIGGER') THEN 't' END)
           AS rights
  FROM pg_class c, (VALUES ('hearth_web'), ('hearth_jobs')) AS r (role_name)
 WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r'
   AND pg_get_userbyid(c.relowner) = 'hearth_owner' AND c.relname <> 'schema_migrations';

SELECT is(g.rights, CASE g.role_name WHEN 'hearth_web' THEN a.web ELSE a.jobs END,
        g.role_name || ' on ' || g.name)
  FROM given g LEFT JOIN allowed a USING (name) ORDER BY g.role_name, g.name;
SELECT is(count(*), (SELECT count(*) * 2 FROM allowed), 'no table is missing')
  FROM given;

SELECT bag_eq(
    $$SELECT c.relname::text COLLATE "default", a.attname::text COLLATE "default", 'r' FROM pg_class c
        JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0
       WHERE c.relname = 'outbox'
         AND NOT has_column_privilege('hearth_web', c.oid, a.attnum, 'SELECT')
       ORDER BY a.attname$$,
    $$VALUES ('outbox', 'body', 'r')$$,
    'pages read no mail, which may hold a link');
SELECT bag_eq(
    $$SELECT a.attname::text COLLATE "default" FROM pg_attribute a
       WHERE a.attrelid = 'organisation'::regclass AND a.attnum > 0
         AND NOT has_column_privilege('hearth_web', a.attrelid, a.attnum, 'UPDATE')
       ORDER BY 1$$,
    $$VALUES ('created_at'), ('id'), ('reference')$$,
    'pages edit an organisation but never its reference');
SELECT bag_eq(
    $$SELECT a.attname::text COLLATE "default" FROM pg_attribute a
       WHERE a.attrelid = 'clearing_line'::regclass AND a.attnum > 0
         AND has_column_privilege('hearth_web', a.attrelid, a.attnum, 'UPDATE')
       ORDER BY 1$$,
    $$VALUES ('round_id')$$,
    'what a clearing proposed never changes, only what was sent from it');
SELECT bag_eq(
    $$SELECT a.attname::text COLLATE "default" FROM pg_attribute a
       WHERE a.attrelid = 'area_plan'::regclass AND a.attnum > 0
         AND has_column_privilege('hearth_web', a.attrelid, a.attnum, 'UPDATE')
       ORDER BY 1$$,
    $$VALUES ('name'), ('revision')$$,
    'pages change the name of a scheme that is drawn up, nothing else of it');
SELECT bag_eq(
    $$SELECT a.attname::text COLLATE "default" FROM pg_attribute a
       WHERE a.attrelid = 'outbox'::regclass AND a.attnum > 0
         AND has_column_privilege('hearth_jobs', a.attrelid, a.attnum, 'UPDATE')
       ORDER BY 1$$,
    $$VALUES ('attempts'), ('body'), ('failed_at'), ('last_error'),
        ('next_attempt_at'), ('sent_at')$$,
    'jobs note how a delivery went, no more');

SELECT ok(NOT has_schema_privilege(role_name, schema_name, 'USAGE'),
        role_name || ' cannot enter ' || schema_name)
  FROM (VALUES ('hearth_web'), ('hearth_jobs'), ('public')) AS r (role_name),
      (VALUES ('vault'), ('sealed')) AS s (schema_name);
SELECT is_empty(
    $$SELECT c.oid::regclass, x.grantee::regrole FROM pg_class c,
        aclexplode(c.relacl) AS x
       WHERE c.relnamespace IN ('vault'::regnamespace, 'sealed'::regnamespace)
         AND x.grantee <> 'hearth_owner'::regrole$$,
    'nobody has rights on what is in vault or sealed');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc p
       WHERE p.pronamespace IN ('vault'::regnamespace, 'sealed'::regnamespace)
         AND (has_function_privilege('hearth_web', p.oid, 'EXECUTE')
             OR has_function_privilege('hearth_jobs', p.oid, 'EXECUTE'))$$,
    'nor may call what is there');
SELECT is_empty(
    $$SELECT c.oid::regclass FROM pg_class c, aclexplode(c.relacl) AS x
       WHERE pg_get_userbyid(c.relowner) = 'hearth_owner' AND x.grantee = 0$$,
    'nothing is granted to everyone');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc p
       WHERE pg_get_userbyid(p.proowner) = 'hearth_owner'
         AND has_function_privilege('public', p.oid, 'EXECUTE')$$,
    'no function can be called by everyone');

CREATE TEMP VIEW callable AS
SELECT p.proname::text COLLATE "default" AS name,
       has_function_privilege('hearth_web', p.oid, 'EXECUTE') AS web,
       has_function_privilege('hearth_jobs', p.oid, 'EXECUTE') AS jobs
  FROM pg_proc p WHERE pg_get_userbyid(p.proowner) = 'hearth_owner';
SELECT bag_eq(
    'SELECT name FROM callable WHERE web AND jobs ORDER BY 1',
    $$VALUES ('audit_add'), ('clock_now'),
        ('framework_use'), ('individual_rate_in_force'), ('market_test_state'), ('member_is_suspended'),
        ('offer_standing'),
        ('offer_state'), ('package_document'), ('package_lock'),
        ('packages_together'), ('placement_state'),
        ('policy_in_force'), ('provider_metres'), ('rate_card_hourly'),
        ('rate_document_pence'),
        ('reference_new'), ('round_chain'),
        ('settle_begin'), ('settle_end'),
        ('tenant_account'), ('tenant_council'), ('tenant_organisation'),
        ('tenant_respondent'), ('tenant_role'), ('tenant_scope')$$,
    'functions of both roles');
SELECT bag_eq(
    'SELECT name FROM callable WHERE web AND NOT jobs ORDER BY 1',
    $$VALUES ('account_invite'), ('day_parts_taken'), ('offer_promises'), ('package_day_parts'), ('answer_list_own'), ('answer_save'),
        ('answers_can_be_read'),
        ('audit_is_sealed'), ('form_park'), ('form_parked_path'),
        ('form_unpark'), ('key_safe_has'), ('key_safe_read'), ('key_safe_set'),
        ('late_attempt_list_opened'), ('late_attempt_list_own'),
        ('market_test_is_agreed'), ('market_test_key'), ('market_test_lock'), ('market_test_recipients'),
        ('market_test_tell_respondents'), ('membership_end'), ('membership_list_own'), ('migration_compare'),
        ('once_begin'),
        ('once_finish'), ('password_change'), ('password_rehash'),
        ('people'), ('placement_begin'), ('reset_create'),
        ('respondent_begin'), ('respondent_token_add'), ('response_begin'),
        ('response_follow'), ('response_key'), ('response_list_opened'),
        ('response_look'), ('response_submit'), ('response_withdraw'),
        ('session_begin'), ('session_create'), ('session_end'),
        ('session_extend'), ('session_switch'), ('sign_in_begin'),
        ('sign_in_succeeded'), ('submission_list_own'), ('submitted_answer_list'),
        ('token_look'), ('token_use'), ('upload_begin'), ('upload_hold'),
        ('upload_list_opened'), ('upload_list_own'), ('upload_part_list_own'),
        ('upload_part_opened'), ('upload_part_own'), ('upload_part_save'),
        ('upload_receive'), ('upload_remove'), ('wall_list'), ('wall_raise')$$,
    'functions of pages');
SELECT bag_eq(
    'SELECT name FROM callable WHERE jobs AND NOT web ORDER BY 1',
    $$VALUES ('account_add'), ('audit_head'), ('audit_seal_batch'),
        ('council_add'),
        ('audit_verify'), ('gate_recipients'), ('once_purge'), ('session_purge'),
        ('upload_purge'), ('upload_scan_finish'), ('upload_scan_part'),
        ('upload_scan_put_off'), ('upload_scan_take')$$,
    'functions of jobs');
SELECT is_empty(
    $$SELECT p.oid::regprocedure FROM pg_proc p
       WHERE pg_get_userbyid(p.proowner) = 'hearth_owner' AND p.prosecdef
         AND NOT EXISTS (SELECT FROM unnest(p.proconfig) AS c
             WHERE c LIKE 'search_path=pg_catalog, public%pg_temp')$$,
    'every function that runs as the owner fixes its search path');

SELECT is_empty(
    $$SELECT rolname FROM pg_roles WHERE rolname LIKE 'hearth\_%'
         AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)$$,
    'no role of ours may bypass anything');
SELECT is_empty(
    $$SELECT r.role_name, s.setting FROM (VALUES ('hearth_web'), ('hearth_jobs'))
        AS r (role_name), (VALUES ('statement_timeout=3s'), ('lock_timeout=1s'),
        ('idle_in_transaction_session_timeout=5s'), ('TimeZone=UTC'),
        ('jit=off')) AS s (setting)
      EXCEPT SELECT rolname::text, unnest(rolconfig) FROM pg_roles$$,
    'server limits hold for both roles');
SELECT ok(NOT has_schema_privilege(role_name, 'public', 'CREATE')
        AND NOT has_database_privilege(role_name, current_database(), 'TEMP'),
        role_name || ' can make no objects')
  FROM (VALUES ('hearth_web'), ('hearth_jobs')) AS r (role_name);
SELECT finish();
ROLLBACK;
