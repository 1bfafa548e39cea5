-- 230 of everything that has a list, from the package whose person number is
-- Many: more than any page, and more than the lists once ended at.
DO $$
DECLARE
	the package%ROWTYPE;
	columns text;
BEGIN
	SELECT k.* INTO STRICT the FROM package k
	  JOIN person p ON p.council_id = k.council_id AND p.id = k.person_id
	 WHERE p.person_number = 'Many';
	SELECT string_agg(quote_ident(a.attname), ', ') INTO columns
	  FROM pg_attribute a
	 WHERE a.attrelid = 'package'::regclass AND a.attnum > 0
	   AND NOT a.attisdropped AND a.attidentity = ''
	   AND a.attname <> 'reference';
	EXECUTE format('INSERT INTO package (%s) SELECT %1$s FROM package s,'
	    ' generate_series(1, 229) WHERE s.council_id = $1 AND s.id = $2',
	    columns) USING the.council_id, the.id;
	INSERT INTO package_version (council_id, package_id, version, document)
	SELECT k.council_id, k.id, k.version,
	       package_document(k.council_id, k.id) FROM package k
	 WHERE k.council_id = the.council_id AND k.person_id = the.person_id
	    ON CONFLICT DO NOTHING;
	UPDATE package k SET created_at = clock_now() - interval '90 days'
	 WHERE k.council_id = the.council_id AND k.id = the.id;
	INSERT INTO package_wait (council_id, package_id, reason, minutes_wanted,
	    minutes_in_place, from_at, until_at)
	SELECT the.council_id, the.id, 'nothing_in_place', n, 0,
	       clock_now() - n * interval '2 hours',
	       clock_now() - n * interval '2 hours' + interval '1 hour'
	  FROM generate_series(1, 230) AS n;
	INSERT INTO offer_round (council_id, package_id, number, package_version,
	    policy_council_id, policy_version_id, wave, winner, sent_at, reply_by,
	    start_wanted_at)
	SELECT k.council_id, k.id, 1, k.version, f.council_id,
	       f.policy_version_id, 'all', 'best', clock_now(),
	       clock_now() + interval '2 hours', k.start_wanted_at
	  FROM package k
	  JOIN framework f ON f.council_id = k.framework_council_id
	   AND f.id = k.framework_id
	 WHERE k.council_id = the.council_id AND k.person_id = the.person_id;
	INSERT INTO offer (council_id, package_id, round_id, organisation_id,
	    member_council_id, member_id, package_version, position, sent_at,
	    reply_by, start_wanted_at, weekly_minutes)
	SELECT o.council_id, o.package_id, o.id, m.organisation_id, m.council_id,
	       m.id, o.package_version, 1, o.sent_at, o.reply_by,
	       o.start_wanted_at, the.weekly_minutes
	  FROM offer_round o
	  JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
	  JOIN framework_member m ON m.council_id = k.framework_council_id
	   AND m.framework_id = k.framework_id
	  JOIN organisation g ON g.id = m.organisation_id
	 WHERE k.council_id = the.council_id AND k.person_id = the.person_id
	   AND g.name = 'Foxglove Test Care';
	INSERT INTO placement_request (council_id, package_id, organisation_id,
	    reason, starts_at, requested_by_id)
	SELECT k.council_id, k.id, g.id, 'Known to the person',
	       k.start_wanted_at, u.id
	  FROM package k, organisation g, account u
	 WHERE k.council_id = the.council_id AND k.person_id = the.person_id
	   AND g.name = 'Foxglove Test Care'
	   AND u.email = 'broker@northing.test';
	INSERT INTO person (council_id, person_number, given_name, family_name)
	SELECT the.council_id, 'Crowd ' || n, 'Robin', 'Crowd'
	  FROM generate_series(1, 45) AS n;
END
$$;
