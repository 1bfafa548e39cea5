// Write load with a journal: writers that invite people one after the other
// and note what was acknowledged, to be compared with the database later.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { attempt, hidden, pause, sql } from '../support/product.mjs'

const PATH = '/accounts/invite'
const WRITERS = 8

/**
 * Starts writing with the session of an administrator. Gives `stop`, which
 * ends the load and counts, and `verify`, which fails when an acknowledged
 * invitation is not in the database exactly once with its audit row and mail.
 */
export async function startWriting (cookie) {
  const form = await hidden(PATH, cookie)
  const run = randomBytes(4).toString('hex')
  const acknowledged = []
  const counts = { refused: 0, cut: 0 }
  let isOver = false
  let number = 0

  async function write () {
    while (!isOver) {
      const email = `fault-${run}-${number++}@example.org`
      const reply = await attempt(PATH, {
        cookie,
        form: {
          ...form,
          once: randomBytes(16).toString('hex'),
          name: 'Fault Test',
          email,
          role: 'auditor'
        }
      })

      if (reply.status === 303) {
        acknowledged.push(email)
      } else if (reply.status === 0) {
        counts.cut++
        await pause(20)
      } else {
        assert.equal(reply.status, 503, reply.text)
        counts.refused++
        await pause(20)
      }
    }
  }

  const writers = Array.from({ length: WRITERS }, write)

  return {
    writers: WRITERS,
    count: () => acknowledged.length,
    async stop () {
      isOver = true
      await Promise.all(writers)
      return { acknowledged: acknowledged.length, ...counts }
    },
    async verify () {
      const rows = await sql(`SELECT a.email, count(DISTINCT m.id),
          count(DISTINCT o.id), count(DISTINCT d.id)
        FROM account a
        LEFT JOIN membership m ON m.account_id = a.id
        LEFT JOIN outbox o ON o.to_email = a.email
        LEFT JOIN audit d ON d.object_reference = a.reference
         AND d.act = 'account.invite'
        WHERE a.email LIKE 'fault-${run}-%' GROUP BY a.email`)
      const found = new Map(rows.map(([email, ...counted]) =>
        [email, counted.join(' ')]))
      const lost = acknowledged.filter((email) => !found.has(email))
      const halves = [...found].filter(([, counted]) => counted !== '1 1 1')

      assert.deepEqual(lost, [], 'acknowledged and lost')
      assert.deepEqual(halves, [], 'written in part')
    }
  }
}
