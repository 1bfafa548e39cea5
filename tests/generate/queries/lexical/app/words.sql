-- query word_hunt (a bigint, b text) value text
SELECT ':a', 'it''s :a', E'\':a', e'\\', "co:l ""x"" :a", $$ :a ' $$,
       $tag$ $$ :a $other$ $tag$, :a::bigint, b.x::text, x::text || :b
  FROM t /* :a /* nested :a */ still :a
       two lines */ WHERE :a<>:a AND c ~ '??/\' -- :nobody's
   AND x = ANY (y[1:2]) AND "é" = U&'\00e9' AND 1.5e5 > 0
;
-- a comment after the end

-- query word_last (a bigint) none
-- Its SQL begins lower down.

-- A comment before it.
DELETE FROM t WHERE id = :a
