// A database that is killed, and one that is frozen: nothing acknowledged is
// lost, people are told at once, and the site comes back by itself.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { before, test } from 'node:test'
import { startWriting } from './writing.mjs'
import {
  attempt, children, pause, people, request, session, sqlValue, trials, until
} from '../support/product.mjs'

const RECOVERY = 5000
const DATA_PAGE = '/accounts'
const UNAVAILABLE = /<h1[^>]*>[^<]*(unavailable|problem|try again)/i
let administrator
let folder

/** The postmaster's id and those of all its children. */
async function server () {
  const id = Number(readFileSync(`${folder}/postmaster.pid`, 'utf8')
    .split('\n', 1)[0])

  return [id, ...await children(id)]
}

function signal (ids, name) {
  for (const id of ids) {
    try {
      process.kill(id, name)
    } catch (error) {
      assert.equal(error.code, 'ESRCH')
    }
  }
}

/**
 * Stops the postmaster, then those it had started: workers connect again
 * between two looks at its children. Gives the ids of all that were stopped.
 */
async function serverFreeze () {
  const [postmaster] = await server()

  signal([postmaster], 'SIGSTOP')
  const ids = await server()

  signal(ids, 'SIGSTOP')
  return ids
}

function isAlive (id) {
  try {
    process.kill(id, 0)
    return true
  } catch {
    return false
  }
}

function startServer () {
  spawn(process.env.PRODUCT_POSTGRES_START, { stdio: 'ignore', detached: true })
    .unref()
}

const page = (timeout) =>
  attempt(DATA_PAGE, { cookie: administrator, timeout })

const isBack = async () => (await page(1000)).status === 200

before(async () => {
  administrator = await session(people.administrator)
  folder = await sqlValue('SHOW data_directory')
  assert.equal(await sqlValue('SHOW fsync'), 'on')
})

test('a killed database loses nothing that was acknowledged', async (t) => {
  const rounds = trials(30)
  const recoveries = []
  let acknowledged = 0
  let refused = 0

  for (let i = 0; i < rounds; i++) {
    const writing = await startWriting(administrator)

    await until(() => writing.count() >= 20, 10000, 'the load')
    await pause(100 + 37 * (i % 20))
    const ids = await server()

    signal(ids, 'SIGKILL')
    await until(() => !ids.some(isAlive), 10000, 'its end')
    const refusal = await page(5000)

    assert.equal(refusal.status, 503)
    assert.match(refusal.text, UNAVAILABLE)
    startServer()
    // Counted from when the server itself takes connections again.
    await until(() => sqlValue('SELECT 1').then(() => true, () => false),
      60000, 'the server')
    recoveries.push(await until(isBack, RECOVERY, 'a data page'))
    const before = writing.count()

    await until(() => writing.count() > before, RECOVERY, 'a write')
    const counts = await writing.stop()

    acknowledged += counts.acknowledged
    refused += counts.refused
    assert.equal(counts.cut, 0, 'no worker ended')
    await writing.verify()
  }
  assert.ok(isAlive(Number(process.env.PRODUCT_JOBS)), 'the jobs process')
  t.diagnostic(`${rounds} kills, ${acknowledged} acts acknowledged and all ` +
    `there, ${refused} refused; pages back after at most ` +
    `${Math.max(...recoveries).toFixed(0)} ms`)
})

/** Asks /health ten times a second until stopped; gives the times. */
function watchHealth () {
  const times = []
  let isOver = false
  const loop = (async () => {
    while (!isOver) {
      const reply = await request('/health', { timeout: RECOVERY })

      assert.equal(reply.status, 200)
      times.push(reply.milliseconds)
      await pause(100)
    }
  })()

  return async () => {
    isOver = true
    await loop
    return times
  }
}

test('a frozen database gives a page that says so', async (t) => {
  const rounds = trials(30)
  const first = []
  const second = []
  const recoveries = []
  const health = []

  for (let i = 0; i < rounds; i++) {
    const stop = watchHealth()
    let ids = []

    try {
      await until(isBack, RECOVERY, 'the page before')
      ids = await serverFreeze()
      const replies = await Promise.all(Array.from({ length: 1 + i % 12 },
        () => page(10000)))

      for (const reply of replies) {
        assert.equal(reply.status, 503)
        assert.match(reply.text, UNAVAILABLE)
        assert.ok(Number(reply.headers['retry-after']) > 0)
        first.push(reply.milliseconds)
      }
      const reply = await page(10000)

      assert.equal(reply.status, 503)
      assert.match(reply.text, UNAVAILABLE)
      second.push(reply.milliseconds)
      await pause(3000)
      signal(ids, 'SIGCONT')
      recoveries.push(await until(isBack, RECOVERY, 'a data page'))
    } finally {
      signal(ids, 'SIGCONT')
      health.push(...await stop())
    }
  }
  const most = (times) => Math.max(...times)

  t.diagnostic(`${rounds} times frozen: first 503 after at most ` +
    `${most(first).toFixed(0)} ms, the next after at most ` +
    `${most(second).toFixed(0)} ms, /health at most ` +
    `${most(health).toFixed(0)} ms, back after at most ` +
    `${most(recoveries).toFixed(0)} ms`)
  assert.ok(most(first) < 5000, 'the first answer')
  assert.ok(most(second) < 500, 'the second answer')
  assert.ok(most(health) < 5000, '/health')
})
