-- migrate:up
-- Whether a package is specialist or low-level care, which a broker states.
SET lock_timeout = '5s';
SET statement_timeout = '60s';

ALTER TABLE package
    ADD COLUMN complexity text NOT NULL DEFAULT 'ordinary',
    ADD COLUMN complexity_reason text NOT NULL DEFAULT '',
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT package_complexity_check CHECK (
        complexity IN ('ordinary', 'specialist', 'low_level')),
    -- squawk-ignore constraint-missing-not-valid
    ADD CONSTRAINT package_complexity_reason_check CHECK (
        (complexity = 'ordinary') = (complexity_reason = ''));
COMMENT ON COLUMN package.complexity IS
'specialist: care that needs more than the usual training; low_level: not complex, so that any provider could sustain it. Lots and spot contracts go by it.';
COMMENT ON COLUMN package.complexity_reason IS
'Why it is specialist or low-level; for staff, and in no version that providers read.';

-- As before, with the complexity where it is not the ordinary one, so that
-- versions kept before still say the same.
CREATE OR REPLACE FUNCTION package_document(for_council bigint, for_package bigint)
RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, public, pg_temp
AS $$
BEGIN
RETURN (SELECT jsonb_build_object(
    'funding', jsonb_build_object('framework', f.code,
        'funding', funding.code, 'service_kind', service.code),
    'place', jsonb_build_object('sector', k.sector, 'area', a.code,
        'rurality', k.rurality),
    'group', jsonb_build_object('group', grouped.code, 'age_band', age.code),
    'needs', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', t.kind,
            'code', t.code, 'must', n.is_must) ORDER BY t.kind, t.sort), '[]')
        FROM package_need n JOIN care_term t ON t.id = n.term_id
       WHERE n.council_id = k.council_id AND n.package_id = k.id),
    'before_coming', jsonb_build_object('smoker', k.has_smoker,
        'pets', k.has_pets, 'text', k.know_before),
    'visits', (SELECT coalesce(jsonb_agg(jsonb_build_object('kind', v.kind,
            'days', v.days, 'times', v.times, 'from', v.start_from_minute,
            'until', v.start_until_minute, 'minutes', v.minutes,
            'carers', v.carers, 'critical', v.is_critical,
            'purpose', v.purpose) ORDER BY v.sort, v.id), '[]')
        FROM visit v
       WHERE v.council_id = k.council_id AND v.package_id = k.id),
    'outcomes', (SELECT coalesce(jsonb_agg(w.text ORDER BY w.sort, w.id), '[]')
        FROM outcome_wanted w
       WHERE w.council_id = k.council_id AND w.package_id = k.id),
    'start', jsonb_build_object('urgency', k.urgency,
        'wanted_at', extract(epoch FROM k.start_wanted_at)::bigint),
    'choice', (SELECT g.reference FROM organisation g
        WHERE g.id = k.chosen_organisation_id))
    || CASE k.complexity WHEN 'ordinary' THEN '{}'
        ELSE jsonb_build_object('complexity', k.complexity) END
  FROM package k
  LEFT JOIN framework f ON f.council_id = k.framework_council_id
   AND f.id = k.framework_id
  LEFT JOIN area a ON a.council_id = k.framework_council_id
   AND a.id = k.area_id
  LEFT JOIN care_term funding ON funding.id = k.funding_id
  LEFT JOIN care_term service ON service.id = k.service_kind_id
  LEFT JOIN care_term grouped ON grouped.id = k.group_id
  LEFT JOIN care_term age ON age.id = k.age_band_id
 WHERE k.council_id = for_council AND k.id = for_package);
END
$$;

-- migrate:down
