// Four providers accept the same package through HTTP at the same instant:
// exactly one is chosen, the others are told so kindly.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import {
  attempt, hidden, run, session, sqlValue, trials
} from '../support/product.mjs'

const PACKAGES = trials(1000)
const RACERS = 4
const AT_ONCE = 2

const digits = (number) => String(number).padStart(7, '0')

function start () {
  const at = new Date(Date.now() + 24 * 3600 * 1000)
  const part = (options) => new Intl.DateTimeFormat('en-GB',
    { timeZone: 'Europe/London', ...options }).format(at)

  return {
    'start_at-day': part({ day: 'numeric' }),
    'start_at-month': part({ month: 'numeric' }),
    'start_at-year': part({ year: 'numeric' }),
    'start_at-time': part({ hour: '2-digit', minute: '2-digit' })
  }
}

async function racer (number) {
  const cookie = await session(`runner${number}@race.example`)
  const { csrf } = await hidden(`/offers/OR${number}${digits(1)}/accept`,
    cookie)

  return (index) => attempt(`/offers/OR${number}${digits(index)}/accept`, {
    cookie,
    form: {
      csrf,
      once: randomBytes(16).toString('hex'),
      ...start(),
      note: ''
    }
  })
}

test(`${PACKAGES} packages, ${RACERS} accepts at once for each`, async () => {
  await run('psql', ['-X', '-q', '-U', 'postgres', '-v',
    `packages=${PACKAGES}`, '-v', 'document=' + readFileSync(
      'conf/policies/test-best-three.json', 'utf8'), '-f',
    'tests/faults/accepts.sql'])
  const racers = await Promise.all(
    Array.from({ length: RACERS }, (_, index) => racer(index + 1)))
  const counts = new Map()
  let next = 1

  async function races () {
    while (next <= PACKAGES) {
      const index = next++
      const replies = await Promise.all(racers.map((accept) => accept(index)))
      const won = replies.filter((reply) => reply.status === 303)

      for (const { status } of replies) {
        counts.set(status, (counts.get(status) ?? 0) + 1)
      }
      assert.equal(won.length, 1, `package ${index}: ${replies.map(
        (reply) => reply.status)}`)
      for (const reply of replies.filter((one) => one.status === 410)) {
        assert.match(reply.text, /went to another provider/)
      }
    }
  }

  await Promise.all(Array.from({ length: AT_ONCE }, races))
  assert.deepEqual([...counts.keys()].sort(), [303, 410])
  assert.equal(await sqlValue(`SELECT count(*) || ' ' || count(DISTINCT
    p.package_id) FROM placement p JOIN council c ON c.id = p.council_id
    WHERE c.code = 'race'`), `${PACKAGES} ${PACKAGES}`)
})
