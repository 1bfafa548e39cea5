-- The weekly timetable and the outcomes wanted of a package.

-- row visit (id bigint, kind text, days integer, times integer,
--   start_from_minute integer?, start_until_minute integer?,
--   minutes integer, carers integer, is_critical boolean, purpose text)

-- query visit_list (council bigint, package bigint) many visit
SELECT v.id, v.kind, v.days, v.times, v.start_from_minute,
       v.start_until_minute, v.minutes, v.carers, v.is_critical, v.purpose
  FROM visit v
 WHERE v.council_id = :council AND v.package_id = :package
 ORDER BY v.sort, v.id;

-- query visit_by_id (council bigint, package bigint, id bigint) one visit
SELECT v.id, v.kind, v.days, v.times, v.start_from_minute,
       v.start_until_minute, v.minutes, v.carers, v.is_critical, v.purpose
  FROM visit v
 WHERE v.council_id = :council AND v.package_id = :package AND v.id = :id;

-- query visit_insert (council bigint, package bigint, kind text, days integer, times integer, start_from_minute integer?, start_until_minute integer?, minutes integer, carers integer, is_critical boolean, purpose text) none
-- In the order of the day; visits without a time come last.
INSERT INTO visit (council_id, package_id, kind, days, times,
    start_from_minute, start_until_minute, minutes, carers, is_critical,
    purpose, sort)
VALUES (:council, :package, :kind, :days, :times, :start_from_minute,
    :start_until_minute, :minutes, :carers, :is_critical, :purpose,
    coalesce(:start_from_minute, 1440));

-- query visit_update (council bigint, package bigint, id bigint, kind text, days integer, times integer, start_from_minute integer?, start_until_minute integer?, minutes integer, carers integer, is_critical boolean, purpose text) none
UPDATE visit v
   SET kind = :kind, days = :days, times = :times,
       start_from_minute = :start_from_minute,
       start_until_minute = :start_until_minute, minutes = :minutes,
       carers = :carers, is_critical = :is_critical, purpose = :purpose,
       sort = coalesce(:start_from_minute, 1440)
 WHERE v.council_id = :council AND v.package_id = :package AND v.id = :id;

-- query visit_remove (council bigint, package bigint, id bigint) none
DELETE FROM visit v
 WHERE v.council_id = :council AND v.package_id = :package AND v.id = :id;

-- row outcome (id bigint, text text, sort integer)

-- query outcome_list (council bigint, package bigint) many outcome
SELECT w.id, w.text, w.sort
  FROM outcome_wanted w
 WHERE w.council_id = :council AND w.package_id = :package
 ORDER BY w.sort, w.id;

-- query outcome_by_id (council bigint, package bigint, id bigint) one outcome
SELECT w.id, w.text, w.sort
  FROM outcome_wanted w
 WHERE w.council_id = :council AND w.package_id = :package AND w.id = :id;

-- query outcome_insert (council bigint, package bigint, text text) none
INSERT INTO outcome_wanted (council_id, package_id, text, sort)
SELECT :council, :package, :text, coalesce(max(w.sort), 0) + 1
  FROM outcome_wanted w
 WHERE w.council_id = :council AND w.package_id = :package;

-- query outcome_update (council bigint, package bigint, id bigint, text text) none
UPDATE outcome_wanted w SET text = :text
 WHERE w.council_id = :council AND w.package_id = :package AND w.id = :id;

-- query outcome_remove (council bigint, package bigint, id bigint) none
DELETE FROM outcome_wanted w
 WHERE w.council_id = :council AND w.package_id = :package AND w.id = :id;
