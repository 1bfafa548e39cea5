-- row thing (id bigint)
-- query thing_list () many thing
SELECT id FROM thing;
-- row borrowed from one.sql
-- query borrowed_list () many borrowed
SELECT 1;
