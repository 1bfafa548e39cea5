-- query no_sql () none

-- Only a comment.

-- query two_statements () none
SELECT 1; SELECT 2;
-- query not_declared (a bigint) none
SELECT :a, :b,
       :A;
-- query not_used (a bigint, b text?) none
SELECT 1;
-- query by_number (a bigint) none
SELECT :a, $1;
-- query open_string () none
SELECT 'no end;
-- query open_identifier () none
SELECT "no end;
-- query open_dollar () none
SELECT $x$ no end $y$;
-- query open_comment () none
SELECT 1
  /* no /* end */;
