SELECT 1;

-- row unused_row (id bigint)
-- row twice_row (id bigint, id text)
-- row flag_row (size bigint?, has_size boolean)
-- row Name (id bigint)
-- row class_ (id bigint)
-- row struct (id bigint)
-- row empty_row ()
-- row typed (id varchar)
-- row cut (id bigint
-- row lost from nowhere.sql
-- row
-- query 9lives () none
SELECT 1;
-- query no_bracket none
SELECT 1;
-- query no_kind ()
SELECT 1;
-- query odd_kind () several offer
SELECT 1;
-- query no_row () one
SELECT 1;
-- query far_row () one stranger
SELECT 1;
-- query keyword (return bigint, db text) none
SELECT :return, :db;
-- query too_much () none of it
SELECT 1;
-- query no_comma (a bigint b bigint) none
SELECT :a, :b;
-- query same () none
SELECT 1;
-- query same () none
SELECT 2;
