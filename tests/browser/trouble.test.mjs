// What goes wrong in a day's work: two brokers on one draft, two clicks, two
// tabs, the way back, and a session that ends in the middle of a form.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  clockMove, people, quote, sql, sqlValue
} from '../support/product.mjs'
import { browserStart, browserStop, visitor } from './support.mjs'
import {
  asked, beginPackage, canary, instantFields, ownerOf
} from './steps.mjs'

before(browserStart)
after(browserStop)

const nameOf = (email) => sqlValue(
  `SELECT name FROM account WHERE email = ${quote(email)}`)

const draftOf = async (broker) => {
  await broker.open('/packages')
  return beginPackage(broker, canary())
}

test('two brokers on one draft: the second sees both versions', async () => {
  const first = await visitor('first broker', { email: people.broker })
  const second = await visitor('second broker', { email: people.secondBroker })
  const reference = await draftOf(first)
  const path = `/packages/${reference}/before-coming`

  await first.open(path)
  await second.open(path)
  await first.fill({ smoker: 'yes', pets: 'no' })
  await first.follow('Save and continue')
  await second.fill({
    smoker: 'no', pets: 'no', know_before: 'A loose carpet in the hall'
  })
  await second.follow('Save and continue', 'conflict')
  await second.sees('A loose carpet in the hall')
  assert.equal(await second.heading(),
    `${await nameOf(people.broker)} saved this first`)
  assert.equal(await sqlValue(
    `SELECT has_smoker FROM package WHERE reference = ${quote(reference)}`), 't')
  await second.follow('Use mine')
  assert.equal(await sqlValue(
    `SELECT has_smoker FROM package WHERE reference = ${quote(reference)}`), 'f')
  await first.leave()
  await second.leave()
})

test('two clicks on a button have one effect', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const reference = await draftOf(broker)
  const text = `Goes dancing ${reference}`
  const count = async () => Number(await sqlValue(
    `SELECT count(*) FROM outcome_wanted WHERE text = ${quote(text)}`))

  await broker.open(`/packages/${reference}/outcomes/new`)
  await broker.fill({ text })
  await broker.page.getByRole('button', { name: 'Save the outcome' })
    .dblclick()
  await broker.page.waitForURL(`**/packages/${reference}/outcomes`)
  assert.equal(await count(), 1)
  await broker.leave()
})

/** A package of Hertfordshire that waits and was never offered. */
const neverOffered = () => sqlValue(`SELECT k.reference FROM package k
  JOIN council c ON c.id = k.council_id
  WHERE c.code = 'hertfordshire' AND k.state = 'waiting'
    AND k.chosen_organisation_id IS NULL AND NOT EXISTS (
      SELECT FROM offer_round r
      WHERE (r.council_id, r.package_id) = (k.council_id, k.id))
  ORDER BY k.id LIMIT 1`)

const repliesOf = (offer) => sqlValue(`SELECT o.state || ' ' || count(a.id)
  FROM offer o LEFT JOIN audit a ON a.object_reference = o.reference
    AND a.act IN ('offer.accept', 'offer.decline')
  WHERE o.reference = ${quote(offer)} GROUP BY o.state`)

/** Two clicks so fast that the second meets the page of the first. */
async function clickTwice (person, name) {
  await person.page.getByRole('button', { name }).dblclick()
  await person.page.waitForLoadState()
}

test('two clicks on sending and accepting: one round and one reply', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const reference = await neverOffered()

  await broker.open(`/packages/${reference}/match`)
  await clickTwice(broker, 'Send offers')
  await broker.page.waitForURL(`**/packages/${reference}/rounds/1`)
  await broker.sees('Offers sent')
  assert.equal(await sqlValue(`SELECT count(*) FROM offer_round r
    JOIN package k ON (k.council_id, k.id) = (r.council_id, r.package_id)
    WHERE k.reference = ${quote(reference)}`), '1')
  const [{ offer, organisation }] = await asked(reference)
  const owner = await visitor('owner', { email: await ownerOf(organisation) })

  await owner.open(`/offers/${offer}/accept`)
  await owner.fill(await instantFields('start_at', '50 hours'))
  await clickTwice(owner, 'Accept offer')
  await owner.page.waitForURL(`**/offers/${offer}`)
  await owner.sees('Offer accepted')
  assert.equal(await repliesOf(offer), 'accepted 1')

  // The way back leads to a form that is no longer open.
  const before = await sqlValue(`SELECT start_offered_at || note FROM offer
    WHERE reference = ${quote(offer)}`)

  await owner.page.goBack()
  await owner.look('back')
  const again = owner.page.getByRole('button', { name: 'Accept offer' })

  if (await again.count() > 0) {
    await owner.fill({ note: 'Once more' })
    await owner.follow('Accept offer', 'back-sent')
  }
  assert.match(await owner.heading(), /answered|sent this form before/)
  assert.equal(await sqlValue(`SELECT start_offered_at || note FROM offer
    WHERE reference = ${quote(offer)}`), before)
  assert.equal(await repliesOf(offer), 'accepted 1')
  await Promise.all([broker, owner].map((one) => one.leave()))
})

test('the way back to a form that was sent', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const reference = await draftOf(broker)
  const saved = () => sqlValue(`SELECT string_agg(o.text, ', ' ORDER BY o.id)
    FROM outcome_wanted o JOIN package k
      ON (k.council_id, k.id) = (o.council_id, o.package_id)
    WHERE k.reference = ${quote(reference)}`)
  const hidden = broker.page.locator('main form [type="hidden"]')
  // A browser that keeps whole pages shows the form as it was sent.
  const asItWas = (values) => hidden.evaluateAll((fields, before) =>
    fields.forEach((field, i) => { field.value = before[i] }), values)

  await broker.open(`/packages/${reference}/outcomes/new`)
  await broker.fill({ text: 'Sing' })
  const values = await hidden.evaluateAll((fields) =>
    fields.map(({ value }) => value))

  await broker.follow('Save the outcome')
  await broker.page.goBack()
  await broker.look()
  await asItWas(values)
  await broker.fill({ text: 'Sing' })
  await broker.follow('Save the outcome')
  assert.equal(broker.path(), `/packages/${reference}/outcomes`)
  assert.equal(await saved(), 'Sing')
  await broker.page.goBack()
  await asItWas(values)
  await broker.fill({ text: 'Sing in a choir' })
  await broker.follow('Save the outcome', 'sent-before')
  await broker.sees('You have sent this form before')
  assert.equal(await saved(), 'Sing')
  await broker.follow('Send the change')
  // It was begun before the first version was saved.
  await broker.sees('You saved another version of this')
  await broker.follow('Use mine')
  assert.equal(await saved(), 'Sing, Sing in a choir')
  await broker.leave()
})

test('one broker with two tabs on one draft', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const reference = await draftOf(broker)
  const other = await broker.tab()
  const path = `/packages/${reference}/outcomes/new`

  await broker.open(path)
  await other.open(path)
  await broker.fill({ text: 'Paint' })
  await broker.follow('Save the outcome')
  await other.fill({ text: 'Garden' })
  await other.follow('Save the outcome', 'two-tabs')
  await other.sees('Garden')
  await other.sees('You saved a change')
  await other.sees('in another tab')
  await other.seesNot('Somebody else')
  assert.match(await other.heading(), /changed|saved|version/i)
  await other.follow('Use mine')
  assert.equal(await sqlValue(`SELECT string_agg(o.text, ', ' ORDER BY o.id)
    FROM outcome_wanted o JOIN package k
      ON (k.council_id, k.id) = (o.council_id, o.package_id)
    WHERE k.reference = ${quote(reference)}`), 'Paint, Garden')
  await broker.leave()
})

test('two clicks without scripts have one effect', async () => {
  const broker = await visitor('broker',
    { email: people.broker, scripts: false })
  const reference = await draftOf(broker)
  const text = `Goes fishing ${reference}`
  const count = async () => Number(await sqlValue(
    `SELECT count(*) FROM outcome_wanted WHERE text = ${quote(text)}`))

  await broker.open(`/packages/${reference}/outcomes/new`)
  await broker.fill({ text })
  const fields = await broker.page.locator('main form').evaluate((form) =>
    Object.fromEntries(new FormData(form)))
  const send = () => broker.context.request.post(broker.page.url(),
    { form: fields, maxRedirects: 0, headers: { origin: new URL(
      broker.page.url()).origin } })
  const replies = await Promise.all([send(), send(), send()])

  assert.deepEqual(replies.map((reply) => reply.status()), [303, 303, 303])
  assert.equal(new Set(replies.map((reply) =>
    reply.headers().location)).size, 1)
  assert.equal(await count(), 1)
  await broker.leave()
})

test('what was typed outlives the session', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const reference = await draftOf(broker)
  const path = `/packages/${reference}/before-coming`
  const words = 'The bell does not ring: knock at the window'
  const saved = () => sqlValue(`SELECT know_before FROM package
    WHERE reference = ${quote(reference)}`)

  await broker.open(path)
  await broker.fill({ smoker: 'no', pets: 'yes', know_before: words })
  await sql(`UPDATE vault.session SET last_seen_at = last_seen_at
    - interval '20 minutes'`)
  await broker.follow('Save and continue', 'signed-out')
  assert.equal(broker.path(), '/sign-in')
  assert.ok(!await saved(), 'nothing was submitted')
  await broker.fill({ email: people.broker, password: 'hearth demonstration' })
  await broker.follow('Sign in', 'form-kept')
  assert.equal(broker.path(), path)
  await broker.sees('It is not saved yet')
  assert.equal(await broker.page.locator('[name="know_before"]').inputValue(),
    words)
  assert.ok(await broker.page.locator('[name="pets"][value="yes"]')
    .isChecked())
  assert.ok(!await saved(), 'nothing was submitted by signing in')
  await broker.follow('Save and continue')
  assert.equal(await saved(), words)
  await clockMove('0')
  await broker.leave()
})

test('one key keeps everybody signed in when the session is to end', async () => {
  const broker = await visitor('broker', { email: people.broker })
  const other = await broker.tab()
  const warnings = [broker, other].map(({ page }) =>
    page.locator('#session-warning'))
  const sinceSeen = async () => Number(await sqlValue(`SELECT
      extract(epoch FROM clock_now() - max(s.last_seen_at)) FROM vault.session s
    JOIN account a ON a.id = s.account_id
    WHERE a.email = ${quote(people.broker)}`))

  await broker.context.clock.install()
  for (const tab of [broker, other]) {
    await tab.open('/packages')
  }
  for (const warning of warnings) {
    assert.ok(!await warning.isVisible(), 'too early')
  }
  assert.ok(!await broker.page.locator('.hearth-session__end').isVisible(),
    'the warning makes the sentence needless')
  await sql(`UPDATE vault.session SET last_seen_at = last_seen_at
    - interval '13 minutes 30 seconds'`)
  await broker.context.clock.fastForward('13:30')
  for (const warning of warnings) {
    await warning.waitFor()
    assert.ok(await warning.evaluate((one) => {
      const { top, bottom } = one.getBoundingClientRect()

      return top >= 0 && bottom <= window.innerHeight
    }), 'it is seen without scrolling')
  }
  await broker.findings.axe(broker.page, 'the warning')
  // A tab behind another draws when the machine has time for it.
  await broker.page.bringToFront()
  await broker.picture('session-warning', { fullPage: false })
  assert.ok(await sinceSeen() > 800)
  await broker.page.keyboard.press('Shift')
  for (const warning of warnings) {
    await warning.waitFor({ state: 'hidden' })
  }
  assert.ok(await sinceSeen() < 60, 'the server has heard of it')
  await broker.context.clock.fastForward('16:00')
  await broker.page.locator('#session-ended').waitFor()
  await broker.leave()
})

test('an offer that another tab declined is told kindly', async () => {
  const provider = await visitor('provider',
    { email: 'owner@harlequin-larkspur.example' })
  const other = await provider.tab()

  await provider.open('/offers')
  const link = provider.page.locator('main a[href^="/offers/O"]').first()
  const path = await link.getAttribute('href')

  await provider.open(`${path}/decline`)
  await other.open(`${path}/decline`)
  for (const tab of [provider, other]) {
    const reason = tab.page.locator('[name="reason"]').first()

    await tab.fill({ reason: await reason.inputValue() })
    await tab.follow('Decline offer', tab === other ? 'too-late' : null)
  }
  await other.sees('Nothing you entered was saved')
  await provider.leave()
})
