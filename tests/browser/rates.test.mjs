// Cambridgeshire's dynamic purchasing system of 2017: all eligible are asked
// at once, each names a start and a rate from floor to ceiling, and the best
// by price 50 and fit 50 is chosen. Who stands alone needs no competition.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  clockMove, people, quote, sql, sqlValue, until
} from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import {
  CAMBRIDGESHIRE, asked, beginPackage, canary, fillPackage, instantFields,
  ownerOf, pass, seesNobody, stateOf, submitPackage
} from './steps.mjs'

const RANGE = 'The rate must be from £14.17 to £16.22'
// One provider alone does this in the city.
const ALONE = {
  town: 'Cambridge',
  postcode: 'CB1 1ZH',
  area: 'cambridge-city',
  service: 'reablement',
  group: 'mental_health'
}

before(browserStart)
after(browserStop)

/** A broker with a package that has been offered; the offers in order. */
async function offerOut (person, options, picture) {
  const broker = await visitor('broker of Cambridgeshire',
    { email: people.cambridgeshireBroker, ...options })

  await broker.open('/packages')
  const reference = await beginPackage(broker, person)

  await fillPackage(broker, reference, person)
  await submitPackage(broker)
  await broker.open(`/packages/${reference}`)
  await broker.follow('Find providers', picture('match'))
  const [, eligible] = (await broker.page.locator('main').innerText())
    .match(/(\d+) providers? eligible/)

  await broker.follow('Send offers', picture('sent'))
  await broker.sees('Offers sent')
  const offers = await asked(reference)

  assert.equal(offers.length, Number(eligible), 'all eligible are asked')
  return { broker, reference, offers }
}

const answerer = async (offer, number, options) => visitor(
  `provider ${number}`, { email: await ownerOf(offer.organisation), ...options })

/** Sends a rate that is refused: said at the field, and kept in it. */
async function rateRefused (provider, rate, message, picture) {
  const field = provider.page.locator('[name="rate_pence"]')

  await provider.fill({ rate_pence: rate })
  await provider.follow('Accept offer', picture)
  assert.match(await provider.page.title(), /^Error: /)
  assert.equal(await provider.page.locator('.govuk-error-summary__list')
    .innerText(), message)
  assert.equal(await provider.page.locator('.govuk-error-summary__list a')
    .getAttribute('href'), `#${await field.getAttribute('id')}`)
  const said = provider.page.locator(
    `[id="${(await field.getAttribute('aria-describedby')).split(' ').pop()}"]`)

  assert.match(await said.innerText(), new RegExp(`${message}$`))
  assert.equal(await field.inputValue(), rate, 'what was typed is kept')
}

/** Accepts; the round may be decided by it once nobody left could win. */
async function accept (provider, offer, rate, picture, mayDecide = false) {
  await provider.open(`/offers/${offer}/accept`)
  await provider.fill({
    ...await instantFields('start_at', '50 hours'), rate_pence: rate
  })
  await provider.follow('Accept offer', picture)
  await provider.sees(mayDecide ? 'Offer accepted' : 'Accepted, not decided yet')
}

/** Points of a reply by the rule, from its rate and the fit kept for it. */
async function pointsByHand (reference, rates) {
  const fits = new Map((await sql(`SELECT o.reference, l.fit_hundredths
    FROM offer o JOIN match_line l
      ON (l.council_id, l.round_id, l.organisation_id) =
        (o.council_id, o.round_id, o.organisation_id)
    JOIN package p ON (p.council_id, p.id) = (o.council_id, o.package_id)
    WHERE p.reference = ${quote(reference)}`))
    .map(([offer, fit]) => [offer, Number(fit) / 100]))
  const lowest = Math.min(...rates.values())

  return new Map([...rates].map(([offer, rate]) =>
    [offer, lowest / rate * 50 + fits.get(offer) / 2]))
}

const resultOf = (offer) => sqlValue(
  `SELECT coalesce(result, state) FROM offer WHERE reference = ${quote(offer)}`)

const mailsOf = (offer) => sql(`SELECT m.kind FROM outbox m
  JOIN offer o ON o.id = m.offer_id AND o.council_id = m.council_id
  WHERE o.reference = ${quote(offer)}`)

/** The rate and the points that the broker's page shows for each provider. */
async function shownReplies (broker) {
  const rows = await broker.page.locator('main table').first().locator('tr')
    .evaluateAll((all) => all.map((row) =>
      [...row.cells].map((cell) => cell.innerText.trim())))
  const at = (name) => rows[0].indexOf(name)

  return new Map(rows.slice(1).map((row) =>
    [row[0], { rate: row[at('Rate')], points: row[at('Points')] }]))
}

for (const [how, options, prefix] of [
  ['at desks', {}, 'rates-'],
  ['on telephones without JavaScript', { size: PHONE, scripts: false },
    'rates-telephone-']
]) {
  const picture = (name) => prefix + name

  test(`price and fit decide between rates ${how}`, async (t) => {
    const person = canary(CAMBRIDGESHIRE)

    await clockMove('0')
    const { broker, reference, offers } =
      await offerOut(person, options, picture)
    const answered = offers.slice(0, 4)
    const providers = await Promise.all(answered.map((offer, i) =>
      answerer(offer, i + 1, options)))
    const [first, second, third, fourth] = providers
    const [ceiling, floor, between, dear] = answered.map(({ offer }) => offer)

    await first.open('/offers')
    await first.follow(ceiling, picture('offer'))
    await seesNobody(first, person)
    await first.follow('Accept', picture('accept'))
    await first.sees('From £14.17 to £16.22')
    await first.fill(await instantFields('start_at', '50 hours'))
    await rateRefused(first, '', 'Enter your rate for an hour', null)
    await rateRefused(first, '14.16', RANGE, picture('below'))
    await rateRefused(first, '16.23', RANGE, picture('above'))
    await seesNobody(first, person)
    assert.equal(await resultOf(ceiling), 'sent', 'nothing was saved')

    const rates = new Map([[ceiling, 16.22], [floor, 14.17], [between, 15],
      [dear, 16]])

    await accept(first, ceiling, '16.22', picture('accepted'))
    await accept(second, floor, '14.17')
    await accept(third, between, '15')
    await accept(fourth, dear, '£16.00', null, true)
    if (await stateOf(reference) !== 'placed') {
      await pass('24 hours')
    }
    await broker.open(`/packages/${reference}`)
    await until(async () => await stateOf(reference) === 'placed', 15000,
      'the placement')

    const points = await pointsByHand(reference, rates)
    const order = [...points].sort(([, a], [, b]) => b - a)
      .map(([offer]) => offer)

    for (const offer of rates.keys()) {
      assert.equal(await resultOf(offer),
        offer === order[0] ? 'chosen' : 'not_selected',
        `${offer}: ${JSON.stringify([...points])}`)
    }
    await broker.open(`/packages/${reference}/rounds/1`, picture('round'))
    const shown = await shownReplies(broker)

    for (const [offer, rate] of rates) {
      const reply = shown.get(await sqlValue(`SELECT g.name FROM offer o
        JOIN organisation g ON g.id = o.organisation_id
        WHERE o.reference = ${quote(offer)}`))

      assert.equal(reply.rate, `£${rate.toFixed(2)}`)
      assert.ok(Math.abs(Number(reply.points) - points.get(offer)) < 0.02,
        `${reply.points} and ${points.get(offer)} points`)
    }
    t.diagnostic(`${offers.length} asked; points ${order.map((offer) =>
      points.get(offer).toFixed(2))}`)

    for (const [i, { offer }] of answered.entries()) {
      const isWinner = offer === order[0]
      const kinds = (await mailsOf(offer)).flat()

      await providers[i].open(`/offers/${offer}`,
        isWinner ? picture('chosen') : picture('not-chosen'))
      await providers[i].sees(isWinner ? 'Chosen' : 'Not selected')
      if (isWinner) {
        await providers[i].follow('See placement', picture('placement'))
        await providers[i].sees(person.family)
        await providers[i].sees(`£${rates.get(offer).toFixed(2)}`)
      } else {
        await providers[i].sees('Another provider was chosen')
        await seesNobody(providers[i], person)
      }
      assert.ok(kinds.length === 0 || kinds.includes(
        isWinner ? 'offer_chosen' : 'offer_not_selected'), kinds.join())
    }
    for (const { offer } of offers.slice(4)) {
      assert.notEqual(await resultOf(offer), 'chosen')
    }
    await pass('0')
    await Promise.all([broker, ...providers].map((one) => one.leave()))
  })

  test(`the only provider is placed without a competition ${how}`, async () => {
    const person = canary(ALONE)

    await clockMove('0')
    const { broker, reference, offers } =
      await offerOut(person, options, (name) => picture(`alone-${name}`))

    assert.equal(offers.length, 1)
    await broker.open(`/packages/${reference}/rounds/1`)
    await broker.sees('The only provider available')
    const [{ offer }] = offers
    const provider = await answerer(offers[0], 1, options)

    await provider.open(`/offers/${offer}/accept`)
    await provider.fill({
      ...await instantFields('start_at', '50 hours'), rate_pence: '16.22'
    })
    await provider.follow('Accept offer', picture('alone-accepted'))
    assert.equal(await stateOf(reference), 'placed', 'at once')
    await provider.open(`/offers/${offer}`)
    await provider.follow('See placement')
    await provider.sees(person.family)
    await broker.open(`/packages/${reference}`, picture('alone-placed'))
    await broker.sees('Placed')
    await Promise.all([broker, provider].map((one) => one.leave()))
  })
}
