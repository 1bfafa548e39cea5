// A market test from its draft to its opening: a commissioner and the second
// person who approves, a visitor who reads it, a provider who answers, and the
// close moved forward; at a desk and without JavaScript.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people, quote, sql, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import { instantFields } from './steps.mjs'

before(browserStart)
after(browserStop)

/** Proposes something with a form of its own; the other approves it. */
async function agreed (proposer, approver, path, button, values, picture) {
  await proposer.open(path)
  await proposer.follow(button, picture)
  await proposer.fill(values)
  await proposer.follow('Propose')
  await proposer.sees('Another person has to approve it')
  await approver.open(path)
  await approver.follow('Look at it and decide', picture && `${picture}-decide`)
  await approver.fill({ decision: 'approved' })
  await approver.follow('Decide')
  await approver.sees('Approved.')
}

for (const [how, options, prefix] of [
  ['at a desk', {}, 'market-'],
  ['on a telephone without JavaScript', { size: PHONE, scripts: false },
    'market-telephone-']
]) {
  const picture = (name) => prefix + name

  test(`a market test from the draft to its opening, ${how}`, async () => {
    const commissioner = await visitor('commissioner',
      { email: people.commissioner, ...options })
    const administrator = await visitor('administrator',
      { email: people.administrator, ...options })
    const reader = await visitor('reader', options)
    const title = `Care at weekends, ${how}`
    const questions = await sqlValue(`
      SELECT v.id FROM question_set_version v
        JOIN question_set s ON s.id = v.question_set_id
       WHERE s.code = 'hertfordshire-event-2021' ORDER BY v.number DESC`)

    await commissioner.open('/market-tests', picture('list'))
    await commissioner.follow('Begin a market test', picture('new'))
    await commissioner.follow('Begin')
    assert.match(await commissioner.page.title(), /^Error: /)
    await commissioner.fill({ title })
    await commissioner.follow('Begin', picture('edit'))
    await commissioner.fill({
      summary: 'Who can offer more at weekends, and what it would take.',
      questions,
      audience: 'everybody',
      support: 'Ring 01632 960 930, Monday to Friday.',
      ...await instantFields('opens_at', '1 minute'),
      ...await instantFields('clarify_by', '3 days'),
      ...await instantFields('closes_at', '5 days'),
      'closes_at-time': '3am'
    })
    await commissioner.follow('Save', picture('edit-error'))
    await commissioner.sees('must be after 6 in the morning')
    await commissioner.fill({ 'closes_at-time': '4pm' })
    await commissioner.follow('Save', picture('draft'))
    const path = commissioner.path()

    assert.equal(await reader.open(path), 404)
    await commissioner.follow('See it as a provider does', picture('preview'))
    await commissioner.open(path)
    await commissioner.follow('Who is invited', picture('invitations'))
    await commissioner.fill({
      kind: 'carer',
      name: 'Cora Carer',
      email: `cora.${prefix}@example.org`
    })
    await commissioner.follow('Invite this person', picture('invited'))
    await commissioner.follow('Invite providers', picture('providers'))
    await agreed(commissioner, administrator, path, 'Propose to publish it', {},
      picture('publish'))

    await reader.open('/market-tests', picture('public-list'))
    await reader.follow(title, picture('public'))
    await reader.sees('What do you think about a flat banded rates?')
    await commissioner.open(path, picture('published'))
    await commissioner.sees('The responses are sealed')
    await agreed(commissioner, administrator, path, 'Move the close', {
      ...await instantFields('closes_at', '9 days'),
      'closes_at-time': '4pm',
      reason: 'A week more, as the schools are closed'
    }, picture('close'))
    await reader.open(path)
    await reader.sees('as the schools are closed')

    await commissioner.open(`${path}/open`, picture('sealed'))
    await commissioner.sees('not before')
    await sql(`SET session_replication_role = replica;
      UPDATE market_test SET opens_at = clock_now() - interval '3 days',
          clarify_by = NULL, closes_at = clock_now() - interval '1 second'
       WHERE title = ${quote(title)}`)
    await commissioner.open(path, picture('closed'))
    await commissioner.follow('Open the responses', picture('open'))
    await commissioner.follow('Open the responses', picture('opened'))
    await commissioner.sees('Responses opened')
    await commissioner.follow('Finish the market test', picture('finish'))
    await commissioner.follow('Finish it')
    await commissioner.sees('Finished.')
  })
}
