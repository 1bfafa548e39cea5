-- The tables that the .csv files are read into, one for each file, for as
-- long as the loading takes. HEADER match holds each file to its columns.
SET client_min_messages = warning;
SET LOCAL timezone = 'UTC';
SET LOCAL jit = off;
SET LOCAL search_path = pg_temp, public;

DO $$
BEGIN
	IF EXISTS (SELECT FROM council) THEN
		RAISE EXCEPTION 'there are councils already; --reload throws everything away and loads anew';
	END IF;
END
$$;

CREATE TEMPORARY TABLE demo_clock ON COMMIT DROP AS
SELECT clock_now() AS now,
       (clock_now() AT TIME ZONE 'Europe/London')::date AS today;

CREATE TEMPORARY TABLE demo_password (hash text) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_policies (code text, document jsonb) ON COMMIT DROP;
-- As written: the order of their keys is part of how they read.
CREATE TEMPORARY TABLE demo_questions (code text, document json) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_documents (code text, document jsonb) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_names (kind text, name text, gender text)
    ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_sectors (sector text, district text,
    share_percent integer, latitude double precision,
    longitude double precision, rurality text) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_councils (code text, name text, kind text)
    ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_areas (council text, scheme text, code text, name text,
    sort integer, total_hours bigint, spot_hours bigint, districts text,
    ruralities text, postcodes text, aliases text) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_providers (code text, name text, kind text,
    company_number text, charity_number text, cqc_provider_id text,
    website text, address text, postcode text, contact_name text,
    contact_title text, contact_telephone text, contact_email text,
    cqc_location_id text, cqc_rating text, rated_days_ago integer,
    registered_days_ago integer) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_members (council text, framework text,
    provider text, contract_kind text, state text, state_reason text,
    joined_days_ago integer, is_current boolean, monitoring_days_ago integer,
    rate_pence bigint, spare_hours integer, quality_score integer,
    has_all_areas boolean, areas text, groups text, service_kinds text,
    specialisms text, languages text, cultures text, other_terms text,
    earliest_days integer, call_days integer, calls_from_minute integer,
    calls_until_minute integer, award_days_ago integer) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_day_parts (framework text, provider text,
    morning_hours integer, midday_hours integer, afternoon_hours integer,
    evening_hours integer, night_hours integer) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_accounts (email text, name text, role text,
    council text, provider text) ON COMMIT DROP;

-- Empty values of a .csv are NULL; most texts of the schema are ''.
CREATE FUNCTION pg_temp.sector_of(postcode text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$SELECT left(postcode, length(postcode) - 2)$$;

-- A whole number in [0, bound) that depends on nothing but the words.
CREATE FUNCTION pg_temp.choice(bound integer, VARIADIC words text[])
RETURNS integer
LANGUAGE sql IMMUTABLE
AS $$
SELECT (('x' || substr(md5(array_to_string(words, '|')), 1, 7))::bit(28)::integer
    % bound)
$$;

-- A reference that is the same at every loading.
CREATE FUNCTION pg_temp.reference_of(prefix text, name text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
SELECT prefix || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
           (get_byte(decode(md5(name), 'hex'), place) & 31) + 1, 1), ''
           ORDER BY place)
  FROM generate_series(0, 7) AS place
$$;

CREATE FUNCTION pg_temp.term(term_kind text, term_code text) RETURNS bigint
LANGUAGE sql STABLE
AS $$
SELECT t.id FROM public.care_term t
 WHERE t.kind = term_kind AND t.code = term_code
$$;

CREATE TEMPORARY TABLE demo_postcodes (area text, postcode text)
    ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_timetables (code text, sort integer, kind text,
    days integer, times integer, from_minute integer, until_minute integer,
    minutes integer, carers integer, is_critical boolean, purpose text)
    ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_packages (key text, council text, area text,
    "group" text, age_band text, funding text, service_kind text,
    urgency text, timetable text, state text, stage text, reason text,
    minutes_in_place integer, waited_hours integer, must text, prefer text,
    know_before text, has_smoker boolean, has_pets boolean, chosen text,
    assigned text, given_name text, family_name text, called text,
    outcomes text, closed_reason text) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_waiting (key text, area text, "group" text,
    age_band text, reason text, timetable text, minutes_in_place integer,
    waited_days integer) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_history (council text, key text, area text,
    "group" text, age_band text, reason text, timetable text,
    minutes_in_place integer, from_days_ago integer, until_days_ago integer)
    ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_rounds (package text, number integer,
    sent_minutes_ago integer, outcome text, policy text, left_out integer,
    note text) ON COMMIT DROP;
CREATE TEMPORARY TABLE demo_replies (package text, number integer,
    provider text, reply text, after_minutes integer, start_hours numeric,
    decline_reason text, note text, result text, told_by text,
    result_reason text) ON COMMIT DROP;

-- Referral hours run from 08:00 to 20:00 on the clocks of London, on all
-- seven days: 720 minutes a day. These turn an instant into the minutes of
-- referral hours since some day, and back.
CREATE FUNCTION pg_temp.referral_minutes(instant timestamptz) RETURNS numeric
LANGUAGE sql STABLE
AS $$
SELECT (local.at::date - date '2000-01-01') * 720
       + least(greatest(extract(epoch FROM local.at::time) / 60 - 480, 0), 720)
  FROM (SELECT instant AT TIME ZONE 'Europe/London' AS at) AS local
$$;

-- Where one day's hours end and the next begin, the end.
CREATE FUNCTION pg_temp.referral_instant(minutes numeric) RETURNS timestamptz
LANGUAGE sql STABLE
AS $$
SELECT (date '2000-01-01' + (ceil(minutes / 720) - 1)::integer
        + time '08:00' + (minutes - (ceil(minutes / 720) - 1) * 720)
        * interval '1 minute') AT TIME ZONE 'Europe/London'
$$;

-- So many minutes of referral hours later, or earlier.
CREATE FUNCTION pg_temp.referral_add(instant timestamptz, minutes numeric)
RETURNS timestamptz
LANGUAGE sql STABLE
AS $$
SELECT pg_temp.referral_instant(pg_temp.referral_minutes(instant) + minutes)
$$;

-- Care starts on the quarter hours from 07:00 to 19:45 in London, 780 minutes
-- of a day. This leads so many of those minutes on, or back; an instant of the
-- night counts as the last of them before it.
CREATE FUNCTION pg_temp.care_time(instant timestamptz, minutes numeric)
RETURNS timestamptz
LANGUAGE sql STABLE
AS $$
SELECT (date '2000-01-01' + floor(m.care / 780)::integer + time '07:00'
        + (m.care - floor(m.care / 780) * 780) * interval '1 minute')
       AT TIME ZONE 'Europe/London'
  FROM (SELECT instant AT TIME ZONE 'Europe/London' AS at) AS local
 CROSS JOIN LATERAL (
    SELECT (local.at::date - date '2000-01-01') * 780
           + greatest(least(floor(extract(epoch FROM local.at::time) / 900)
               * 15 - 420, 765), -15) + minutes AS care) AS m
$$;

-- Some such time of the same day, at most a day before the instant.
CREATE FUNCTION pg_temp.care_time_of(instant timestamptz, name text)
RETURNS timestamptz
LANGUAGE sql STABLE
AS $$
SELECT pg_temp.care_time(evening.at, -15 * pg_temp.choice((1
           + extract(epoch FROM (evening.at AT TIME ZONE 'Europe/London')::time
               - time '07:00') / 900)::integer, 'time of care', name))
  FROM (SELECT pg_temp.care_time(instant, 0) AS at) AS evening
$$;

-- "£15.00" of 1500, and "94.47" of 9447.
CREATE FUNCTION pg_temp.hundredths_words(hundredths numeric) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT to_char(hundredths / 100.0, 'FM9999990.00') $$;
CREATE FUNCTION pg_temp.money_words(pence numeric) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT '£' || pg_temp.hundredths_words(pence) $$;

-- "27 November 2026", as the day is in London.
CREATE FUNCTION pg_temp.day_words(instant timestamptz) RETURNS text
LANGUAGE sql STABLE
AS $$
SELECT to_char(instant AT TIME ZONE 'Europe/London', 'FMDD FMMonth YYYY')
$$;

CREATE FUNCTION pg_temp.count_words(n integer, unit text) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$ SELECT n || ' ' || unit || CASE WHEN n = 1 THEN '' ELSE 's' END $$;

-- "1 day 2 hours", "45 minutes": as app/matching says how long.
CREATE FUNCTION pg_temp.duration_words(length interval) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
SELECT CASE WHEN large.n = 0 THEN pg_temp.count_words(small.n, small.unit)
       WHEN small.n = 0 THEN pg_temp.count_words(large.n, large.unit)
       ELSE pg_temp.count_words(large.n, large.unit) || ' '
           || pg_temp.count_words(small.n, small.unit) END
  FROM (SELECT ceil(extract(epoch FROM length) / 60)::integer AS n) AS minutes
 CROSS JOIN LATERAL (SELECT
     CASE WHEN minutes.n < 1440 THEN minutes.n / 60 ELSE minutes.n / 1440 END,
     CASE WHEN minutes.n < 1440 THEN 'hour' ELSE 'day' END) AS large (n, unit)
 CROSS JOIN LATERAL (SELECT
     CASE WHEN minutes.n < 1440 THEN minutes.n % 60
         ELSE minutes.n / 60 % 24 END,
     CASE WHEN minutes.n < 1440 THEN 'minute' ELSE 'hour' END)
     AS small (n, unit)
$$;

-- "dementia care, Polish and moving with a hoist".
CREATE FUNCTION pg_temp.words_list(words text[]) RETURNS text
LANGUAGE sql IMMUTABLE
AS $$
SELECT CASE WHEN cardinality(words) < 2 THEN coalesce(words[1], '')
       ELSE array_to_string(words[:cardinality(words) - 1], ', ')
           || ' and ' || words[cardinality(words)] END
$$;
