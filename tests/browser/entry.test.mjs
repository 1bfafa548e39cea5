// Entering a package of care from scratch: at a desk, on a telephone without
// JavaScript, and by keyboard only.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import {
  beginPackage, canary, fillPackage, stateOf, submitPackage
} from './steps.mjs'

before(browserStart)
after(browserStop)

for (const [how, options, prefix] of [
  ['at a desk', {}, 'entry-'],
  ['on a telephone without JavaScript', { size: PHONE, scripts: false },
    'entry-telephone-'],
  ['by keyboard only', { keyboard: true }, null]
]) {
  test(`a package is entered ${how}`, async () => {
    const broker = await visitor('broker', { email: people.broker, ...options })
    const picture = (name) => prefix && prefix + name

    await broker.open('/packages', picture('board'))
    const person = canary()
    const reference = await beginPackage(broker, person, picture)

    await fillPackage(broker, reference, person, { picture })
    await submitPackage(broker, picture)
    assert.equal(await stateOf(reference), 'waiting')
    await broker.leave()
  })
}

test('the week is priced while one types, and only its kind is asked', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const { page } = broker
  const isShown = (name) => page.locator(`[name="${name}"]`).first().isVisible()

  await broker.open('/packages')
  const reference = await beginPackage(broker, canary())

  await broker.open(`/packages/${reference}/visits/new`)
  assert.ok(!await isShown('days') && !await isShown('week_minutes'))
  await broker.fill({ kind: 'flexible', week_minutes: '90' })
  assert.ok(!await isShown('minutes') && !await isShown('times'))
  // 90 minutes are over an hour, so pro rata of 21.92.
  await broker.sees('£32.88')
  await broker.fill({ kind: 'times', times: '2', minutes: '45' })
  assert.ok(!await isShown('week_minutes'))
  await broker.sees('£35.08')
  assert.match(await page.locator('#visit-told').textContent(),
    /1\.5 hours a week, £35\.08/)
  await broker.look('entry-visit-priced')
  await broker.fill({ times: '' })
  await broker.sees('Hours and price a week are shown here')
  await broker.leave()
})

test('without scripts a button works out the price and saves nothing', async () => {
  const broker = await visitor('broker',
    { email: people.broker, size: PHONE, scripts: false })

  await broker.open('/packages')
  const reference = await beginPackage(broker, canary())

  await broker.open(`/packages/${reference}/visits/new`,
    'entry-telephone-visit-kinds')
  await broker.fill({ kind: 'days', days: ['every'], minutes: '45' })
  await broker.follow('Work out the price', 'entry-telephone-visit-priced')
  await broker.sees('£122.78')
  await broker.sees('These figures are of what you entered')
  await broker.open(`/packages/${reference}/visits`)
  await broker.sees('There are no visits yet')
  await broker.leave()
})
