-- Offers of several packages to one provider that are answered as one.

-- query offer_packages_lock (council bigint, packages bigint[]) none
-- Packages with those that are in an open bundle with one of them, in order.
SELECT package_lock(:council, :packages);

-- row bundle_id (id bigint, reference text)

-- query bundle_insert (council bigint, organisation bigint, member_council bigint, member bigint, at timestamptz) one bundle_id
INSERT INTO offer_bundle (council_id, organisation_id, member_council_id,
    member_id, sent_at)
VALUES (:council, :organisation, :member_council, :member, :at)
RETURNING id, reference;

-- row bundle_page (id bigint, council_id bigint, reference text,
--   organisation_name text, council_name text, framework_name text,
--   sent_at timestamptz, reply_by timestamptz, standing text,
--   package_count bigint, weekly_minutes bigint, widest_metres integer?)
-- standing: as offer_standing() says of all its offers, or "mixed".
-- widest_metres: between the middles of the two postcode sectors that lie
-- farthest apart, of the versions that were offered; NULL: one is not known.

-- query bundle_by_reference (reference text, organisation bigint?, council bigint?) one bundle_page
-- Seen by the provider that it was sent to, and by the council.
WITH part AS MATERIALIZED (
    SELECT o.*, n.document #>> '{place,sector}' AS sector,
           offer_standing(o.state, o.result, o.result_at, o.reply_by,
               r.outcome, r.settled_at, (SELECT clock_now())) AS standing
      FROM offer_bundle b
      JOIN offer o ON o.council_id = b.council_id AND o.bundle_id = b.id
      JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
      JOIN package_version n ON n.council_id = o.council_id
       AND n.package_id = o.package_id AND n.version = o.package_version
     WHERE b.reference = :reference)
SELECT b.id, b.council_id, b.reference, g.name AS organisation_name,
       c.name AS council_name, f.name AS framework_name, b.sent_at,
       sum.reply_by, sum.standing, sum.package_count, sum.weekly_minutes,
       CASE WHEN far.unknown = 0 THEN far.metres END AS widest_metres
  FROM offer_bundle b
  JOIN council c ON c.id = b.council_id
  JOIN organisation g ON g.id = b.organisation_id
  JOIN framework_member m ON m.council_id = b.member_council_id
   AND m.id = b.member_id
  JOIN framework f ON f.council_id = m.council_id AND f.id = m.framework_id
 CROSS JOIN LATERAL (
    SELECT min(p.reply_by) AS reply_by, count(*) AS package_count,
           sum(p.weekly_minutes)::bigint AS weekly_minutes,
           CASE WHEN min(p.standing) = max(p.standing) THEN min(p.standing)
               ELSE 'mixed' END AS standing
      FROM part p) AS sum
 CROSS JOIN LATERAL (
    SELECT count(*) FILTER (WHERE x.sector IS NULL OR y.sector IS NULL)
               AS unknown,
           max(111195 * sqrt((x.latitude - y.latitude) ^ 2
               + ((x.longitude - y.longitude)
                   * cos(radians(x.latitude))) ^ 2))::integer AS metres
      FROM part p
      JOIN part q ON q.id > p.id
      LEFT JOIN postcode_sector x ON x.sector = p.sector
      LEFT JOIN postcode_sector y ON y.sector = q.sector) AS far
 WHERE b.reference = :reference
   AND (b.organisation_id = :organisation::bigint
       OR b.council_id = :council::bigint);

-- row bundle_part (offer_id bigint, reference text, round_id bigint,
--   round_number integer, package_id bigint, package_reference text)

-- query bundle_part_list (council bigint, bundle bigint) many bundle_part
-- Its offers in the order in which packages are locked.
SELECT o.id AS offer_id, o.reference, o.round_id, r.number AS round_number,
       o.package_id, k.reference AS package_reference
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
  JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
 WHERE o.council_id = :council AND o.bundle_id = :bundle
 ORDER BY o.package_id;

-- query bundle_open (council bigint, round bigint) one bundle_id
-- The bundle of a round whose offer is still open: then it is open whole. To
-- be read under the package's lock.
SELECT b.id, b.reference
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
   AND r.settled_at IS NULL
  JOIN offer_bundle b ON b.council_id = o.council_id AND b.id = o.bundle_id
 WHERE o.council_id = :council AND o.round_id = :round
   AND offer_state(o.state, o.reply_by, clock_now()) = 'sent';
