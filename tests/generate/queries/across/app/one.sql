-- row thing (id bigint)
-- query thing_list () many thing
SELECT id FROM thing;
