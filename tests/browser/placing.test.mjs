// The whole job: a broker and three providers, each with a browser of their
// own. The package is entered, matched and offered; one provider declines,
// one accepts, the third finds it taken; only then is the person shown.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { clockMove, people, until } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import {
  asked, beginPackage, canary, fillPackage, instantFields, ownerOf, pass,
  seesNobody, stateOf, submitPackage
} from './steps.mjs'

before(browserStart)
after(browserStop)

async function decline (provider, offer, person, picture) {
  await provider.open('/offers', picture('offers'))
  await seesNobody(provider, person)
  await provider.follow(offer, picture('offer'))
  await seesNobody(provider, person)
  await provider.follow('Decline', picture('decline'))
  await provider.follow('Decline offer', picture('decline-error'))
  assert.match(await provider.page.title(), /^Error: /)
  const reason = provider.page.locator('[name="reason"]').first()

  await provider.fill({ reason: await reason.inputValue() })
  await provider.follow('Decline offer')
  await provider.sees('Offer declined')
}

async function accept (provider, offer, person, picture) {
  await provider.open('/offers')
  await provider.follow(offer)
  await provider.follow('Accept', picture('accept'))
  await seesNobody(provider, person)
  await provider.fill(await instantFields('start_at', '50 hours'))
  await provider.follow('Accept offer', picture('accepted'))
  await seesNobody(provider, person)
}

for (const [how, options, prefix] of [
  ['at desks', {}, 'placing-'],
  ['on telephones without JavaScript', { size: PHONE, scripts: false },
    'placing-telephone-'],
  ['by keyboard only', { keyboard: true }, null]
]) {
  test(`a broker places a package with providers ${how}`, async () => {
    const picture = (name) => prefix && prefix + name
    const person = canary()

    await clockMove('0')
    const broker = await visitor('broker', { email: people.broker, ...options })

    await broker.open('/packages')
    const reference = await beginPackage(broker, person)

    await fillPackage(broker, reference, person)
    await submitPackage(broker)
    await broker.open(`/packages/${reference}`, picture('package'))
    await broker.follow('Find providers', picture('match'))
    await broker.follow('Send offers', picture('sent'))
    await broker.sees('Offers sent')
    const offers = await asked(reference)

    assert.ok(offers.length >= 3, `${offers.length} providers were asked`)
    const [first, second, third] = await Promise.all(offers.slice(0, 3)
      .map(async ({ organisation }, i) => visitor(`provider ${i + 1}`, {
        email: await ownerOf(organisation), ...options
      })))

    await decline(first, offers[0].offer, person, picture)
    await third.open(`/offers/${offers[2].offer}/accept`)
    await third.fill(await instantFields('start_at', '55 hours'))
    await accept(second, offers[1].offer, person, picture)

    // Replies are final at the reply time; a page or the jobs settle then.
    if (await stateOf(reference) !== 'placed') {
      await pass('24 hours')
    }
    await third.follow('Accept offer', picture('taken'))
    await until(async () => await stateOf(reference) === 'placed', 15000,
      'the placement')
    await seesNobody(third, person)
    await third.open(`/offers/${offers[2].offer}`)
    await seesNobody(third, person)

    await second.open(`/offers/${offers[1].offer}`, picture('chosen'))
    await second.follow('See placement', picture('placement'))
    await second.sees(person.family)
    await second.sees(person.address)
    await second.sees(person.telephone)
    const placement = second.path()

    assert.equal(await third.open(placement), 404)
    assert.equal(await first.open(placement), 404)
    await broker.open(`/packages/${reference}`, picture('placed'))
    await broker.sees('Placed')
    await broker.open('/waiting', picture('waiting-list'))
    await pass('0')
    await Promise.all([broker, first, second, third]
      .map((one) => one.leave()))
  })
}
