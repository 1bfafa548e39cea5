// A specialist package by a card with premiums: its price with the working on
// the package, costed individually, refused and approved by a commissioner,
// offered at that rate; at a desk and on a telephone without JavaScript.
import { after, before, test } from 'node:test'
import { people, quote, sql, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'

const PREMIUMS = JSON.stringify([
  { name: 'Early and late', from: '18:00', to: '08:00', percent: '10' },
  { name: 'Sunday', days: ['sunday'], hourly: '3.00' },
  { name: 'Bank holiday', bank_holiday: 'only', percent: '100' }
])

/* The card of the county, with premiums from today on. */
async function cardWithPremiums () {
  await sql(`INSERT INTO rate_version (council_id, rate_document_id, number,
      document, published_at)
    SELECT v.council_id, v.rate_document_id, v.number + 1, jsonb_set(jsonb_set(
        v.document::jsonb, '{cards,0,premiums}', ${quote(PREMIUMS)}),
        '{cards,0,starts}', to_jsonb((clock_now()
            AT TIME ZONE 'Europe/London')::date::text))::json, clock_now()
      FROM rate_version v
      JOIN rate_document d ON d.council_id = v.council_id
       AND d.id = v.rate_document_id
      JOIN framework f ON f.council_id = d.council_id
       AND f.rate_card_code = d.code
      JOIN council c ON c.id = f.council_id
     WHERE c.code = 'hertfordshire' AND v.published_at IS NOT NULL
     ORDER BY v.number DESC LIMIT 1`)
}

/* A package that waits, without offers, made specialist as it was listed. */
async function specialist () {
  return sqlValue(`WITH found AS (
      SELECT k.id FROM package k JOIN council c ON c.id = k.council_id
       WHERE c.code = 'hertfordshire' AND k.state = 'waiting'
         AND k.complexity = 'ordinary'
         AND k.chosen_organisation_id IS NULL
         AND NOT EXISTS (SELECT FROM offer_round r
             WHERE r.council_id = k.council_id AND r.package_id = k.id)
         AND (SELECT count(*) FROM visit v WHERE v.council_id = k.council_id
                 AND v.package_id = k.id AND v.kind = 'days') > 1
       ORDER BY k.id LIMIT 1)
    UPDATE package k SET complexity = 'specialist',
        complexity_reason = 'A nurse supervises it'
      FROM found f WHERE k.id = f.id RETURNING k.reference`)
}

before(async () => {
  await browserStart()
  await cardWithPremiums()
})
after(browserStop)

for (const [how, options, prefix] of [
  ['at a desk', {}, 'prices-'],
  ['on a telephone without JavaScript', { size: PHONE, scripts: false },
    'prices-telephone-']
]) {
  const picture = (name) => prefix + name

  test(`a specialist package above the ceiling, ${how}`, async () => {
    const reference = await specialist()
    const broker = await visitor('broker',
      { email: people.broker, ...options })
    const commissioner = await visitor('commissioner',
      { email: people.commissioner, ...options })

    await broker.open(`/packages/${reference}/visits`, picture('visits'))
    await broker.sees('Sunday: £3.00 more an hour')
    await broker.sees('A typical week has no bank holiday')
    await broker.sees('A week whose Monday is a bank holiday would cost')
    await broker.open(`/packages/${reference}`, picture('package'))
    await broker.follow('See the working', picture('day'))
    await broker.fill({ 'on-day': '40' })
    await broker.follow('Work out the price', picture('day-wrong'))
    await broker.sees('There is a problem')
    await broker.fill({ 'on-day': '1', 'on-month': '2', 'on-year': '2026' })
    await broker.follow('Work out the price', picture('day-before'))
    await broker.sees('By the rate card of 1 February 2026')
    await broker.seesNot('Sunday: £3.00 more an hour')
    await broker.open(`/packages/${reference}`)
    await broker.follow('Cost it individually', picture('none'))
    await broker.sees('No rate has been proposed')
    await broker.follow('Propose a rate', picture('propose'))
    await broker.follow('Send for approval', picture('propose-wrong'))
    await broker.sees('Enter the pay of the care workers for an hour')
    await broker.fill({
      pay_pence: '19.50',
      travel_pence: '3.20',
      supervision_pence: '4.10',
      overhead_pence: '3.20',
      costing: 'Figures of the two providers who were telephoned',
      reason: 'Nobody came at the ceiling in three rounds'
    })
    await broker.follow('Send for approval', picture('proposed'))
    await broker.sees('another person decides')

    await commissioner.open('/tasks')
    await commissioner.sees('Approve or refuse an individual rate')
    await commissioner.follow('See the rate', picture('decide'))
    await commissioner.follow('Save decision', picture('decide-wrong'))
    await commissioner.sees('Enter the reason for your decision')
    await commissioner.fill({
      decision: 'approve', note: 'There is no other way to keep her at home'
    })
    await commissioner.follow('Save decision', picture('decided'))
    await commissioner.sees('Approved')

    await broker.open(`/packages/${reference}`, picture('approved'))
    await broker.sees('There is no other way to keep her at home')
    await broker.open(`/packages/${reference}/match`, picture('match'))
    await broker.sees('£30.00 an hour, approved for this package')
    await broker.follow('Send offers', picture('round'))
    await broker.sees('£30.00 an hour, approved by')
    const offer = await sqlValue(`SELECT o.reference FROM offer o
      JOIN package k ON k.council_id = o.council_id AND k.id = o.package_id
      JOIN membership m ON m.organisation_id = o.organisation_id
       AND m.role = 'provider_owner' AND m.ended_at IS NULL
      WHERE k.reference = ${quote(reference)} LIMIT 1`)
    const owner = offer && await sqlValue(`SELECT a.email FROM account a
      JOIN membership m ON m.account_id = a.id AND m.ended_at IS NULL
       AND m.role = 'provider_owner'
      JOIN offer o ON o.organisation_id = m.organisation_id
      WHERE o.reference = ${quote(offer)} LIMIT 1`)

    if (owner) {
      const provider = await visitor('provider', { email: owner, ...options })

      await provider.open(`/offers/${offer}`, picture('offer'))
      await provider.sees('£30.00, approved for this care alone')
      await provider.leave()
    }
    await broker.leave()
    await commissioner.leave()
  })

  test(`an ordinary offer with premiums, ${how}`, async () => {
    const provider = await visitor('provider',
      { email: 'owner@harlequin-larkspur.example', ...options })
    const offer = await sqlValue(`UPDATE offer_round r SET rate_card_id = (
          SELECT max(x.id) FROM rate_card x
           WHERE x.council_id = r.policy_council_id)
        FROM offer o, membership m, account a, visit v
       WHERE o.round_id = r.id AND o.council_id = r.council_id
         AND o.organisation_id = m.organisation_id AND m.account_id = a.id
         AND a.email = 'owner@harlequin-larkspur.example'
         AND v.council_id = o.council_id AND v.package_id = o.package_id
         AND v.kind = 'days' AND v.days = 127
         AND o.weekly_price_pence IS NOT NULL
      RETURNING o.reference`)

    await provider.open(`/offers/${offer}`, picture('offer-premiums'))
    await provider.sees('and premiums')
    await provider.leave()
  })
}
