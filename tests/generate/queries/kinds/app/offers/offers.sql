-- Offers of care, as both sides see them. Comments here belong to nothing.

-- row offer (id bigint, reference text, price_pence bigint?, starts_on date?,
--   is_open boolean, score double?)
-- One offer: what was asked and what it costs.

-- query offer_by_reference (reference text, viewer bigint) one offer
-- Seen by the provider it was sent to; by nobody else.
--
-- A comment in C ends with */ and begins with /*.
SELECT o.id, o.reference, o.price_pence, o.starts_on, o.is_open, o.score
  FROM offer o
 WHERE o.reference = :reference
   AND o.organisation_id = :viewer;

-- query offer_list_open (viewer bigint, since timestamptz?, most integer?)
--   many offer
SELECT id, reference, price_pence, starts_on, is_open, score
  FROM offer
 WHERE organisation_id = :viewer
   AND (:since::timestamptz IS NULL OR sent_at >= :since)
 ORDER BY sent_at
 LIMIT :most;

-- query offer_count () value bigint
SELECT count(*) FROM offer

-- query offer_first_day () value date?
SELECT min(starts_on) FROM offer;

-- query offer_insert (reference text, price_pence bigint?, starts_on date?,
--   is_open boolean?, score double?, note text?, seal bytea?,
--   areas text[], needs bigint[]?) none
INSERT INTO offer (reference, price_pence, starts_on, is_open, score, note,
    seal, areas, needs)
VALUES (:reference, :price_pence, :starts_on, :is_open, :score, :note,
    :seal, :areas, :needs);
