-- What was done, for the audit; and figures for the planner.
SELECT audit_add('demo.load', 'council', c.code, '{}', c.id) FROM council c;
ANALYZE;
