// What goes wrong in a day's work: two brokers on one draft, two clicks, two
// tabs, a session that ends in the middle of a form, and fields left empty.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import {
  clockMove, people, quote, sql, sqlValue
} from '../support/product.mjs'
import { browserStart, browserStop, visitor } from './support.mjs'
import { beginPackage, canary } from './steps.mjs'

before(browserStart)
after(browserStop)

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

// Page, what is typed, and the field that the first error must lead to.
const wrongs = [
  ['funding', {}, ['funding', 'service_kind']],
  ['place', { address: '', postcode: 'SG1' }, ['address', 'postcode']],
  ['place', { address: '7 Test Mews', postcode: 'ZZ99 9ZZ' }, ['postcode']],
  ['group', {}, ['group_code']],
  ['needs', { carer_gender: 'female' }, ['two_carers']],
  ['needs', { carer_gender: 'female', two_carers: 'no' },
    ['carer_gender_need']],
  ['before-coming', {}, ['smoker', 'pets']],
  ['start', {
    'start_wanted-day': '31', 'start_wanted-month': '2',
    'start_wanted-year': '2027', 'start_wanted-time': '25:00'
  }, ['urgency', 'start_wanted']],
  ['waiting', { minutes_in_place: 'many' }, ['reason', 'minutes_in_place']],
  ['visits/new', {
    purpose: '', minutes: '-5', carers: '9', start_from: 'late',
    start_until: '99'
  }, ['purpose', 'kind', 'minutes', 'carers', 'start_from', 'start_until']],
  ['outcomes/new', { text: ' ' }, ['text']]
]

test('each wrong field says what is wrong beside it', async (t) => {
  const broker = await visitor('broker', { email: people.broker })
  const reference = await draftOf(broker)
  const faults = []

  for (const [section, values, expected] of wrongs) {
    await broker.open(`/packages/${reference}/${section}`)
    await broker.fill(values)
    const button = broker.page.locator('main button[type="submit"]').last()

    await broker.follow(await button.innerText())
    assert.match(await broker.page.title(), /^Error: /, section)
    const links = broker.page.locator('.govuk-error-summary__list a')
    const targets = await links.evaluateAll((all) =>
      all.map((one) => one.getAttribute('href').slice(1)))

    for (const name of expected) {
      const target = targets.find((one) => one.startsWith(name))
      const message = broker.page.locator(`[id^="${name}"][id$="-error"]`)

      if (!target || await message.count() === 0 ||
          await broker.page.locator(`[id="${target}"]`).count() !== 1) {
        faults.push(`${section}: no error at ${name} (${targets})`)
      }
    }
    for (const [name, value] of Object.entries(values)) {
      const fields = broker.page.locator(`main [name="${name}"]`)
      const isRadio = await fields.first().getAttribute('type') === 'radio'
      const field = isRadio
        ? fields.and(broker.page.locator(':checked'))
        : fields.first()

      if ((await field.inputValue()).trim() !== value.trim()) {
        faults.push(`${section}: ${name} was not kept`)
      }
    }
  }
  assert.deepEqual(faults, [])
  t.diagnostic(`${wrongs.length} forms, ${wrongs.reduce((sum, [,, names]) =>
    sum + names.length, 0)} wrong fields`)
  await broker.leave()
})
