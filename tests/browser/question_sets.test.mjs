// A commissioner writes a set of three questions, one of which hangs on
// another and one of which is a table, mends what the check finds, publishes
// it, corrects it as a new version, exports and imports it; at a desk and
// without JavaScript on a telephone.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { people, quote, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'

before(browserStart)
after(browserStop)

const EVERY_KIND = readFileSync('tests/data/question_set.json')

async function documentOf (person) {
  const link = person.page.getByRole('link', { name: /as JSON$/ })
  const reply = await person.context.request.get(
    new URL(await link.getAttribute('href'), person.page.url()).href)

  assert.match(reply.headers()['content-disposition'], /attachment/)
  return reply.json()
}

/** A form filled and saved, from the page that is shown. */
async function save (person, values, button = 'Save', picture) {
  await person.fill(values)
  await person.follow(button, picture)
  assert.equal(await person.page.locator('.govuk-error-summary').count(), 0,
    await person.where())
}

async function upload (person, name, buffer) {
  await person.open('/question-sets/import')
  await person.page.locator('[name="document"]').setInputFiles({
    name, mimeType: 'application/json', buffer
  })
}

/** Three questions: yes or no, one of a list when yes, and a table. */
async function questionsWrite (person, picture) {
  await person.follow('Add a section', picture('section-new'))
  await save(person, { title: 'What you offer', guidance: 'Be *brief*.' },
    'Save', picture('section'))

  await person.follow('Add a question', picture('add'))
  await person.follow('Continue', picture('add-error'))
  await person.sees('Enter the question')
  await save(person,
    { number: '1', text: 'Are you interested?', kind: 'yes_no' }, 'Continue',
    picture('question'))
  await person.follow('Change the answer No')
  await save(person, { asks: 'Why not?' }, 'Save')
  await save(person, { is_required: ['yes'] })

  await person.follow('Add a question')
  await save(person,
    { number: '2', text: 'How likely are you to bid?', kind: 'one_of' },
    'Continue')
  await person.fill({ options: 'Likely\nLikely' })
  await person.follow('Save', picture('options-error'))
  await person.sees('is there twice')
  await person.fill({ options: 'Likely\nUnlikely', may_be_confidential: ['yes'] })
  await person.follow('Save')
  await person.follow(/^2 How likely/)
  await person.follow('Change when it is asked', picture('condition'))
  await save(person, { asked: await person.page.locator(
    'option', { hasText: '1 Are you interested?' }).getAttribute('value') },
  'Continue', picture('condition-answers'))
  await save(person, { answers: ['yes'] })
  await person.sees('only when question 1 is answered “Yes”')
  await person.follow('Back to the section')

  await person.follow('Add a question')
  await save(person, { number: '3', text: 'Your branches', kind: 'table' },
    'Continue')
  await person.follow('Add a column', picture('column'))
  await save(person, { text: 'Town', kind: 'short_text' })
  await person.follow('Add a column')
  await save(person, { text: 'Rating', kind: 'one_of', options: 'Good\nOther' })
  await person.follow('Move up Rating', picture('table'))
  await person.follow('Back to the section', picture('section-full'))
  await person.follow('Back to the draft', picture('draft'))
}

for (const [how, options, prefix] of [
  ['at a desk', {}, 'questions-'],
  ['on a telephone without JavaScript', { size: PHONE, scripts: false },
    'questions-telephone-']
]) {
  const picture = (name) => prefix + name

  test(`a set of questions from the beginning to its end, ${how}`, async () => {
    const person = await visitor('commissioner',
      { email: people.commissioner, ...options })
    const name = `Journey ${how}`

    await person.open('/question-sets', picture('list'))
    await person.follow('Write a set of questions', picture('new'))
    await person.follow('Begin the draft')
    assert.match(await person.page.title(), /^Error: /)
    await save(person, { name }, 'Begin the draft', picture('draft-new'))
    const reference = person.path().split('/')[2]

    // With nothing in it, it cannot be published, and the faults lead on.
    await person.follow('Check and publish', picture('check'))
    await person.follow('Publish', picture('check-refused'))
    assert.match(await person.page.title(), /^Error: /)
    await person.follow('The set has no sections')
    await questionsWrite(person, picture)

    await person.follow('Change introduction', picture('details'))
    await save(person, { introduction: '# Welcome\n\nTell us.' })
    await person.follow('Add a notice', picture('notice'))
    await save(person, { title: 'Costs', text: 'You bear your own.' })
    await person.follow('Change clauses')
    await person.follow('Add a clause', picture('clause'))
    await person.fill({ id: '5.2 §', title: 'Payment' })
    await person.follow('Save')
    await person.sees('Use letters, digits, dots and dashes only')
    await save(person, { id: '5.2.1' }, 'Save', picture('clauses'))

    // A question cites the clause; when that is gone, nothing is published.
    await person.open(`/question-sets/${reference}/draft`)
    await person.follow('What you offer')
    await person.follow(/^1 Are you/)
    if (!await person.page.locator('[name="clauses"]').isVisible()) {
      await person.page.getByText('Clauses that it refers to').first().click()
    }
    await save(person, { clauses: ['5.2.1'] })
    await person.open(`/question-sets/${reference}/draft/clauses`)
    await person.follow('Remove clause 5.2.1')
    await person.open(`/question-sets/${reference}/draft/publish`)
    await person.follow('Publish', picture('dangling'))
    await person.sees('Question 1 refers to clause 5.2.1, which is not there')
    await person.follow('Question 1 refers to clause 5.2.1')
    await person.page.locator('[name="clauses"]').uncheck()
    await person.follow('Save')
    await person.open(`/question-sets/${reference}/draft/publish`,
      picture('publish'))
    await person.follow('Publish', picture('version'))
    await person.sees('Then asks: Why not?')
    await person.sees('Asked only when question 1 is answered “Yes”')
    const version = await documentOf(person)

    assert.equal(version.name, name)
    assert.deepEqual(version.sections[0].questions.map(({ kind }) => kind),
      ['yes_no', 'one_of', 'table'])
    assert.deepEqual(version.sections[0].questions[2].columns.map(
      ({ text }) => text), ['Rating', 'Town'])

    // A correction is a new version, which says what it changed.
    await person.follow('Edit as a new version')
    await person.follow('What you offer')
    await person.follow(/^2 How likely/)
    await save(person, { options: 'Very likely\nUnlikely\nPerhaps' })
    await person.open(`/question-sets/${reference}/draft/publish`,
      picture('changes'))
    await person.sees('Question 2 has the answer “Very likely”, it was “Likely”')
    await person.follow('Publish')
    await person.sees('Question 2 has a new answer: “Perhaps”')
    const newer = await documentOf(person)

    assert.deepEqual(newer.sections[0].questions[1].options.map(({ id }) => id),
      ['likely', 'unlikely', 'perhaps'])
    await person.open(`/question-sets/${reference}/versions/1`)
    assert.deepEqual(await documentOf(person), version)
    assert.equal(await sqlValue(`SELECT count(*) FROM question_set_version v
      JOIN question_set s USING (council_id)
      WHERE s.id = v.question_set_id AND s.reference = ${quote(reference)}
        AND v.published_at IS NOT NULL`), '2')

    // A file is taken, or its faults are told; a copy is a set of its own.
    await upload(person, 'wrong.json', Buffer.from(
      '{"code": "x", "name": "X", "sections": [{"id": "A B"}]}'))
    await person.follow('Import', picture('import-wrong'))
    await person.sees('sections[0].id: must be small letters')
    await upload(person, 'every-kind.json', EVERY_KIND)
    await person.follow('Import', picture('imported'))
    await person.follow('Read it as a whole', picture('every-kind'))
    assert.deepEqual((await documentOf(person)).code, 'every-kind')
    await person.follow('Copy as a new set', picture('copy'))
    await save(person, { name: `Copy of ${name}` }, 'Copy')
    await person.follow('Throw the draft away', picture('discard'))
    await person.follow('Throw it away')
    await person.follow('Every kind of question')
    await person.follow('Go on with the draft')
    await person.follow('Throw the draft away')
    await person.follow('Throw it away')
    await person.leave()
  })
}

test('two who edit a draft do not overwrite each other', async () => {
  const first = await visitor('commissioner', { email: people.commissioner })
  const second = await visitor('administrator', { email: people.administrator })

  await first.open('/question-sets/new')
  await save(first, { name: 'Two at once' }, 'Begin the draft')
  const draft = first.path()

  await first.open(`${draft}/details`)
  await second.open(`${draft}/details`)
  await save(first, { introduction: 'Mine' })
  await second.fill({ introduction: 'Theirs' })
  await second.follow('Save', 'questions-conflict')
  await second.sees('saved this first')
  await second.follow('Use mine')
  await second.sees('Written')
  await first.leave()
  await second.leave()
})
