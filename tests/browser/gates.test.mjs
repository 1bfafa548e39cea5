// Conditions of frameworks and the facts of providers in a browser: the
// commissioner edits a condition, staff enter and correct facts, a provider
// sends a renewal, and the council accepts it.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people } from '../support/product.mjs'
import { browserStart, browserStop, PHONE, visitor } from './support.mjs'

const OWNER = 'owner@harlequin-larkspur.example'

before(browserStart)
after(browserStop)

/** Fills the three parts of a date. */
async function date (visitor, name, day, month, year) {
  for (const [part, value] of Object.entries({ day, month, year })) {
    await visitor.page.locator(`[name="${name}-${part}"]`).fill(value)
  }
}

/** Opens the facts of a provider from the register. */
async function factsOf (broker, name, prefix) {
  await broker.open(`/providers?name=${name}`)
  await broker.page.locator('main th a').first().click()
  await broker.follow(/^See every condition/, prefix)
}

test('the commissioner edits what a framework asks', async () => {
  for (const size of [undefined, PHONE]) {
    const prefix = size ? 'gates-phone' : 'gates'
    const visit = await visitor('commissioner',
      { email: people.commissioner, size, scripts: !size })

    await visit.open('/providers', `${prefix}-register`)
    await visit.follow('Conditions of frameworks', `${prefix}-list`)
    await visit.sees('At least £10,000,000')
    await visit.follow(/^Add a condition/, `${prefix}-new`)
    await visit.follow('Save', `${prefix}-wrong`)
    await visit.sees('Enter a name for the condition')
    await visit.fillLabelled({
      'Name of the condition': `Quick monitoring ${prefix}`,
      'Electronic monitoring': true,
      'It must be accepted, or at least this much': true,
      'Every provider': true,
      Reablement: true
    })
    await date(visit, 'first_on', '1', '9', '2022')
    await visit.follow('Save', `${prefix}-saved`)
    await visit.sees('Condition saved')
    await visit.follow(new RegExp(`^Change Quick monitoring ${prefix}$`),
      `${prefix}-edit`)
    await date(visit, 'last_on', '2', '9', '2022')
    await visit.follow('Save')
    await visit.sees('to 2 September 2022')
    await visit.leave()
  }
})

test('a broker reads verdicts, enters a fact and corrects it', async () => {
  for (const size of [undefined, PHONE]) {
    const prefix = size ? 'facts-phone' : 'facts'
    const broker = await visitor('broker', { email: people.broker, size })

    await factsOf(broker, 'cinnamon+acorn', `${prefix}-paused`)
    await broker.sees('Inadequate')
    await factsOf(broker, 'thimble+larkspur', `${prefix}-later`)
    await broker.sees('Passes from')
    await factsOf(broker, 'quill+kettle', `${prefix}-history`)
    await broker.sees('Report of the system')
    await broker.follow('Add a fact', `${prefix}-new`)
    await broker.follow('Save', `${prefix}-wrong`)
    await broker.sees('Select what it is about')
    await broker.fillLabelled({
      'Electronic monitoring': true,
      'Not accepted': true,
      'Where did you see this?': 'Report of a visit'
    })
    await date(broker, 'starts_on', '1', '9', '2022')
    await broker.follow('Save', `${prefix}-saved`)
    await broker.sees('Fact added')
    await broker.sees('Paused')
    await broker.follow(/^Correct Electronic monitoring from 1 September 2022/,
      `${prefix}-correct`)
    await broker.fillLabelled({ Accepted: true })
    await broker.follow('Save')
    await broker.sees('Fact saved')
    await broker.leave()
  }
})

test('a provider sends a renewal and the council accepts it', async () => {
  const owner = await visitor('owner', { email: OWNER })
  const broker = await visitor('broker', { email: people.broker })

  await owner.open('/our-details', 'renewal-details')
  await owner.follow(/^See every condition/, 'renewal-facts')
  await owner.follow('Send the renewal of an insurance', 'renewal-new')
  await owner.follow('Send renewal', 'renewal-wrong')
  await owner.sees('Select which insurance you have renewed')
  await owner.fillLabelled({
    'Public liability insurance': true,
    'Cover in pounds': '12500000',
    'Insurer and number of the policy': 'Test Mutual, policy TM-9'
  })
  await date(owner, 'starts_on', '1', '9', '2022')
  await date(owner, 'ends_on', '31', '8', '2199')
  await owner.follow('Send renewal', 'renewal-sent')
  await owner.sees('Renewal sent to the council')
  await broker.open('/tasks', 'renewal-task')
  await broker.sees('Accept or refuse a renewal')
  await factsOf(broker, 'harlequin+larkspur', 'renewal-waits')
  await broker.follow(/^Accept or refuse Public liability/, 'renewal-decide')
  await broker.fillLabelled({ Accept: true })
  await broker.follow('Save', 'renewal-accepted')
  await broker.sees('Renewal accepted')
  await broker.sees('Test Mutual, policy TM-9')
  await owner.open('/our-details/facts', 'renewal-answer')
  await owner.sees('Accepted')
  assert.equal(await broker.open('/gates'), 200)
  await owner.leave()
  await broker.leave()
})
