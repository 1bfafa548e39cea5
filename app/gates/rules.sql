-- The gates of a framework as the commissioner edits them.

-- query gate_kind_codes (council bigint, gate bigint) value text[]
SELECT coalesce(array_agg(t.code ORDER BY t.sort), '{}')
  FROM framework_gate_kind k JOIN care_term t ON t.id = k.term_id
 WHERE k.council_id = :council AND k.gate_id = :gate;

-- query gate_insert (council bigint, framework bigint, name text, fact_kind text, test text, threshold bigint, alternatives text[], counts_without_value boolean, asked_of text, starts_on date, ends_on date?) value bigint
INSERT INTO framework_gate (council_id, framework_id, sort, name, fact_kind,
    test, threshold, alternatives, counts_without_value, asked_of, starts_on,
    ends_on)
SELECT :council, :framework,
       coalesce(max(g.sort), 0) + 10, :name, :fact_kind, :test, :threshold,
       :alternatives, :counts_without_value, :asked_of, :starts_on, :ends_on
  FROM framework_gate g
 WHERE g.council_id = :council AND g.framework_id = :framework
RETURNING id;

-- query gate_save (council bigint, id bigint, revision integer, name text, fact_kind text, test text, threshold bigint, alternatives text[], counts_without_value boolean, asked_of text, starts_on date, ends_on date?) none
-- 0 when another has saved since.
UPDATE framework_gate
   SET name = :name, fact_kind = :fact_kind, test = :test,
       threshold = :threshold, alternatives = :alternatives,
       counts_without_value = :counts_without_value, asked_of = :asked_of,
       starts_on = :starts_on, ends_on = :ends_on, revision = revision + 1
 WHERE council_id = :council AND id = :id AND revision = :revision;

-- query gate_kinds_remove (council bigint, gate bigint) none
-- Under the lock that gate_save took.
DELETE FROM framework_gate_kind
 WHERE council_id = :council AND gate_id = :gate;

-- query gate_kinds_add (council bigint, gate bigint, codes text[]) none
INSERT INTO framework_gate_kind (council_id, gate_id, term_id)
SELECT :council, :gate, t.id FROM care_term t
 WHERE t.kind = 'service_kind' AND t.code = ANY (:codes);

-- query gate_detail (council bigint, id bigint) value text
-- What the audit keeps of a gate, as it is now.
SELECT jsonb_build_object('gate', g.id, 'fact', g.fact_kind, 'test', g.test,
       'threshold', g.threshold, 'alternatives', g.alternatives,
       'asked_of', g.asked_of, 'from', g.starts_on, 'until', g.ends_on)::text
  FROM framework_gate g
 WHERE g.council_id = :council AND g.id = :id;
