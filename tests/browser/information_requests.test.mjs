// A request for information from the day it came to the bundle that answers
// it, on a desktop and on a telephone, with and without scripts. What is
// withheld is in no file and, but where it is decided, on no page.
import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import { people, sql, sqlValue } from '../support/product.mjs'
import {
  PHONE, browserStart, browserStop, invalidities, phoneFaults, visitor
} from './support.mjs'

let marketTest

before(async () => {
  await browserStart()
  await sql(await readFile('tests/data/information_requests.sql', 'utf8'))
  const id = await sqlValue("SELECT information_fill('hertfordshire')")

  marketTest = await sqlValue(
    `SELECT reference FROM market_test WHERE id = ${id}`)
})
after(browserStop)

const day = (name, [date, month, year]) => ({
  [`${name}-day`]: date, [`${name}-month`]: month, [`${name}-year`]: year
})

async function today () {
  const text = await sqlValue(`SELECT to_char(clock_now() AT TIME ZONE
    'Europe/London', 'FMDD-FMMM-YYYY')`)

  return text.split('-')
}

/** The page as a telephone shows it has no faults of its own. */
async function small (person) {
  assert.deepEqual(await person.page.evaluate(phoneFaults), [])
}

for (const [device, options] of [['desktop', {}],
  ['telephone', { size: PHONE }],
  ['telephone without scripts', { size: PHONE, scripts: false }]]) {
  test(`a request for information on a ${device}`, async () => {
    const person = await visitor(`commissioner on a ${device}`,
      { email: people.commissioner, ...options })
    const { page } = person
    const look = options.size ? () => small(person) : () => {}
    const picture = (name) =>
      `information-${name}-${device.replaceAll(' ', '-')}`

    assert.equal(await person.open('/information-requests'), 200)
    await person.follow('Enter a request')
    await person.fill({
      name: 'CANARY-ASKER',
      contact: 'asker@people.example',
      subject: `Rates, asked on a ${device}`,
      words: 'Please send me everything that was answered about rates.',
      ...day('received_on', await today())
    })
    await person.follow('Save')
    const path = person.path()

    await person.sees('20 working days left')
    await person.follow(/^Market test$/)
    await person.fill({ market_test: marketTest, naming: 'numbers' })
    await person.follow('Save and continue', picture('questions'))
    await person.fill({ questions: ['plans', 'rate'] })
    await person.follow('Save')
    await person.follow('Write a reason', picture('reason'))
    await person.fill({
      exemption: 'section_43_2',
      reasoning: 'It would harm the next bid of whoever said it.',
      interest_for: 'Residents pay for care.',
      interest_against: 'Providers would tell nothing any more.',
      interest_balance: 'The second outweighs the first.'
    })
    await person.follow('Save')
    await person.follow('Decide each answer', picture('answers'))
    await look()
    assert.equal(await page.getByText('CANARY').count(), 0)
    await person.follow(await labelled(page, 2), picture('answer'))
    await person.follow('Save the decision', picture('answer-wrong'))
    await person.fill({
      outcome: 'part', reason: '1', pieces: '27-24', passages: 'CANARY-MANAGER'
    })
    await person.follow('Save the decision')
    await person.follow(await labelled(page, 3))
    await person.fill({ outcome: 'withhold', reason: '1' })
    await person.follow('Save the decision', picture('decided'))
    await person.open(`${path}/preview`, picture('preview'))
    await look()
    assert.doesNotMatch(await page.content(), /CANARY|31\.41/)
    await person.open(`${path}/bundle`, picture('bundle'))
    await look()
    assert.doesNotMatch(await page.content(), /CANARY|31\.41/)
    await person.fill({ is_read: 'yes' })
    await person.follow('Make the bundle', picture('show'))
    await look()

    const file = await (await person.context.request
      .get(new URL(`${path}/bundles/1`, page.url()).href)).text()

    assert.doesNotMatch(file, /CANARY|31\.41|people\.example/)
    assert.match(file, /We will open in the north\. /)
    assert.equal(file.match(/████████</g).length, 3)
    assert.deepEqual(await invalidities(file, 'the bundle'), [])
    const paper = await person.tab()

    await paper.page.setContent(file)
    await paper.look(picture('file'))
    await paper.page.close()
    await person.open(`${path}/outcome`)
    await person.fill({
      outcome: 'answered', ...day('decided_on', await today())
    })
    await person.follow('Save the outcome')
    await person.open('/information-requests', picture('list'))
    await look()
    await person.sees('Answered')
    await person.leave()
  })
}

/** The name of the link to the answer to that question that is labelled. */
async function labelled (page, question) {
  const row = page.getByRole('row').filter({ hasText: `${question}. ` })
    .filter({ hasText: 'Confidential' })
  const [name] = (await row.innerText()).match(/Respondent\s+\d+/)

  return new RegExp(`Question ${question}, ${name}$`)
}
