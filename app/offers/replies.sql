-- Replies to offers. Every statement that writes runs between settle_begin
-- and settle_end, so under the package's lock.

-- row offer_act (id bigint, council_id bigint, round_id bigint,
--   reference text, package_reference text, standing text,
--   start_wanted_at timestamptz, start_offered_at timestamptz?,
--   placement_state text, bundle_reference text)
-- What an act goes by; standing as in offers.sql. To be read under the lock.

-- query offer_act_by_reference (reference text, organisation bigint?, council bigint?) one offer_act
SELECT o.id, o.council_id, o.round_id, o.reference,
       k.reference AS package_reference,
       CASE WHEN o.result IS NOT NULL THEN o.result
            WHEN o.state = 'withdrawn' AND r.outcome = 'placed' THEN 'taken'
            ELSE offer_state(o.state, o.reply_by, clock_now()) END
           AS standing,
       o.start_wanted_at, o.start_offered_at,
       coalesce(placement_state(p.state, p.starts_at, clock_now()), '')
           AS placement_state,
       coalesce(b.reference, '') AS bundle_reference
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
  JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
  LEFT JOIN placement p ON p.council_id = o.council_id AND p.offer_id = o.id
  LEFT JOIN offer_bundle b ON b.council_id = o.council_id
   AND b.id = o.bundle_id
 WHERE o.reference = :reference
   AND (o.organisation_id = :organisation::bigint
       OR o.council_id = :council::bigint);

-- row offer_terms (package_id bigint, package_version integer,
--   band_seconds bigint[], band_percents bigint[], card_document text,
--   need_names text[], age_name text, individual_pence bigint?)

-- query offer_terms (council bigint, offer bigint) one offer_terms
-- By what the week of an offer is priced at a rate: the version of the package
-- that was offered, and the card that it was priced by when it was sent.
SELECT o.package_id, o.package_version,
       coalesce((SELECT array_agg(b.up_to_seconds::bigint
               ORDER BY b.up_to_seconds) FROM rate_band b
           WHERE b.council_id = f.council_id AND b.rate_card_id = card.id),
           '{}') AS band_seconds,
       coalesce((SELECT array_agg(b.percent::bigint
               ORDER BY b.up_to_seconds) FROM rate_band b
           WHERE b.council_id = f.council_id AND b.rate_card_id = card.id),
           '{}') AS band_percents,
       coalesce(card.document, '') AS card_document,
       ARRAY(SELECT t.label FROM care_term t
           WHERE (t.kind = 'service_user_group'
                   AND t.code = n.document #>> '{group,group}')
              OR (t.kind = 'service_kind'
                   AND t.code = n.document #>> '{funding,service_kind}')
              OR (t.kind, t.code) IN (SELECT x ->> 'kind', x ->> 'code'
                  FROM jsonb_array_elements(n.document -> 'needs') AS x))
           AS need_names,
       coalesce(age.label, '') AS age_name, r.individual_pence
  FROM offer o
  JOIN offer_round r ON r.council_id = o.council_id AND r.id = o.round_id
  JOIN package_version n ON n.council_id = o.council_id
   AND n.package_id = o.package_id AND n.version = o.package_version
  JOIN framework_member m ON m.council_id = o.member_council_id
   AND m.id = o.member_id
  JOIN framework f ON f.council_id = m.council_id AND f.id = m.framework_id
  LEFT JOIN care_term age ON age.kind = 'age_band'
   AND age.code = n.document #>> '{group,age_band}'
  LEFT JOIN LATERAL (
      SELECT x.id, v.document::text AS document
        FROM rate_card x
        LEFT JOIN rate_version v ON v.council_id = x.council_id
         AND v.id = x.rate_version_id
       WHERE x.council_id = f.council_id
         AND CASE WHEN r.rate_card_id IS NOT NULL THEN x.id = r.rate_card_id
             ELSE x.code = f.rate_card_code AND x.effective_on <=
                 (o.sent_at AT TIME ZONE 'Europe/London')::date END
       ORDER BY x.effective_on DESC LIMIT 1) AS card ON true
 WHERE o.council_id = :council AND o.id = :offer;

-- query offer_accept (council bigint, offer bigint, at timestamptz, account bigint, told_by text, start_at timestamptz, introduced_at timestamptz?, rate_pence bigint?, weekly_price_pence bigint?, note text) none
-- weekly_price_pence: at the rate of the reply; NULL where none is asked.
UPDATE offer o
   SET state = 'accepted', replied_at = :at, replied_by_id = :account,
       told_by = :told_by, start_offered_at = :start_at,
       introduced_at = :introduced_at,
       rate_pence = :rate_pence, note = :note,
       weekly_price_pence = coalesce(:weekly_price_pence,
           o.weekly_price_pence)
 WHERE o.council_id = :council AND o.id = :offer AND o.state = 'sent'
   AND o.reply_by > :at;

-- query offer_decline (council bigint, offer bigint, at timestamptz, account bigint, told_by text, reason text, note text) none
UPDATE offer o
   SET state = 'declined', replied_at = :at, replied_by_id = :account,
       told_by = :told_by, note = :note, decline_reason_id = (SELECT t.id
           FROM care_term t
          WHERE t.kind = 'decline_reason' AND t.code = :reason)
 WHERE o.council_id = :council AND o.id = :offer AND o.state = 'sent'
   AND o.reply_by > :at;

-- query offer_retract (council bigint, offer bigint, at timestamptz, reason text) none
-- The provider withdraws its acceptance.
UPDATE offer o
   SET result = 'withdrawn_by_provider', result_at = :at,
       result_reason = :reason
 WHERE o.council_id = :council AND o.id = :offer AND o.state = 'accepted';

-- query offer_start_confirm (council bigint, offer bigint, at timestamptz) none
UPDATE offer o SET start_confirmed_at = :at
 WHERE o.council_id = :council AND o.id = :offer AND o.result = 'proposed';

-- query offer_start_refuse (council bigint, offer bigint, at timestamptz, reason text) none
UPDATE offer o
   SET result = 'not_selected', result_at = :at, result_reason = :reason
 WHERE o.council_id = :council AND o.id = :offer AND o.result = 'proposed';

-- query placement_end_of_offer (council bigint, offer bigint, at timestamptz, reason text) value text
-- Its reference; NULL when there is none that lasts.
UPDATE placement p SET state = 'ended', ended_at = :at, end_reason = :reason
 WHERE p.council_id = :council AND p.offer_id = :offer
   AND p.state <> 'ended'
RETURNING p.reference;

