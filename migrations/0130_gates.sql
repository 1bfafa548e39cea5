-- migrate:up
-- Conditions that providers must meet, the facts that they are held against,
-- and what followed from them.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE framework_member
    ADD COLUMN suspended_on date,
    ADD COLUMN suspended_until date;
COMMENT ON COLUMN framework_member.suspended_on IS
'First day of the suspension; NULL while suspended: since it joined.';
COMMENT ON COLUMN framework_member.suspended_until IS
'Last day of the suspension, after which it is over by itself; NULL: open.';

CREATE FUNCTION member_is_suspended(state text, suspended_on date,
    suspended_until date, on_day date) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE
AS $$
SELECT state = 'suspended' AND coalesce(suspended_on <= on_day, true)
   AND coalesce(suspended_until >= on_day, true)
$$;
COMMENT ON FUNCTION member_is_suspended(text, date, date, date) IS
'Whether a membership is suspended on a day: it may begin and end by itself.';

CREATE TABLE provider_fact (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	organisation_id bigint NOT NULL REFERENCES organisation,
	kind text NOT NULL CHECK (kind IN ('corporate_experience', 'training',
	    'rating_reason', 'weekly_hours', 'public_liability',
	    'employers_liability', 'professional_liability',
	    'medical_malpractice', 'electronic_monitoring',
	    'financial_assessment', 'people_supported')),
	value bigint NOT NULL CHECK (value BETWEEN 0 AND 1000000000),
	valid_from date NOT NULL CHECK (valid_from >= DATE '1990-01-01'),
	valid_until date CHECK (valid_until >= valid_from),
	source text NOT NULL CHECK (source <> ''),
	reason text NOT NULL DEFAULT '',
	entered_by_id bigint REFERENCES account,
	entered_at timestamptz NOT NULL DEFAULT clock_now(),
	corrected_by_id bigint REFERENCES account,
	corrected_at timestamptz,
	revision integer NOT NULL DEFAULT 1,
	PRIMARY KEY (council_id, id),
	CHECK (value <= 1 OR kind NOT IN ('corporate_experience', 'training',
	    'rating_reason', 'electronic_monitoring', 'financial_assessment'))
);
CREATE INDEX provider_fact_organisation
    ON provider_fact (council_id, organisation_id);
COMMENT ON TABLE provider_fact IS
'What a council has seen evidence for of a provider. CQC registration and rating are in location, the monitoring visit and suspension in framework_member, the kind in organisation: every fact has one home.';
COMMENT ON COLUMN provider_fact.kind IS 'As app/matching/gates.h names it.';
COMMENT ON COLUMN provider_fact.value IS
'1 or 0 where it is accepted or not; pounds of cover, hours a week, people.';
COMMENT ON COLUMN provider_fact.valid_until IS 'The last day; NULL: open.';
COMMENT ON COLUMN provider_fact.source IS
'Where it was seen: a certificate, a register, a letter with its date.';
COMMENT ON COLUMN provider_fact.reason IS
'Why it was accepted, where there was something to weigh.';
COMMENT ON COLUMN provider_fact.entered_at IS
'Of several in force the one that was entered last counts; a correction does not change that.';
COMMENT ON COLUMN provider_fact.revision IS
'Counts saves; an edit of an older revision is a conflict.';

CREATE TABLE fact_renewal (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	organisation_id bigint NOT NULL REFERENCES organisation,
	kind text NOT NULL CHECK (kind IN ('public_liability',
	    'employers_liability', 'professional_liability',
	    'medical_malpractice')),
	value bigint NOT NULL CHECK (value BETWEEN 1 AND 1000000000),
	valid_from date NOT NULL CHECK (valid_from >= DATE '1990-01-01'),
	valid_until date NOT NULL CHECK (valid_until >= valid_from),
	source text NOT NULL CHECK (source <> ''),
	submitted_by_id bigint REFERENCES account,
	submitted_at timestamptz NOT NULL DEFAULT clock_now(),
	state text NOT NULL DEFAULT 'submitted'
	    CHECK (state IN ('submitted', 'accepted', 'refused')),
	decided_by_id bigint REFERENCES account,
	decided_at timestamptz,
	decision_reason text NOT NULL DEFAULT '',
	revision integer NOT NULL DEFAULT 1,
	PRIMARY KEY (council_id, id),
	CHECK ((state = 'submitted') = (decided_at IS NULL))
);
CREATE INDEX fact_renewal_organisation
    ON fact_renewal (council_id, organisation_id);
COMMENT ON TABLE fact_renewal IS
'An insurance that a provider says it has renewed. A fact comes of it when the council accepts; each council that it works with decides for itself.';
COMMENT ON COLUMN fact_renewal.source IS 'Insurer and number of the policy.';
COMMENT ON COLUMN fact_renewal.value IS 'Pounds of cover.';
COMMENT ON COLUMN fact_renewal.revision IS
'Counts saves; a decision on an older revision is a conflict.';

CREATE TABLE framework_gate (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	framework_id bigint NOT NULL,
	sort integer NOT NULL DEFAULT 1000,
	name text NOT NULL CHECK (name <> ''),
	fact_kind text NOT NULL CHECK (fact_kind IN ('registration',
	    'corporate_experience', 'training', 'rating', 'rating_reason',
	    'weekly_hours', 'public_liability', 'employers_liability',
	    'professional_liability', 'medical_malpractice',
	    'electronic_monitoring', 'financial_assessment',
	    'monitoring_visit', 'providing', 'micro_enterprise',
	    'people_supported', 'suspension')),
	test text NOT NULL
	    CHECK (test IN ('at_least', 'at_most', 'held_for', 'absent')),
	threshold bigint NOT NULL DEFAULT 0
	    CHECK (threshold BETWEEN 0 AND 1000000000),
	alternatives text[] NOT NULL DEFAULT '{}',
	counts_without_value boolean NOT NULL DEFAULT false,
	asked_of text NOT NULL DEFAULT 'all'
	    CHECK (asked_of IN ('all', 'micro_enterprises', 'others')),
	starts_on date NOT NULL CHECK (starts_on >= DATE '1990-01-01'),
	ends_on date CHECK (ends_on >= starts_on),
	revision integer NOT NULL DEFAULT 1,
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, framework_id) REFERENCES framework,
	CHECK (test <> 'held_for' OR threshold <= 1200)
);
CREATE INDEX framework_gate_framework
    ON framework_gate (council_id, framework_id, sort);
COMMENT ON TABLE framework_gate IS
'A condition that a provider must meet before packages of a framework are offered to it. One that is no longer asked gets a last day and stays.';
COMMENT ON COLUMN framework_gate.threshold IS
'In the unit of the fact: pounds, hours, people, 1 for accepted, months for held_for; of a rating 1 Inadequate to 4 Outstanding.';
COMMENT ON COLUMN framework_gate.alternatives IS
'Kinds of fact of which one, accepted, will do instead.';
COMMENT ON COLUMN framework_gate.counts_without_value IS
'The alternatives count only while the fact has no value: a rating that is not yet there.';
COMMENT ON COLUMN framework_gate.asked_of IS
'micro_enterprises: only of them; others: of everybody else.';
COMMENT ON COLUMN framework_gate.ends_on IS 'The last day; NULL: open.';

CREATE TABLE framework_gate_kind (
	council_id bigint NOT NULL,
	gate_id bigint NOT NULL,
	term_id bigint NOT NULL REFERENCES care_term,
	PRIMARY KEY (council_id, gate_id, term_id),
	FOREIGN KEY (council_id, gate_id) REFERENCES framework_gate
);
COMMENT ON TABLE framework_gate_kind IS
'Service kinds of which a gate is asked; of all of them where it has none here.';

CREATE TABLE gate_standing (
	council_id bigint NOT NULL,
	member_id bigint NOT NULL,
	service_kind_id bigint NOT NULL REFERENCES care_term,
	is_open boolean NOT NULL,
	since_on date NOT NULL,
	checked_on date NOT NULL,
	PRIMARY KEY (council_id, member_id, service_kind_id),
	FOREIGN KEY (council_id, member_id) REFERENCES framework_member
);
COMMENT ON TABLE gate_standing IS
'How a member stood for a service kind when its gates were last checked, so that a change is noticed. Pages and matches work out the verdicts themselves.';
COMMENT ON COLUMN gate_standing.since_on IS 'Since when it has stood so.';
COMMENT ON COLUMN gate_standing.checked_on IS
'The day of the last daily check; what an edit changes in between does not stand in for it.';

CREATE TABLE gate_event (
	council_id bigint NOT NULL,
	id bigint GENERATED ALWAYS AS IDENTITY,
	member_id bigint NOT NULL,
	service_kind_id bigint NOT NULL REFERENCES care_term,
	on_day date NOT NULL,
	is_open boolean NOT NULL,
	text text NOT NULL,
	recorded_at timestamptz NOT NULL DEFAULT clock_now(),
	PRIMARY KEY (council_id, id),
	FOREIGN KEY (council_id, member_id) REFERENCES framework_member
);
CREATE INDEX gate_event_member ON gate_event (council_id, member_id, on_day);
COMMENT ON TABLE gate_event IS
'When a member was paused and restarted for a service kind, and by which fact. Rows are only added.';

CREATE TABLE gate_notice (
	council_id bigint NOT NULL REFERENCES council,
	id bigint GENERATED ALWAYS AS IDENTITY,
	organisation_id bigint NOT NULL REFERENCES organisation,
	fact_kind text NOT NULL,
	closes_on date NOT NULL,
	days integer NOT NULL CHECK (days > 0),
	told_at timestamptz NOT NULL DEFAULT clock_now(),
	task_id bigint,
	PRIMARY KEY (council_id, id),
	UNIQUE (council_id, organisation_id, fact_kind, closes_on, days),
	FOREIGN KEY (council_id, task_id) REFERENCES task
);
COMMENT ON TABLE gate_notice IS
'That both sides were told, days before, that a fact ends on which a gate depends; each once.';
COMMENT ON COLUMN gate_notice.closes_on IS 'First day on which the gate is not passed.';
COMMENT ON COLUMN gate_notice.task_id IS 'What staff were given to do.';

DO $$
DECLARE
	table_name text;
BEGIN
	FOREACH table_name IN ARRAY ARRAY['provider_fact', 'fact_renewal',
	    'framework_gate', 'framework_gate_kind', 'gate_standing',
	    'gate_event', 'gate_notice']
	LOOP
		EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY', table_name);
		EXECUTE format('ALTER TABLE %I FORCE ROW LEVEL SECURITY', table_name);
		EXECUTE format('CREATE POLICY tenant ON %I TO hearth_web'
		    ' USING (council_id = (SELECT tenant_council()))'
		    ' WITH CHECK (council_id = (SELECT tenant_council()))', table_name);
		EXECUTE format('CREATE POLICY jobs ON %I TO hearth_jobs'
		    ' USING (true) WITH CHECK (true)', table_name);
	END LOOP;
	FOREACH table_name IN ARRAY ARRAY['framework_gate', 'framework_gate_kind']
	LOOP
		EXECUTE format('CREATE POLICY partner_read ON %I FOR SELECT TO hearth_web'
		    ' USING (council_id IN (SELECT p.council_id FROM framework_partner p'
		    ' WHERE p.partner_council_id = (SELECT tenant_council())))', table_name);
		EXECUTE format('CREATE POLICY provider_read ON %I FOR SELECT TO hearth_web'
		    ' USING (council_id IN (SELECT m.council_id FROM framework_member m'
		    ' WHERE m.organisation_id = (SELECT tenant_organisation())))', table_name);
	END LOOP;
	-- Whoever sees a membership sees how it stands: partners and the provider.
	FOREACH table_name IN ARRAY ARRAY['gate_standing', 'gate_event']
	LOOP
		EXECUTE format('CREATE POLICY member_read ON %I FOR SELECT TO hearth_web'
		    ' USING (EXISTS (SELECT FROM framework_member m'
		    ' WHERE m.council_id = %1$I.council_id AND m.id = %1$I.member_id))',
		    table_name);
	END LOOP;
END
$$;
CREATE POLICY member_read ON provider_fact FOR SELECT TO hearth_web
    USING (EXISTS (SELECT FROM framework_member m
        WHERE m.council_id = provider_fact.council_id
          AND m.organisation_id = provider_fact.organisation_id));
CREATE POLICY provider_read ON fact_renewal FOR SELECT TO hearth_web
    USING (organisation_id = (SELECT tenant_organisation()));
CREATE POLICY provider_add ON fact_renewal FOR INSERT TO hearth_web
    WITH CHECK (organisation_id = (SELECT tenant_organisation())
        AND state = 'submitted'
        AND EXISTS (SELECT FROM framework_member m
            WHERE m.council_id = fact_renewal.council_id
              AND m.organisation_id = fact_renewal.organisation_id));

GRANT SELECT, INSERT, UPDATE, DELETE ON provider_fact TO hearth_web;
GRANT SELECT, INSERT, UPDATE ON fact_renewal, framework_gate, gate_standing
    TO hearth_web;
GRANT SELECT, INSERT, DELETE ON framework_gate_kind TO hearth_web;
GRANT SELECT, INSERT ON gate_event TO hearth_web, hearth_jobs;
GRANT SELECT ON gate_notice TO hearth_web;
GRANT SELECT ON provider_fact, framework_gate, framework_gate_kind
    TO hearth_jobs;
GRANT SELECT, INSERT, UPDATE ON gate_standing, gate_notice TO hearth_jobs;

-- Two more kinds of task, beside whichever there are.
DO $$
DECLARE
	kinds text;
BEGIN
	SELECT string_agg(quote_literal(found.words[1]), ', ') INTO STRICT kinds
	  FROM pg_constraint c,
	       regexp_matches(pg_get_constraintdef(c.oid), '''([a-z_]+)''', 'g')
	           AS found (words)
	 WHERE c.conrelid = 'task'::regclass AND c.conname = 'task_kind_check';
	ALTER TABLE task DROP CONSTRAINT task_kind_check;
	EXECUTE format('ALTER TABLE task ADD CONSTRAINT task_kind_check'
	    ' CHECK (kind IN (%s, ''fact_ends'', ''accept_renewal''))', kinds);
END
$$;
-- Built while nobody works: migrations run before Hearth starts.
-- squawk-ignore require-concurrent-index-creation
CREATE UNIQUE INDEX task_renewal ON task (council_id, organisation_id)
    WHERE kind = 'accept_renewal' AND done_at IS NULL;
CREATE POLICY provider_add ON task FOR INSERT TO hearth_web
    WITH CHECK (kind = 'accept_renewal' AND done_at IS NULL
        AND package_id IS NULL AND offer_id IS NULL
        AND organisation_id = (SELECT tenant_organisation())
        AND EXISTS (SELECT FROM framework_member m
            WHERE m.council_id = task.council_id
              AND m.organisation_id = task.organisation_id));

CREATE FUNCTION gate_recipients(council bigint)
RETURNS TABLE (email text, name text)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
	RETURN QUERY
	SELECT a.email, a.name
	  FROM membership m JOIN account a ON a.id = m.account_id
	 WHERE m.council_id = council AND m.role = 'commissioner'
	   AND m.started_at IS NOT NULL AND m.ended_at IS NULL AND a.is_active
	 ORDER BY a.id;
END
$$;
COMMENT ON FUNCTION gate_recipients(bigint) IS
'Whom of a council the jobs process tells that a provider''s fact ends: its commissioners.';

GRANT EXECUTE ON FUNCTION member_is_suspended(text, date, date, date)
    TO hearth_web, hearth_jobs;
GRANT EXECUTE ON FUNCTION gate_recipients(bigint) TO hearth_jobs;

-- migrate:down
