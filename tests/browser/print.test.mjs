// What people print: pages without their controls, and nothing cut off at the
// edge of the paper.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people, sqlValue } from '../support/product.mjs'
import { browserStart, browserStop, visitor } from './support.mjs'

// A4 at 96 pixels an inch, with the margins that browsers leave.
const PAPER = { width: 718, height: 1047 }
const CONTROLS = ['.govuk-service-navigation', '.hearth-account__list',
  '.govuk-back-link', '.govuk-breadcrumbs', '.govuk-button',
  '.govuk-template__footer', '.hearth-session', '.govuk-skip-link',
  '.hearth-filter', '.hearth-link-button']

before(browserStart)
after(browserStop)

/** What would be missing on paper, in words. */
function cuts (controls) {
  const isShown = (one) => one.getClientRects().length > 0 &&
    getComputedStyle(one).visibility !== 'hidden'
  const faults = controls.filter((name) =>
    [...document.querySelectorAll(name)].some(isShown))
    .map((name) => `${name} is printed`)
  const edge = document.documentElement.clientWidth

  for (const one of document.querySelectorAll('main *')) {
    const box = one.getBoundingClientRect()
    const style = getComputedStyle(one)
    const isHidden = one.closest('.govuk-visually-hidden')

    if (isHidden || !isShown(one)) {
      continue
    }
    if (box.right > edge + 1) {
      faults.push(`<${one.localName} class="${one.getAttribute('class')}"> ` +
        `ends ${Math.round(box.right - edge)} px beyond the paper`)
    }
    if (style.overflowX !== 'visible' && one.scrollWidth > one.clientWidth + 1) {
      faults.push(`<${one.localName} class="${one.getAttribute('class')}"> ` +
        'is cut by its own edge')
    }
  }
  for (const one of document.querySelectorAll('main details > :not(summary)')) {
    if (isShown(one.parentElement) && !one.checkVisibility()) {
      faults.push('details are printed closed')
    }
  }
  return [...new Set(faults)]
}

async function print (person, path, picture) {
  const { page } = person

  assert.equal(await person.open(path), 200, path)
  await page.setViewportSize(PAPER)
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(await page.evaluate(cuts, CONTROLS), [], path)
  await person.picture(`print-${picture}`)
  assert.ok((await page.pdf({ format: 'A4' })).length > 1000)
  await page.emulateMedia({ media: null })
}

const packageWhere = (council, condition) => sqlValue(`SELECT k.reference
  FROM package k JOIN council c ON c.id = k.council_id
  WHERE c.code = '${council}' AND ${condition} ORDER BY k.id LIMIT 1`)

for (const [council, email] of [
  ['hertfordshire', people.broker],
  ['cambridgeshire', people.cambridgeshireBroker]
]) {
  test(`a broker of ${council} prints`, async () => {
    const broker = await visitor(`broker of ${council}`, { email })
    const waiting = await packageWhere(council, "k.state = 'waiting'")
    const sent = await packageWhere(council, `EXISTS (SELECT FROM offer_round r
      WHERE (r.council_id, r.package_id) = (k.council_id, k.id))`)

    await print(broker, '/packages', `${council}-board`)
    await print(broker, `/packages/${waiting}`, `${council}-package`)
    await print(broker, `/packages/${waiting}/match`, `${council}-match`)
    await print(broker, `/packages/${sent}/rounds/1`, `${council}-round`)
    await print(broker, '/waiting', `${council}-waiting`)
    await print(broker, '/providers', `${council}-providers`)
    await print(broker, '/areas', `${council}-areas`)
    await broker.leave()
  })
}

test('a provider prints', async () => {
  const owner = await visitor('owner',
    { email: 'owner@harlequin-larkspur.example' })

  await print(owner, '/offers', 'offers')
  const link = owner.page.locator('main a[href^="/offers/O"]').first()

  await print(owner, await link.getAttribute('href'), 'offer')
  await print(owner, '/placements', 'placements')
  const placement = owner.page.locator('main a[href^="/placements/L"]').first()

  await print(owner, await placement.getAttribute('href'), 'placement')
  await print(owner, '/our-details', 'our-details')
  await owner.leave()
})
