// A broker clears the waiting list: a proposal, one line of it sent, then
// what happens when somebody else was faster, then the rest.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'

before(browserStart)
after(browserStop)

const rounds = async () => Number(
  await sqlValue('SELECT count(*) FROM offer_round'))

/** What may be ticked of packages by themselves, bundles left out. */
const alone = (page) => page.locator('main .govuk-checkboxes__item')
  .filter({ hasNotText: /Bundle \d/ }).locator('[name="packages"]')
  .evaluateAll((all) => all.map((one) => one.value))

/** The packages whose offers may be ticked, in their order. */
const offered = (page) => page.locator('main [name="packages"]')
  .evaluateAll((all) => all.map((one) => one.value))

test('a broker clears the list by line', async () => {
  const broker = await visitor('broker', { email: people.cambridgeshireBroker })
  const { page } = broker

  await broker.open('/waiting')
  await broker.follow('Clear the waiting list', 'clearing')
  await broker.fill({ travel_pence: 'much' })
  await broker.follow('Propose', 'clearing-wrong')
  assert.ok(await page.locator('#travel_pence-error').isVisible())
  await broker.fill({ travel_pence: '28', bundle_kilometres: '12' })
  await broker.follow('Propose', 'clearing-proposal')
  assert.match(await page.locator('main .govuk-body-l').innerText(),
    /^\d+ of \d+ packages that wait could go to a provider at once/)
  const [first, second] = await alone(page)
  const count = await rounds()

  await broker.follow('Send the selected offers', 'clearing-none-selected')
  assert.ok(await page.locator('#packages-error').isVisible())
  await broker.fill({ packages: first })
  await broker.follow('Send the selected offers', 'clearing-one-sent')
  assert.equal(await rounds(), count + 1)
  assert.ok(!(await offered(page)).includes(first))

  const other = await visitor('second broker',
    { email: 'second.broker@cambridgeshire.example' })

  await other.open(`/packages/${second}/match`)
  await other.follow('Send offers')
  await broker.fill({ packages: second })
  await broker.follow('Send the selected offers', 'clearing-changed')
  assert.equal(await page.getByRole('heading', { name: 'Nothing was sent' })
    .count(), 1)
  assert.equal(await rounds(), count + 2)
  await Promise.all([broker, other].map((person) => person.leave()))
})

test('a broker clears the whole list on a telephone', async () => {
  const broker = await visitor('broker on a telephone',
    { email: people.broker, size: PHONE, scripts: false })

  await broker.open('/clearing')
  await broker.follow('Propose', 'clearing-telephone')
  const count = await rounds()
  const lines = (await offered(broker.page)).length

  await broker.follow(/^Send (all|the one)/, 'clearing-telephone-sent')
  assert.equal(await rounds(), count + lines)
  assert.equal((await offered(broker.page)).length, 0)
  await broker.leave()
})
