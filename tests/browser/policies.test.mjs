// A commissioner's way with policies: one from those that ship, its steps and
// parts changed, checked, tried out, put in force, exported, imported, copied,
// edited as a new version and retired; at a desk and without JavaScript.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { people, quote, sql, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'

before(browserStart)
after(browserStop)

/** The steps that the draft's page shows, by what they look at. */
const stepsOf = (person, id = 'steps') => person.page.locator(`#${id} tbody th`)
  .allInnerTexts()

/** The button of a step's row. */
async function move (person, name, id = 'steps') {
  const button = person.page.locator(`#${id}`)
    .getByRole('button', { name, exact: true })
  const arrival = person.page.waitForEvent('framenavigated')

  await button.click()
  await arrival
  await person.page.waitForLoadState()
  await person.look()
}

/** The change link of a part, through a form, and back to the draft. */
async function change (person, part, values, picture) {
  await person.follow(`Change ${part}`)
  await person.fill(values)
  await person.follow('Save', picture)
  assert.equal(await person.page.locator('.govuk-error-summary').count(), 0,
    await person.where())
}

async function documentOf (person) {
  const link = person.page.getByRole('link', { name: /as JSON$/ })
  const reply = await person.context.request.get(
    new URL(await link.getAttribute('href'), person.page.url()).href)

  assert.match(reply.headers()['content-disposition'], /attachment/)
  return reply.json()
}

for (const [how, options, prefix] of [
  ['at a desk', {}, 'policies-'],
  ['on a telephone without JavaScript', { size: PHONE, scripts: false },
    'policies-telephone-']
]) {
  const picture = (name) => prefix + name

  test(`a policy from the beginning to its end, ${how}`, async () => {
    const person = await visitor('commissioner',
      { email: people.commissioner, ...options })
    const name = `Journey ${how}`

    await person.open('/policies', picture('list'))
    await person.follow('Create a policy', picture('new'))
    await person.follow('Create the draft')
    assert.match(await person.page.title(), /^Error: /)
    await person.fill({ name, from: 'hertfordshire' })
    await person.follow('Create the draft', picture('draft'))
    const reference = person.path().split('/')[2]
    const ours = JSON.parse(readFileSync('conf/policies/hertfordshire.json'))

    assert.deepEqual((await documentOf(person)).steps, ours.steps)

    // Steps: a new one with what it asks, moved up, and another taken out.
    await person.follow('Add a step', picture('step-new'))
    await person.fill({ criterion: 'closeness', action: 'must' })
    await person.follow('Continue', picture('step'))
    await person.follow('Save', picture('step-error'))
    await person.sees('Enter the longest distance')
    await person.fill({ limit: '20000' })
    await person.follow('Save')
    assert.equal((await stepsOf(person)).at(-1), 'Closeness')
    await move(person, 'Move up step 9, Closeness')
    assert.equal((await stepsOf(person)).at(-2), 'Closeness')
    await move(person, 'Remove step 2, Monitoring visit')
    assert.equal((await stepsOf(person)).length, 8)

    // A fault is said beside what is to be mended, and the summary leads there.
    await change(person, 'Who wins', { winner: 'first' })
    await person.follow('Check', picture('check'))
    assert.match(await person.page.title(), /^Error: /)
    assert.match(await person.page.locator('.govuk-error-summary a').first()
      .getAttribute('href'), /^#winner$/)
    await move(person, 'Remove step 2, Price', 'reply-steps')
    await move(person, 'Remove step 1, Start', 'reply-steps')
    await change(person, 'Time to reply', { reply_minutes: '4' },
      picture('reply-time'))
    await person.follow('Check')
    await person.sees('Nothing is wrong with this policy')

    await person.follow('Try it', picture('try'))
    await person.sees('Trying changes nothing')
    await person.sees('What would have become of the packages')
    await person.follow('Show all packages', picture('try-all'))
    await person.page.goBack()
    await person.open(`/policies/${reference}/draft`)

    // In force from tomorrow, and called off again.
    const [[day, month, year]] = await sql(`SELECT to_char(t, 'DD'),
        to_char(t, 'MM'), to_char(t, 'YYYY')
      FROM (SELECT (clock_now() + interval '1 day')
          AT TIME ZONE 'Europe/London' AS t) AS wanted`)

    await person.follow('Put in force', picture('force'))
    await person.fill({
      'from_on-day': day, 'from_on-month': month, 'from_on-year': year
    })
    await person.follow('Put in force', picture('version'))
    await person.sees('In force from')
    await person.follow('Call off for Support at home framework')
    await person.sees('No longer in force')
    const version = await documentOf(person)

    assert.equal(version.reply.minutes, 240)
    assert.equal(version.steps.length, 8)

    // An edit is a new version; the published one stays as it is.
    await person.follow('Edit as a new version')
    await change(person, 'Name', { name: `${name} again` })
    assert.equal(await sqlValue(`SELECT count(*) FROM policy_version v
      JOIN policy p ON (p.council_id, p.id) = (v.council_id, v.policy_id)
      WHERE p.reference = ${quote(reference)}`), '2')
    await person.follow('Throw the draft away', picture('discard'))
    await person.follow('Throw it away', picture('show'))
    await person.follow('Version 1')
    assert.deepEqual(await documentOf(person), version)

    // As a file it can be imported, and gives the same policy again.
    await person.open('/policies/import', picture('import'))
    await person.follow('Import', picture('import-error'))
    await person.sees('Select a file')
    await person.page.locator('[name="document"]').setInputFiles({
      name: 'wrong.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify({ ...version, steps: [
        { criterion: 'aera', action: 'must' }] }))
    })
    await person.follow('Import', picture('import-wrong'))
    await person.sees('steps[0].criterion')
    await person.page.locator('[name="document"]').setInputFiles({
      name: 'policy.json',
      mimeType: 'application/json',
      buffer: Buffer.from(JSON.stringify(version))
    })
    await person.follow('Import')
    assert.deepEqual(await documentOf(person), version)
    await person.follow('Throw the draft away')
    await person.follow('Throw it away')

    await person.open(`/policies/${reference}/versions/1`)
    await person.follow('Copy as a new policy', picture('copy'))
    await person.fill({ name: `Copy of ${name}` })
    await person.follow('Copy')
    await person.follow('Throw the draft away')
    await person.follow('Throw it away')
    await person.open(`/policies/${reference}/versions/1`)
    await person.follow('Retire this version', picture('retire'))
    await person.follow('Retire')
    await person.sees('Retired')
    await person.leave()
  })
}

test('two who edit a draft do not overwrite each other', async () => {
  const first = await visitor('commissioner', { email: people.commissioner })
  const second = await visitor('administrator', { email: people.administrator })

  await first.open('/policies/new')
  await first.fill({ name: 'Two at once', from: 'blank' })
  await first.follow('Create the draft')
  const draft = first.path()

  await first.open(`${draft}/price`)
  await second.open(`${draft}/price`)
  await first.fill({ price: 'offered', floor_pence: '14.17' })
  await first.follow('Save')
  await second.fill({ price: 'offered', floor_pence: '15.00' })
  await second.follow('Save', 'policies-conflict')
  await second.sees('saved this first')
  await second.follow('Use mine')
  await second.sees('at least £15.00')
  await first.leave()
  await second.leave()
})
