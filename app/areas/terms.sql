-- The lists to choose from that all councils share.

-- row care_term (code text, label text, phrase text)

-- query care_term_list (kind text) many care_term
-- Those still offered, in the order of the list.
SELECT t.code, t.label, t.phrase
  FROM care_term t
 WHERE t.kind = :kind AND t.is_active
 ORDER BY t.sort, t.label;

-- query care_term_label (kind text, code text) value text
-- Also of a term that is no longer offered.
SELECT t.label FROM care_term t WHERE t.kind = :kind AND t.code = :code;
