// Long tables on a telephone: each row stands as a block, with the name of its
// column before each value, nothing scrolls sideways, and whoever hears the
// page instead of seeing it still meets the same table.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people, sqlValue } from '../support/product.mjs'
import {
  DESKTOP, PHONE, browserStart, browserStop, phoneFaults, visitor
} from './support.mjs'

before(browserStart)
after(browserStop)

/** How many of each part of a table the accessibility tree has. */
async function heard (page) {
  const session = await page.context().newCDPSession(page)
  const { nodes } = await session.send('Accessibility.getFullAXTree')
  const count = (role) => nodes.filter((one) =>
    !one.ignored && one.role?.value === role).length
  const roles = ['table', 'row', 'columnheader', 'rowheader', 'cell']

  await session.detach()
  return Object.fromEntries(roles.map((role) => [role, count(role)]))
}

/** The page at both widths; it must have a wide table. */
async function compare (person, path, picture) {
  const { page } = person

  assert.equal(await person.open(path), 200, path)
  for (const one of await page.locator('main details').all()) {
    await one.evaluate((details) => { details.open = true })
  }
  const wide = await heard(page)

  assert.ok(wide.cell > 0, `${path} has no table`)
  await page.setViewportSize(PHONE)
  await person.look(picture)
  await person.findings.axe(page, `${path} on a telephone`)
  assert.deepEqual(await page.evaluate(phoneFaults), [], path)
  assert.deepEqual(await heard(page), wide, path)
  await page.setViewportSize(DESKTOP)
}

const packageWhere = (condition) => sqlValue(`SELECT k.reference
  FROM package k JOIN council c ON c.id = k.council_id
  WHERE c.code = 'hertfordshire' AND ${condition} ORDER BY k.id LIMIT 1`)

test('the tables of a broker', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const waiting = await packageWhere("k.state = 'waiting'")
  const asked = await packageWhere(`EXISTS (SELECT FROM offer_round r
    WHERE (r.council_id, r.package_id) = (k.council_id, k.id))`)
  const person = await sqlValue(`SELECT p.reference FROM person p
    JOIN package k ON (k.council_id, k.person_id) = (p.council_id, p.id)
    WHERE k.reference = '${waiting}'`)

  await compare(broker, '/packages', 'phone-board')
  await compare(broker, `/packages/${waiting}`, 'phone-package')
  await compare(broker, `/packages/${waiting}/match`, 'phone-match')
  await compare(broker, `/packages/${asked}/rounds/1`, 'phone-round')
  await compare(broker, `/people/${person}`, 'phone-person')
  await compare(broker, '/tasks', 'phone-tasks')
  await compare(broker, '/placements', 'phone-placements')
  await broker.leave()
})

test('the tables of a commissioner', async () => {
  const commissioner = await visitor('commissioner',
    { email: people.commissioner })
  const provider = await sqlValue(`SELECT o.reference FROM organisation o
    JOIN location l ON l.organisation_id = o.id ORDER BY o.id LIMIT 1`)

  await compare(commissioner, '/waiting', 'phone-waiting')
  await compare(commissioner, '/providers', 'phone-providers')
  await compare(commissioner, `/providers/${provider}`, 'phone-provider')
  await compare(commissioner, '/areas', 'phone-areas')
  await commissioner.leave()
})

test('the tables of an administrator', async () => {
  const administrator = await visitor('administrator',
    { email: people.administrator })

  await compare(administrator, '/accounts', 'phone-accounts')
  await compare(administrator, '/audit', 'phone-audit')
  await compare(administrator, '/mail', 'phone-mail')
  await administrator.leave()
})

test('the tables of a provider', async () => {
  const owner = await visitor('owner',
    { email: 'owner@harlequin-larkspur.example' })

  await compare(owner, '/offers', 'phone-offers')
  const offer = owner.page.locator('main a[href^="/offers/O"]').first()

  await compare(owner, await offer.getAttribute('href'), 'phone-offer')
  await compare(owner, '/placements', 'phone-our-placements')
  await compare(owner, '/our-details', 'phone-our-details')
  await owner.leave()
})
