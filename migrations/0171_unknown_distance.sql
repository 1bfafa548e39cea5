-- migrate:up
-- A provider of which no place is known was taken for the nearest: greatest()
-- passes over NULL.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

CREATE OR REPLACE FUNCTION provider_metres(council bigint, package bigint,
    organisation bigint)
RETURNS integer LANGUAGE plpgsql STABLE AS $$
BEGIN
	RETURN (
	SELECT min(CASE WHEN h.latitude IS NOT NULL AND b.latitude IS NOT NULL
	           THEN greatest(1, 111195 * sqrt((b.latitude - h.latitude) ^ 2
	               + ((b.longitude - h.longitude)
	                   * cos(radians(h.latitude))) ^ 2)) END)::integer
	  FROM (SELECT coalesce(k.latitude, z.latitude) AS latitude,
	               coalesce(k.longitude, z.longitude) AS longitude
	          FROM package k
	          LEFT JOIN postcode_sector z ON z.sector = k.sector
	         WHERE k.council_id = $1 AND k.id = $2) AS h,
	       (SELECT coalesce(p.latitude, z.latitude),
	               coalesce(p.longitude, z.longitude)
	          FROM organisation_office f
	          LEFT JOIN postcode p ON p.postcode = f.postcode
	          LEFT JOIN postcode_sector z ON z.sector = f.sector
	         WHERE f.organisation_id = $3
	        UNION ALL
	        SELECT coalesce(p.latitude, z.latitude),
	               coalesce(p.longitude, z.longitude)
	          FROM location l
	          LEFT JOIN postcode p ON p.postcode = l.postcode
	          LEFT JOIN postcode_sector z ON z.sector = l.sector
	         WHERE l.organisation_id = $3
	        UNION ALL
	        SELECT coalesce(k.latitude, z.latitude),
	               coalesce(k.longitude, z.longitude)
	          FROM placement x
	          JOIN package k ON k.council_id = x.council_id
	           AND k.id = x.package_id
	          LEFT JOIN postcode_sector z ON z.sector = k.sector
	         WHERE x.council_id = $1 AND x.organisation_id = $3
	           AND x.package_id <> $2
	           AND placement_state(x.state, x.starts_at, clock_now())
	               = 'started') AS b (latitude, longitude));
END
$$;

-- migrate:down
