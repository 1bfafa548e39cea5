// Workers that wait in a slow query, and workers that are killed: neither may
// be felt by people on other pages, and nothing acknowledged may be lost.
import assert from 'node:assert/strict'
import { before, test } from 'node:test'
import { startWriting } from './writing.mjs'
import {
  attempt, pause, people, percentile, request, session, sql, trials, until,
  workers
} from '../support/product.mjs'

const SLOW_SECONDS = 2
const TRIES = 50
let administrator

/** Every page that reads the audit takes two seconds more, once a page. */
async function slowDown () {
  await sql(`
    CREATE FUNCTION test_slow() RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
    BEGIN
      IF current_setting('test.slept', true) IS DISTINCT FROM
          pg_current_xact_id()::text THEN
        PERFORM set_config('test.slept', pg_current_xact_id()::text, true);
        PERFORM pg_sleep(${SLOW_SECONDS});
      END IF;
      RETURN true;
    END $$;
    CREATE POLICY test_slow ON audit AS RESTRICTIVE FOR SELECT TO hearth_web
      USING (test_slow());`)
}

const hurryUp = () => sql(`
  DROP POLICY test_slow ON audit; DROP FUNCTION test_slow();`)

/** Keeps `count` workers in a slow query until the function given is called. */
function keepBusy (count) {
  let isOver = false
  const seen = []
  const loops = Array.from({ length: count }, async () => {
    while (!isOver) {
      seen.push(await attempt('/audit', { cookie: administrator }))
    }
  })

  return async () => {
    isOver = true
    await Promise.all(loops)
    return seen
  }
}

/** Milliseconds of `TRIES` new connections to each of these pages. */
async function measure (paths, cookie) {
  const times = []

  for (let i = 0; i < TRIES; i++) {
    const path = paths[i % paths.length]
    const reply = await request(path, { cookie })

    assert.equal(reply.status, 200, path)
    times.push(reply.milliseconds)
    await pause(20)
  }
  return times
}

before(async () => {
  administrator = await session(people.administrator)
})

test('half of the workers in a slow query hold up nobody else', async (t) => {
  const paths = ['/health', '/accounts', '/privacy', '/ready']
  const before = await measure(paths, administrator)
  const count = (await workers()).length

  assert.ok(count >= 8, `${count} workers`)
  await slowDown()
  const stop = keepBusy(count / 2)
  await pause(300)
  const during = await measure(paths, administrator)
  const slow = await stop()

  await hurryUp()
  assert.ok(slow.every((reply) => reply.status === 200))
  assert.ok(slow.every((reply) => reply.milliseconds >= SLOW_SECONDS * 1000),
    'the slow page was not slow')
  t.diagnostic(`median ${percentile(before, 0.5).toFixed(1)} ms without, ` +
    `${percentile(during, 0.5).toFixed(1)} ms with ${count / 2} of ${count} ` +
    `workers in a query; 90 % ${percentile(before, 0.9).toFixed(1)} and ` +
    `${percentile(during, 0.9).toFixed(1)} ms; ${TRIES} tries each`)
  assert.ok(percentile(during, 0.5) < 300, 'median')
  assert.ok(percentile(during, 0.9) < 1000, 'nine of ten')
})

test('a worker killed under load loses nothing', async (t) => {
  const rounds = trials(30)
  const slowest = []
  const writing = await startWriting(administrator)

  for (let i = 0; i < rounds; i++) {
    await pause(300)
    const all = await workers()
    const victim = all[i % all.length]

    process.kill(victim, 'SIGKILL')
    slowest.push(await until(async () =>
      (await attempt('/ready', { timeout: 1000 })).status === 200, 5000,
    'an answer after the kill'))
    await until(async () => {
      const now = await workers()

      return now.length === all.length && !now.includes(victim)
    }, 5000, 'a new worker')
  }
  await pause(300)
  const { acknowledged, refused, cut } = await writing.stop()

  await writing.verify()
  t.diagnostic(`${rounds} kills, ${acknowledged} acts acknowledged and all ` +
    `there, ${refused} refused, ${cut} cut off; next answer after at most ` +
    `${Math.max(...slowest).toFixed(0)} ms`)
  assert.ok(acknowledged > rounds, 'something was written')
  assert.ok(cut <= rounds * writing.writers, 'only the killed one cuts off')
})

