// Packages that lie close together go out as one: a broker sends them from a
// clearing, the provider answers all of them on a telephone, and a bundle of
// which one package is withdrawn is withdrawn whole.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import { instantFields, ownerOf } from './steps.mjs'

before(browserStart)
after(browserStop)

const states = (bundle) => sqlValue(`SELECT string_agg(DISTINCT o.state, ' ')
  FROM offer o JOIN offer_bundle b ON b.council_id = o.council_id
   AND b.id = o.bundle_id WHERE b.reference = '${bundle}'`)

/** Sends the first bundle of a new proposal; its reference and provider. */
async function send (broker, picture) {
  await broker.open('/clearing')
  await broker.fill({ travel_pence: '28', bundle_kilometres: '8' })
  await broker.follow('Propose')
  const label = broker.page.locator('main label', { hasText: /^\s*Bundle \d/ })

  await broker.fill({
    packages: await broker.page.locator(`#${await label.first()
      .getAttribute('for')}`).inputValue()
  })
  await broker.follow('Send the selected offers', picture('clearing'))
  await broker.sees('1 offer sent')
  return {
    reference: await sqlValue(
      'SELECT reference FROM offer_bundle ORDER BY id DESC LIMIT 1'),
    provider: await sqlValue(
      'SELECT organisation_id FROM offer_bundle ORDER BY id DESC LIMIT 1')
  }
}

// axe needs scripts, so that it looks at the telephone's pages with them.
for (const [how, options, prefix] of [
  ['at desks', {}, 'bundle-'],
  ['on telephones', { size: PHONE }, 'bundle-scripts-'],
  ['on telephones without JavaScript', { size: PHONE, scripts: false },
    'bundle-telephone-']
]) {
  test(`a provider answers a bundle ${how}`, async () => {
    const picture = (name) => prefix + name
    const broker = await visitor('broker',
      { email: people.cambridgeshireBroker, ...options })
    const accepted = await send(broker, picture)
    const provider = await visitor('provider',
      { email: await ownerOf(accepted.provider), ...options })
    const { page } = provider

    await provider.open('/offers', picture('offers'))
    await provider.follow(`Bundle ${accepted.reference}`, picture('show'))
    await provider.follow('Accept all', picture('accept'))
    const starts = await page.locator('[name$="-time"]').evaluateAll((all) =>
      all.map((one) => one.name.replace('-time', '')))

    assert.ok(starts.length >= 2)
    for (const start of starts) {
      await provider.fill(await instantFields(start, '50 hours'))
    }
    await provider.fill({ [`${starts[1]}-time`]: '', rate_pence: '1' })
    await provider.follow('Accept all packages', picture('accept-wrong'))
    assert.match(await page.title(), /^Error: /)
    assert.equal(await states(accepted.reference), 'sent')
    await provider.fill(await instantFields(starts[1], '50 hours'))
    await provider.fill({ rate_pence: '15.50' })
    await provider.follow('Accept all packages', picture('accepted'))
    await provider.sees(`${starts.length} packages of care accepted`)
    assert.equal(await states(accepted.reference), 'accepted')

    const declined = await send(broker, picture)
    const second = await visitor('second provider',
      { email: await ownerOf(declined.provider), ...options })

    await second.open(`/offers/bundles/${declined.reference}`)
    await second.follow('Decline all', picture('decline'))
    await second.fill({
      reason: await second.page.locator('[name="reason"]').first().inputValue()
    })
    await second.follow('Decline all packages')
    assert.equal(await states(declined.reference), 'declined')
    await broker.open(`/bundles/${declined.reference}`, picture('council'))
    await Promise.all([broker, provider, second].map((one) => one.leave()))
  })
}

test('a broker records a reply, and withdraws a bundle', async () => {
  const broker = await visitor('broker',
    { email: people.cambridgeshireBroker, size: PHONE })
  const { reference } = await send(broker, (name) => `bundle-broker-${name}`)

  await broker.open(`/bundles/${reference}`, 'bundle-council-open')
  await broker.follow('Record a reply', 'bundle-record')
  await broker.follow('Save reply', 'bundle-record-wrong')
  assert.equal(await states(reference), 'sent')
  await broker.open(`/bundles/${reference}`)
  await broker.page.locator('main tbody a').first().click()
  await broker.look('bundle-round')
  await broker.follow('Withdraw these offers', 'bundle-withdraw')
  await broker.sees('The whole bundle is withdrawn')
  await broker.fill({ reason: 'The needs have changed' })
  await broker.follow('Withdraw offers')
  assert.equal(await states(reference), 'withdrawn')
  await broker.leave()
})
