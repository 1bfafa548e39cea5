-- What a path of a page test names, found in the demonstration. The "own" are
-- those of the provider whose people open the pages, in Hertfordshire.
CREATE FUNCTION demo_reference(prefix text, name text) RETURNS text
LANGUAGE sql AS $$
SELECT prefix || string_agg(substr('0123456789ABCDEFGHJKMNPQRSTVWXYZ',
    (get_byte(decode(md5(name), 'hex'), place) & 31) + 1, 1), '' ORDER BY place)
  FROM generate_series(0, 7) AS place
$$;

CREATE FUNCTION demo_visit(package text) RETURNS bigint LANGUAGE sql AS $$
SELECT min(x.id) FROM visit x JOIN package k ON k.id = x.package_id
 WHERE k.reference = demo_reference('C', package)
$$;

CREATE FUNCTION demo_outcome(package text) RETURNS bigint LANGUAGE sql AS $$
SELECT min(x.id) FROM outcome_wanted x JOIN package k ON k.id = x.package_id
 WHERE k.reference = demo_reference('C', package)
$$;

CREATE FUNCTION demo_contact(person text) RETURNS bigint LANGUAGE sql AS $$
SELECT min(x.id) FROM person_contact x JOIN person s ON s.id = x.person_id
 WHERE s.reference = demo_reference('S', person)
$$;

CREATE FUNCTION demo_mail(council text) RETURNS bigint LANGUAGE sql AS $$
SELECT min(x.id) FROM outbox x JOIN council c ON c.id = x.council_id
 WHERE c.code = council
$$;

CREATE FUNCTION demo_office(provider text) RETURNS bigint LANGUAGE sql AS $$
SELECT min(x.id) FROM organisation_office x
  JOIN organisation o ON o.id = x.organisation_id
 WHERE o.reference = demo_reference('P', provider)
$$;

CREATE FUNCTION demo_provider_contact(provider text) RETURNS bigint
LANGUAGE sql AS $$
SELECT min(x.id) FROM organisation_contact x
  JOIN organisation o ON o.id = x.organisation_id
 WHERE o.reference = demo_reference('P', provider)
$$;

CREATE FUNCTION demo_location(provider text) RETURNS bigint LANGUAGE sql AS $$
SELECT min(x.id) FROM location x
  JOIN organisation o ON o.id = x.organisation_id
 WHERE o.reference = demo_reference('P', provider)
$$;

CREATE FUNCTION demo_offer(package text, standing text) RETURNS text
LANGUAGE sql AS $$
SELECT o.reference FROM offer o JOIN package k ON k.id = o.package_id
 WHERE k.reference = demo_reference('C', package)
   AND coalesce(o.result, o.state) = standing
 ORDER BY o.position LIMIT 1
$$;

CREATE FUNCTION demo_is_own(organisation bigint) RETURNS boolean
LANGUAGE sql AS $$
SELECT o.reference = demo_reference('P', 'harlequin-larkspur')
  FROM organisation o WHERE o.id = organisation
$$;

CREATE FUNCTION demo_offer_open(is_own boolean) RETURNS text
LANGUAGE sql AS $$
SELECT o.reference FROM offer o
 WHERE demo_is_own(o.organisation_id) = is_own AND o.state = 'sent'
   AND o.reply_by > clock_now()
 ORDER BY o.id LIMIT 1
$$;

CREATE FUNCTION demo_offer_planned(is_own boolean) RETURNS text
LANGUAGE sql AS $$
SELECT o.reference FROM offer o
 WHERE demo_is_own(o.organisation_id) = is_own AND o.result = 'chosen'
   AND o.start_offered_at > clock_now()
 ORDER BY o.id LIMIT 1
$$;

-- That of others is of another council, too.
CREATE FUNCTION demo_placement(is_own boolean) RETURNS text
LANGUAGE sql AS $$
SELECT p.reference FROM placement p JOIN council c ON c.id = p.council_id
 WHERE demo_is_own(p.organisation_id) = is_own
   AND (c.code = 'hertfordshire') = is_own AND p.state = 'started'
   AND p.offer_id IS NOT NULL
 ORDER BY p.id LIMIT 1
$$;
