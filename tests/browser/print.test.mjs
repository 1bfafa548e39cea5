// What people print: pages without their controls, nothing cut off at the edge
// of the paper, and on every sheet whose it is and how old.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people, quote, run, sqlValue } from '../support/product.mjs'
import { browserStart, browserStop, visitor } from './support.mjs'

// A4 at 96 pixels an inch, with the margins that browsers leave.
const PAPER = { width: 718, height: 1047 }
const CONTROLS = ['.govuk-service-navigation', '.hearth-account',
  '.govuk-back-link', '.govuk-breadcrumbs', '.govuk-button',
  '.govuk-button-group', '.govuk-pagination', '.govuk-summary-list__actions',
  '.govuk-summary-card__actions', '.govuk-template__footer',
  '.hearth-session', '.govuk-skip-link', '.hearth-filter', '[method=get]',
  '.hearth-link-button', '.hearth-tabs li:not(:has([aria-current]))',
  'td:not([data-label]) .govuk-link', 'form .govuk-details']
const TIME = /^\d+ [A-Z][a-z]+ 20\d\d at [\d:]+[ap]m, London time/

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
  for (const one of document.querySelectorAll('a[href]')) {
    if (isShown(one) && getComputedStyle(one, '::after').content !== 'none') {
      faults.push(`the address of "${one.innerText}" is printed`)
    }
  }
  for (const one of document.querySelectorAll('main tr, main dl > div')) {
    if (getComputedStyle(one).breakInside !== 'avoid') {
      faults.push(`a <${one.localName}> may break over two sheets`)
    }
  }
  for (const one of document.querySelectorAll('main details > :not(summary)')) {
    if (isShown(one.parentElement) && !one.checkVisibility()) {
      faults.push('details are printed closed')
    }
  }
  return [...new Set(faults)]
}

/** Each sheet says who printed it and when; none has an address of ours. */
async function readSheets (pdf, path, who) {
  const text = await run('pdftotext', ['-layout', '-', '-'], { input: pdf })
  const sheets = text.split('\f').slice(0, -1)
  const line = `Printed by ${who}. As it stood on `

  assert.ok(sheets.length > 0, path)
  for (const [i, sheet] of sheets.entries()) {
    const words = sheet.replace(/\s+/g, ' ')

    assert.ok(words.includes(line), `sheet ${i + 1} of ${path}: ${words}`)
    assert.match(words.split(line)[1], TIME, path)
    assert.doesNotMatch(words, /\(\/[a-z]|https?:\/\/127/, path)
  }
}

async function print (person, path, picture, who) {
  const { page } = person
  const line = page.locator('.hearth-printed')

  assert.equal(await person.open(path), 200, path)
  assert.ok(!await line.isVisible(), 'the line is for paper only')
  await page.setViewportSize(PAPER)
  await page.emulateMedia({ media: 'print' })
  assert.deepEqual(await page.evaluate(cuts, CONTROLS), [], path)
  await person.picture(`print-${picture}`)
  await readSheets(await page.pdf({ format: 'A4' }), path, who)
  await page.emulateMedia({ media: null })
}

const packageWhere = (council, condition) => sqlValue(`SELECT k.reference
  FROM package k JOIN council c ON c.id = k.council_id
  WHERE c.code = '${council}' AND ${condition} ORDER BY k.id LIMIT 1`)

/** Somebody as the line on paper names them. */
const whoIs = (email) => sqlValue(`SELECT
    concat_ws(', ', a.name, t.label, coalesce(c.name, o.name))
  FROM account a
  JOIN membership m ON m.account_id = a.id
  JOIN account_role t ON t.code = m.role
  LEFT JOIN council c ON c.id = m.council_id
  LEFT JOIN organisation o ON o.id = m.organisation_id
  WHERE a.email = ${quote(email)}`)

for (const [council, email] of [
  ['hertfordshire', people.broker],
  ['cambridgeshire', people.cambridgeshireBroker]
]) {
  test(`a broker of ${council} prints`, async () => {
    const broker = await visitor(`broker of ${council}`, { email })
    const who = await whoIs(email)
    const waiting = await packageWhere(council, "k.state = 'waiting'")
    const sent = await packageWhere(council, `EXISTS (SELECT FROM offer_round r
      WHERE (r.council_id, r.package_id) = (k.council_id, k.id))`)

    await print(broker, '/packages', `${council}-board`, who)
    await print(broker, `/packages/${waiting}`, `${council}-package`, who)
    await print(broker, `/packages/${waiting}/match`, `${council}-match`, who)
    await print(broker, `/packages/${sent}/rounds/1`, `${council}-round`, who)
    await print(broker, '/waiting', `${council}-waiting`, who)
    await print(broker, '/providers', `${council}-providers`, who)
    await print(broker, '/areas', `${council}-areas`, who)
    await print(broker, '/coverage', `${council}-coverage`, who)
    await broker.open('/clearing')
    await broker.follow('Propose')
    await print(broker, new URL(broker.page.url()).pathname,
      `${council}-clearing`, who)
    await broker.leave()
  })
}

test('a provider prints', async () => {
  const email = 'owner@harlequin-larkspur.example'
  const owner = await visitor('owner', { email })
  const who = await whoIs(email)

  await print(owner, '/offers', 'offers', who)
  const link = owner.page.locator('main a[href^="/offers/O"]').first()

  await print(owner, await link.getAttribute('href'), 'offer', who)
  await print(owner, '/placements', 'placements', who)
  const placement = owner.page.locator('main a[href^="/placements/L"]').first()

  await print(owner, await placement.getAttribute('href'), 'placement', who)
  await print(owner, '/our-details', 'our-details', who)
  await owner.leave()
})

test('a commissioner and an administrator print', async () => {
  for (const [email, paths] of [
    [people.commissioner, { waiting: '/waiting', providers: '/providers' }],
    [people.administrator, { accounts: '/accounts', audit: '/audit' }]
  ]) {
    const person = await visitor(email, { email })
    const who = await whoIs(email)

    for (const [picture, path] of Object.entries(paths)) {
      await print(person, path, `staff-${picture}`, who)
    }
    await person.leave()
  }
})
