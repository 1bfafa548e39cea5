-- What the daily check of gates needs: whom to look at, and telling both sides
-- that a fact ends, each once.

-- row gate_due (council_id bigint, organisation_id bigint, organisation_reference text, today date)

-- query gate_due_next () one gate_due
-- An organisation whose gates nobody has checked today.
SELECT m.council_id, m.organisation_id,
       o.reference AS organisation_reference, d.today
  FROM (SELECT (clock_now() AT TIME ZONE 'Europe/London')::date AS today) AS d
 CROSS JOIN framework_member m
  JOIN organisation o ON o.id = m.organisation_id
 WHERE m.state IN ('active', 'suspended')
   AND EXISTS (SELECT FROM framework_gate g
       WHERE g.council_id = m.council_id AND g.framework_id = m.framework_id)
   AND EXISTS (SELECT FROM member_term x JOIN care_term t ON t.id = x.term_id
       WHERE x.council_id = m.council_id AND x.member_id = m.id
         AND t.kind = 'service_kind'
         AND NOT EXISTS (SELECT FROM gate_standing s
             WHERE s.council_id = m.council_id AND s.member_id = m.id
               AND s.service_kind_id = t.id AND s.checked_on >= d.today))
 ORDER BY m.council_id, m.id
 LIMIT 1;

-- query gate_notice_add (council bigint, organisation bigint, fact_kind text, closes_on date, days integer) value bigint
-- 0: both sides were told before.
INSERT INTO gate_notice (council_id, organisation_id, fact_kind, closes_on,
    days)
VALUES (:council, :organisation, :fact_kind, :closes_on, :days)
    ON CONFLICT DO NOTHING
RETURNING id;

-- row gate_recipient (email text, name text)

-- query gate_recipient_list (council bigint) many gate_recipient
SELECT email, name FROM gate_recipients(:council);

-- query fact_task_add (council bigint, notice bigint, note text, due_by timestamptz) none
-- One task for a fact, also when it is told of three times; another one where
-- somebody has marked the first as done and the fact still ends.
WITH told AS (
	SELECT n.* FROM gate_notice n
	 WHERE n.council_id = :council AND n.id = :notice
), open AS (
	SELECT t.id FROM told
	  JOIN gate_notice n ON n.council_id = told.council_id
	   AND n.organisation_id = told.organisation_id
	   AND n.fact_kind = told.fact_kind AND n.closes_on = told.closes_on
	  JOIN task t ON t.council_id = n.council_id AND t.id = n.task_id
	 WHERE t.done_at IS NULL
	 LIMIT 1
), added AS (
	INSERT INTO task (council_id, kind, organisation_id, note, due_by)
	SELECT told.council_id, 'fact_ends', told.organisation_id, :note, :due_by
	  FROM told WHERE NOT EXISTS (SELECT FROM open)
	RETURNING id, council_id, reference
), kept AS (
	UPDATE gate_notice n
	   SET task_id = coalesce((SELECT id FROM open), (SELECT id FROM added))
	  FROM told WHERE n.council_id = told.council_id AND n.id = told.id
)
SELECT audit_add('task.create', 'task', a.reference, '{}', a.council_id)
  FROM added a;

-- row fact_task (task_id bigint, fact_kind text, closes_on date, is_renewed boolean)

-- query fact_task_list (council bigint, organisation bigint, today date) many fact_task
-- is_renewed: another fact of the kind holds today, beyond that end.
SELECT DISTINCT t.id AS task_id, n.fact_kind, n.closes_on,
       EXISTS (SELECT FROM provider_fact f
           WHERE f.council_id = n.council_id
             AND f.organisation_id = n.organisation_id
             AND f.kind = n.fact_kind AND f.valid_from <= :today
             AND coalesce(f.valid_until >= greatest(n.closes_on, :today), true))
           AS is_renewed
  FROM gate_notice n
  JOIN task t ON t.council_id = n.council_id AND t.id = n.task_id
 WHERE n.council_id = :council AND n.organisation_id = :organisation
   AND t.done_at IS NULL;

-- query fact_task_finish (council bigint, task bigint) none
-- Done, because the fact no longer ends on that day.
UPDATE task SET done_at = clock_now()
 WHERE council_id = :council AND id = :task AND done_at IS NULL;
