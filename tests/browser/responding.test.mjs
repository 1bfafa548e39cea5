// Answering a market test in a browser, with scripts and without, on a screen
// and on a telephone: saving while one types over a connection that is cut,
// two tabs, counts that agree with the server's, submitting, and a link.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { quote, sql, sqlValue } from '../support/product.mjs'
import { browserStart, browserStop, PHONE, visitor } from './support.mjs'

const OWNER = 'owner@harlequin-larkspur.example'
const DOCUMENT = readFileSync('tests/data/question_set.json', 'utf8')
  .replace('"scheme": "districts"', '"scheme": "lots"')

before(browserStart)
after(browserStop)

/** A market test of Hertfordshire's that is open; its reference. */
async function marketTest (title) {
  await sql(`
    WITH named AS (
        INSERT INTO question_set (council_id, code, name)
        SELECT id, ${quote(title)}, ${quote(title)} FROM council
         WHERE code = 'hertfordshire' RETURNING council_id, id),
    asked AS (
        INSERT INTO question_set_version (council_id, question_set_id, number,
            document, published_at)
        SELECT council_id, id, 1, ${quote(DOCUMENT)}, clock_now() FROM named
        RETURNING council_id, question_set_id, id)
    INSERT INTO market_test (council_id, title, summary, question_set_id,
        question_set_version_id, opens_at, closes_at, published_at, support)
    SELECT council_id, ${quote(title)}, 'What can you do?', question_set_id,
           id, clock_now() - interval '1 day', clock_now() + interval '2 days',
           clock_now() - interval '2 days', 'Ring us on 01632 960123.'
      FROM asked`)
  return sqlValue(
    `SELECT reference FROM market_test WHERE title = ${quote(title)}`)
}

/** The link of somebody who was invited. */
async function link (reference, name) {
  const token = randomBytes(32).toString('hex')
  const hash = createHash('sha256').update(token).digest('hex')

  await sql(`
    WITH invited AS (
        INSERT INTO market_test_invitation (council_id, market_test_id, kind,
            name, email)
        SELECT council_id, id, 'carer', ${quote(name)}, 'cara@example.org'
          FROM market_test WHERE reference = ${quote(reference)}
        RETURNING council_id, id)
    INSERT INTO sealed.respondent_token (token_hash, council_id,
        invitation_id)
    SELECT '\\x${hash}', council_id, id FROM invited`)
  return `/respond/${token}`
}

const saved = (reference, question) => sqlValue(`
  SELECT a.value FROM sealed.answer a
    JOIN sealed.response r ON r.id = a.response_id
    JOIN market_test t ON t.id = r.market_test_id
   WHERE t.reference = ${quote(reference)} AND a.question = ${quote(question)}`)

/** From the first page to the receipt. */
async function respond (visit, base, prefix) {
  await visit.open(base, `${prefix}-begin`)
  await visit.follow('Begin your response', `${prefix}-tasks`)
  await visit.follow('About you', `${prefix}-section`)
  await visit.fill({
    'q-name': 'Ada Bell',
    'q-experience': 'Ten years of visits',
    'q-interested': 'yes',
    'q-size': 'small'
  })
  await visit.follow('Save and continue', `${prefix}-second`)
  await visit.fill({
    'q-groups': ['older'],
    'q-hours': '40',
    'q-rate': 'cheap',
    'q-notice': '6',
    'q-notice-unit': 'weeks',
    'q-homes-1-town': 'Ware'
  })
  await visit.follow(/^Add another row/, `${prefix}-row`)
  await visit.fill({ 'q-homes-2-town': 'Hertford', 'q-homes-2-rating': 'good' })
  await visit.follow('Save and continue', `${prefix}-wrong`)
  await visit.sees('Your answer to question 8 must be an amount')
  await visit.fill({ 'q-rate': '18.50', 'q-true': 'yes' })
  await visit.follow('Save and continue', `${prefix}-check`)
  await visit.sees('Row 2: Town: Hertford; Rating: Good')
  await visit.sees('6 weeks')
  await visit.follow('Submit response', `${prefix}-receipt`)
  await visit.sees('Response received')
  await visit.follow('Your response', `${prefix}-submitted`)
  await visit.follow('All questions and answers on one page, to print',
    `${prefix}-print`)
}

test('a provider answers, and submits', async () => {
  for (const size of [undefined, PHONE]) {
    for (const scripts of [true, false]) {
      const prefix = `responding${size ? '-phone' : ''}${
        scripts ? '' : '-plain'}`
      const reference = await marketTest(prefix)
      const visit = await visitor('owner', { email: OWNER, size, scripts })

      await respond(visit, `/market-tests/${reference}/response`, prefix)
      await visit.leave()
    }
  }
})

test('who has a link answers without an account', async () => {
  const reference = await marketTest('responding-link')
  const base = await link(reference, 'Cara Carer')
  const visit = await visitor('carer', { size: PHONE })

  await respond(visit, base, 'responding-link')
  assert.equal(await visit.open('/respond/not-a-token', 'responding-dead'),
    410)
  await visit.leave()
})

test('what hangs on an answer is shown when it is asked', async () => {
  const reference = await marketTest('responding-conditions')
  const base = `/market-tests/${reference}/response`
  const visit = await visitor('owner', { email: OWNER })
  const more = visit.page.locator('[name="q-rural-more-no"]')

  await visit.open(base)
  await visit.follow('Begin your response')
  await visit.open(`${base}/sections/about-you`)
  assert.equal(await more.isVisible(), false)
  await visit.fill({ 'q-rural': 'no' })
  await more.fill('Too far')
  await visit.fill({ 'q-rural': 'yes' })
  assert.equal(await more.isVisible(), false)
  await visit.follow('Save and continue')
  assert.equal(await saved(reference, 'rural'), '"yes"')
  await visit.leave()
})

test('it is saved while one types, over a connection that is cut', async () => {
  const reference = await marketTest('responding-cut')
  const base = `/market-tests/${reference}/response`
  const visit = await visitor('owner', { email: OWNER })
  const { page } = visit
  const status = page.locator('#answers-status')
  let cuts = 0

  await visit.open(base)
  await visit.follow('Begin your response')
  await visit.open(`${base}/sections/about-you`)
  await page.locator('[name="q-name"]').fill('Ada')
  await page.locator('[name="q-experience"]').focus()
  await status.getByText(/^Saved at/).waitFor()
  assert.equal(await saved(reference, 'name'), '"Ada"')

  // Cut before the request arrives, then after it did: the page tries again.
  await page.route('**/autosave', async (route) => {
    cuts++
    if (cuts > 2) {
      return route.continue()
    }
    if (cuts > 1) {
      await route.fetch()
    }
    return route.abort('connectionreset')
  })
  await page.locator('[name="q-name"]').fill('Ada Bell')
  await page.locator('[name="q-experience"]').focus()
  await status.getByText('Not saved yet, we will try again').waitFor()
  await page.locator('[name="q-experience"]').fill('Much')
  await status.getByText(/^Saved at/).waitFor({ timeout: 20000 })
  while (await saved(reference, 'experience') !== '"Much"') {
    await page.waitForTimeout(200)
  }
  assert.equal(await saved(reference, 'name'), '"Ada Bell"')
  // Nobody is in conflict with oneself.
  await visit.follow('Save and continue')
  await visit.isAt(`${base}/sections/what-you-offer`)
  // A connection cut makes a console message, which is no fault of the page.
  visit.findings.problems = visit.findings.problems.filter((problem) =>
    !problem.includes('ERR_CONNECTION_RESET'))
  await visit.leave()
})

test('leaving with what is not saved warns', async () => {
  const reference = await marketTest('responding-leaving')
  const base = `/market-tests/${reference}/response`
  const visit = await visitor('owner', { email: OWNER })
  const { page } = visit
  const asked = []

  await visit.open(base)
  await visit.follow('Begin your response')
  await visit.open(`${base}/sections/about-you`)
  await page.route('**/autosave', (route) => route.abort('connectionreset'))
  page.on('dialog', (dialog) => {
    asked.push(dialog.type())
    return dialog.accept()
  })
  await page.locator('[name="q-name"]').click()
  await page.keyboard.type('Ada')
  await page.goto(page.url())
  assert.deepEqual(asked, ['beforeunload'])
  visit.findings.problems = visit.findings.problems.filter((problem) =>
    !problem.includes('ERR_CONNECTION_RESET'))
  await visit.leave()
})

test('two tabs that change one answer show both', async () => {
  const reference = await marketTest('responding-tabs')
  const base = `/market-tests/${reference}/response`
  const visit = await visitor('owner', { email: OWNER, scripts: false })

  await visit.open(base)
  await visit.follow('Begin your response')
  await visit.open(`${base}/sections/about-you`)
  const other = await visit.tab()

  await other.open(`${base}/sections/about-you`)
  await other.fill({ 'q-experience': 'From the other tab' })
  await other.follow('Save and continue')
  await visit.fill({ 'q-experience': 'From this tab', 'q-name': 'Ada' })
  await visit.follow('Save and continue', 'responding-conflict')
  await visit.sees('From the other tab')
  await visit.fill({ 'keep-experience': 'both' })
  await visit.follow('Save and continue')
  assert.equal(await saved(reference, 'experience'),
    '"From the other tab\\n\\nFrom this tab"')
  assert.equal(await saved(reference, 'name'), '"Ada"')
  await visit.leave()
})

// What counters get wrong: each is repeated until it is beyond the limit.
const NASTY = [
  'plain words, and isn’t it well-known - yes',
  'no\u00a0break thin\u2009space ideographic\u3000space line\u2028separator',
  'zero\u200bwidth and\ufeffmark',
  'e\u0301 cafe\u0301 Z\u0328\u0301\u0334y',
  '\u{1f468}\u200d\u{1f469}\u200d\u{1f467}\u200d\u{1f466} \u{1f44d}\u{1f3fd}',
  '\u{1f1ec}\u{1f1e7}\u{1f1eb}\u{1f1f7} 1\ufe0f\u20e3',
  '\u0928\u092e\u0938\u094d\u0924\u0947 \u0915\u094d\u0937\u0924\u094d\u0930\u093f\u092f',
  '\u0995\u09cd\u09b7 \u0cb2\u0ccd\u0ca8 \u0c15\u0c4d\u0c37 \u0d15\u0d4d\u0d37',
  '\u1100\u1161\u11a8 \ud55c\uad6d\uc5b4',
  '\u0e01\u0e33\u0e25\u0e31\u0e07 \u0e17\u0e33',
  '\u0645\u064e\u0631\u0652\u062d\u064e\u0628\u064b\u0627 \u05e9\u05c1\u05b8\u05dc\u05d5\u05b9\u05dd',
  'one\n\ntwo\n \n\tthree'
]

test('words and characters are counted as the server counts', async () => {
  const reference = await marketTest('responding-counts')
  const base = `/market-tests/${reference}/response`
  const visit = await visitor('owner', { email: OWNER })
  const { page } = visit

  /** How many too many: the page's count, and the server's. */
  async function over (name, text, limit) {
    const reply = page.waitForResponse(/autosave$/)

    await page.locator(`[name="${name}"]`).fill(text)
    const said = await page.locator(`#${name}-info`).innerText()

    await page.locator('[name="q-postcode"], [name="q-interested"]').first()
      .focus()
    const { faults } = await (await reply).json()
    const counted = /it has ([\d,]+)$/.exec(faults[name] ?? '')?.[1]

    assert.match(said, /too many$/, text.slice(0, 80))
    assert.ok(counted, `${JSON.stringify(faults)} of ${text.slice(0, 80)}`)
    return [Number(/[\d,]+/.exec(said)[0].replaceAll(',', '')),
      Number(counted.replaceAll(',', '')) - limit]
  }

  await visit.open(base)
  await visit.follow('Begin your response')
  await visit.open(`${base}/sections/about-you`)
  for (const text of NASTY) {
    const [page1, server1] = await over('q-experience',
      ` \u200b${`${text} `.repeat(310)}\ufeff `, 300)

    assert.equal(page1, server1, `words of ${JSON.stringify(text)}`)
    if (/[\n\u2028]/.test(text)) {
      continue // not on one line
    }
    const [page2, server2] = await over('q-name',
      `\u00a0${`${text} `.repeat(400)}\u200b`, 500)

    assert.equal(page2, server2, `characters of ${JSON.stringify(text)}`)
  }
  await page.locator('[name="q-name"]').fill('')
  await page.locator('[name="q-experience"]').fill('')
  await visit.follow('Save and continue')
  await visit.leave()
})
