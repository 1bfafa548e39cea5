// The jobs process and mail servers that misbehave: nothing that was committed
// is lost, and what is sent twice says so by its Message-ID.
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { SMTPServer } from 'smtp-server'
import {
  clockMove, pause, quote, run, sql, sqlValue, trials, until
} from '../support/product.mjs'

const HEARTH = `${process.env.BUILD || 'build'}/hearth`
const KILLS = trials(300)
const AHEAD = 100
const started = new Set()
const sinks = new Set()

/**
 * A mail server that keeps what it acknowledged, as [Message-ID, recipient].
 * `behaviour(mail)` gives undefined to take it, an SMTP code to refuse it, or
 * 'drop' to close the connection without an answer.
 */
async function sinkStart (behaviour = () => undefined) {
  const taken = []
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo ({ address }, session, callback) {
      const code = behaviour(address, 'recipient')

      callback(code ? refusal(code) : null)
    },
    onData (stream, session, callback) {
      const to = session.envelope.rcptTo[0].address
      let text = ''

      stream.setEncoding('utf8')
      stream.on('data', (part) => { text += part })
      stream.on('end', () => {
        const answer = behaviour(to, 'data')
        const id = text.match(/^Message-ID: (<.*>)\r$/m)[1]

        if (answer === 'drop') {
          for (const connection of server.connections) {
            connection._socket.destroy()
          }
          return
        }
        if (!answer) {
          taken.push([id, to])
        }
        callback(answer ? refusal(answer) : null)
      })
    }
  })

  server.on('error', () => {})
  sinks.add(server)
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    taken,
    url: `smtp://127.0.0.1:${server.server.address().port}`,
    close: () => new Promise((resolve) => server.close(resolve))
  }
}

function refusal (code) {
  return Object.assign(new Error('not now'), { responseCode: code })
}

/** A jobs process of the test's own; `ended` resolves to [code, signal]. */
function jobsStart (env) {
  const child = spawn(HEARTH, ['jobs'], {
    env: { ...process.env, PGUSER: 'hearth_jobs', ...env },
    stdio: ['ignore', 'ignore', 'pipe']
  })
  const jobs = { child, log: '' }

  started.add(child)
  child.on('close', () => started.delete(child))
  child.stderr.setEncoding('utf8')
  child.stderr.on('data', (part) => { jobs.log += part })
  jobs.ended = new Promise((resolve) =>
    child.on('close', (code, signal) => resolve([code, signal])))
  return jobs
}

async function jobsEnd (jobs) {
  const start = performance.now()

  jobs.child.kill('SIGTERM')
  assert.deepEqual(await jobs.ended, [0, null], jobs.log)
  assert.ok(performance.now() - start < 5000, 'SIGTERM ends it soon')
}

const add = (kind, first, count) => sql(`INSERT INTO outbox (kind, to_email,
    subject, body)
  SELECT ${quote(kind)}, ${quote(kind)} || n || '@example.org', 'Test ' || n,
      'A mail of a test.'
    FROM generate_series(${first}, ${first + count - 1}) AS n`)

const unsent = (kind) => sqlValue(`SELECT count(*) FROM outbox
  WHERE kind = ${quote(kind)} AND sent_at IS NULL`)

before(async () => {
  // The product's own jobs process would take the mail to its files.
  const id = Number(process.env.PRODUCT_JOBS)

  process.kill(id, 'SIGTERM')
  await until(async () => (await sqlValue(`SELECT count(*)
    FROM pg_stat_activity WHERE usename = 'hearth_jobs'`)) === '0', 10000,
  'the end of the product\'s jobs process')
  await sql('UPDATE outbox SET failed_at = clock_now() WHERE sent_at IS NULL')
})

// What a failed test left running would keep the runner from ending.
after(async () => {
  for (const child of started) {
    child.kill('SIGKILL')
  }
  for (const server of sinks) {
    server.close()
    for (const connection of server.connections) {
      connection._socket.destroy()
    }
  }
  await clockMove('0')
})

// Not the reminders that fall due while the clock is moved.
const isOfKills = ([, to]) => /^(kill\d+|never)@example\.org$/.test(to)

/** Commits mail, and rolls some back, so that the killed have some to send. */
function writeStart (sink) {
  const state = { isOver: false, written: 0 }

  state.ended = (async () => {
    while (!state.isOver) {
      if (state.written - sink.taken.filter(isOfKills).length > AHEAD) {
        await pause(20)
        continue
      }
      await add('kill', state.written, 20)
      state.written += 20
      await sql(`BEGIN; INSERT INTO outbox (kind, to_email, subject, body)
        VALUES ('kill', 'never@example.org', 'Never', 'x'); ROLLBACK`)
    }
  })()
  return state
}

test(`${KILLS} kills while sending lose no mail`, async (t) => {
  const sink = await sinkStart()
  const writing = writeStart(sink)
  let sends = 0

  try {
    for (let kill = 0; kill < KILLS; kill++) {
      const jobs = jobsStart({ SMTP_URL: sink.url })
      const before = sink.taken.length

      await until(() => sink.taken.length > before, 30000, 'a first mail')
      await pause(Math.random() * 60)
      jobs.child.kill('SIGKILL')
      await jobs.ended
      sends += sink.taken.length - before
      // What the killed one had taken may be taken again at once.
      await clockMove(`${(kill + 1) * 2} minutes`)
    }
  } finally {
    writing.isOver = true
    await writing.ended
  }
  await clockMove(`${KILLS * 3} minutes`)

  const last = jobsStart({ SMTP_URL: sink.url })

  await until(async () => await unsent('kill') === '0', 60000, 'the last mail')
  await jobsEnd(last)
  await sink.close()

  const committed = await sql(`SELECT '<' || message_id || '@localhost>',
    to_email FROM outbox WHERE kind = 'kill'`)
  const taken = sink.taken.filter(isOfKills)
  const delivered = new Map(taken)
  const lost = committed.filter(([id, to]) => delivered.get(id) !== to)
  const duplicates = taken.length - delivered.size

  assert.equal(committed.length, writing.written)
  assert.deepEqual(lost, [], 'committed and not delivered')
  assert.equal(delivered.size, committed.length, 'delivered, not committed')
  assert.ok(duplicates <= KILLS, `${duplicates} duplicates of ${KILLS} kills`)
  t.diagnostic(`${committed.length} mails, ${sends} sent by the killed, ` +
    `${duplicates} duplicates`)
})

test('a server that drops, defers or refuses', async () => {
  const tries = new Map()
  const sink = await sinkStart((to, step) => {
    const key = `${to} ${step}`

    tries.set(key, (tries.get(key) || 0) + 1)
    if (to === 'bad0@example.org' && step === 'recipient') {
      return 550
    }
    if (to === 'bad1@example.org' && step === 'data') {
      return 554
    }
    if (to === 'bad2@example.org' && step === 'recipient' &&
        tries.get(key) < 3) {
      return 450
    }
    if (to === 'bad3@example.org' && step === 'data' && tries.get(key) < 3) {
      return 'drop'
    }
    if (to === 'bad4@example.org' && step === 'data' && tries.get(key) < 2) {
      return 451
    }
    return undefined
  })

  await clockMove('0')
  await add('bad', 0, 6)
  const jobs = jobsStart({ SMTP_URL: sink.url })
  const states = () => sql(`SELECT to_email, sent_at IS NOT NULL,
      failed_at IS NOT NULL, attempts, last_error
    FROM outbox WHERE kind = 'bad' ORDER BY id`)

  await until(async () => (await states()).every((row) => row[3] > 0), 15000,
    'a first attempt of each')
  await pause(500)
  assert.deepEqual(await states(), [
    ['bad0@example.org', 'f', 't', '1', 'the mail server answered 550'],
    ['bad1@example.org', 'f', 't', '1', 'the mail server answered 554'],
    ['bad2@example.org', 'f', 'f', '1', 'the mail server answered 450'],
    ['bad3@example.org', 'f', 'f', '1', (await states())[3][4]],
    ['bad4@example.org', 'f', 'f', '1', 'the mail server answered 451'],
    ['bad5@example.org', 't', 'f', '1', '']
  ])
  assert.match((await states())[3][4], /./)

  // 30 seconds, then a minute.
  await clockMove('35 seconds')
  await until(async () => (await states())[4][1] === 't', 10000, 'a second try')
  await until(async () => (await states())[3][3] === '2', 10000, 'its second')
  await clockMove('70 seconds')
  await pause(1500)
  assert.equal((await states())[3][3], '2', 'it waits for longer each time')
  await clockMove('2 minutes')
  await until(async () => (await states()).slice(2).every((row) =>
    row[1] === 't'), 10000, 'a third try')
  await jobsEnd(jobs)
  await sink.close()
  assert.equal(await sqlValue(`SELECT count(*) FROM outbox
    WHERE kind = 'bad' AND body <> ''`), '0', 'no body is kept')
  assert.doesNotMatch(jobs.log, /example\.org|A mail of a test/)
})

test('a server that says nothing does not hold up the end', async () => {
  const hanging = spawn('node', ['-e', `require('net').createServer(() => {})
    .listen(0, '127.0.0.1', function () { console.log(this.address().port) })`])
  const port = await new Promise((resolve) =>
    hanging.stdout.once('data', (text) => resolve(Number(text))))

  await clockMove('0')
  await add('hang', 0, 1)
  const jobs = jobsStart({ SMTP_URL: `smtp://127.0.0.1:${port}` })

  await until(async () => (await sqlValue(`SELECT attempts FROM outbox
    WHERE kind = 'hang'`)) === '1', 10000, 'an attempt')
  await pause(500)
  await jobsEnd(jobs)
  hanging.kill()
  assert.equal(await unsent('hang'), '1')
  await sql("UPDATE outbox SET failed_at = clock_now() WHERE kind = 'hang'")
})

test('the database may be away, at first and later', async () => {
  const folder = mkdtempSync('/tmp/hearth-mail-')
  const jobs = jobsStart({ PGHOST: `${folder}/socket` })

  await until(() => /database=away/.test(jobs.log), 5000, 'waiting')
  await pause(1000)
  await add('away', 0, 3)
  symlinkSync(process.env.PGHOST, `${folder}/socket`)
  await until(async () => await unsent('away') === '0', 15000, 'sending')
  await sql(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE usename = 'hearth_jobs'`)
  await add('away', 3, 3)
  await until(async () => await unsent('away') === '0', 15000, 'sending again')
  await jobsEnd(jobs)
  rmSync(folder, { recursive: true })
  assert.equal(jobs.log.match(/database=away/g).length, 1, jobs.log)
  assert.equal(jobs.log.match(/database=back/g).length, 1, jobs.log)
})

/** A copy of the demonstration; `at` runs SQL there, moved by an interval. */
async function demonstration (name) {
  const env = { PGDATABASE: name }

  await sql(`CREATE DATABASE ${name} TEMPLATE hearth_demo`)
  await run('psql', ['-X', '-q', '-U', 'postgres', '-f',
    'conf/postgresql/roles.sql'], { env })
  return {
    env,
    at: async (text) => (await run('psql', ['-X', '-q', '-A', '-t', '-U',
      'postgres', '-v', 'ON_ERROR_STOP=1', '-c', text], { env })).trim()
  }
}

const OUTCOMES = `SELECT string_agg(line, E'\n' ORDER BY line) FROM (
  SELECT concat_ws(' ', k.reference, r.number, r.outcome,
      (SELECT g.reference FROM offer o JOIN organisation g
          ON g.id = o.organisation_id
        WHERE o.round_id = r.id AND o.result = 'chosen'),
      (SELECT count(*) FROM placement p WHERE p.package_id = k.id)) AS line
    FROM offer_round r JOIN package k ON k.id = r.package_id
   WHERE r.id <= (SELECT last FROM loaded)) AS lines`
const MARK = `CREATE TABLE loaded AS SELECT max(id) AS last FROM offer_round`
const OPEN = `SELECT count(*) FROM offer_round r WHERE r.settled_at IS NULL
    AND r.id <= (SELECT last FROM loaded) AND NOT EXISTS (SELECT FROM offer o
      WHERE o.round_id = r.id AND o.result = 'proposed')`

test('standing still for hours changes no outcome', async () => {
  const prompt = await demonstration('prompt')
  const late = await demonstration('late')

  for (const { at } of [prompt, late]) {
    await at(MARK)
  }
  const awake = jobsStart(prompt.env)

  for (let hour = 1; hour <= 15; hour++) {
    await prompt.at(`UPDATE test_clock SET moved_by = '${hour} hours'`)
    await pause(1200)
  }
  await until(async () => await prompt.at(OPEN) === '0', 20000, 'settling')
  await jobsEnd(awake)

  await late.at("UPDATE test_clock SET moved_by = '15 hours'")
  const woken = jobsStart(late.env)

  await until(async () => await late.at(OPEN) === '0', 20000, 'settling late')
  await jobsEnd(woken)
  assert.equal(await late.at(OUTCOMES), await prompt.at(OUTCOMES))
  assert.match(await late.at(OUTCOMES), / placed P/)
  assert.doesNotMatch(awake.log + woken.log, /level=error/)
})

test('what is sealed verifies, killed in between or not', async () => {
  const env = { PGUSER: 'postgres' }

  await clockMove('0')
  for (let kill = 0; kill < 5; kill++) {
    await sql(`SELECT vault.audit_write(NULL, NULL, NULL, 'test.seal', 'test',
      n::text, '{}') FROM generate_series(1, 500) AS n`)
    const jobs = jobsStart({})

    await pause(Math.random() * 200)
    jobs.child.kill('SIGKILL')
    await jobs.ended
  }
  const jobs = jobsStart({})

  await until(async () => (await sqlValue(
    'SELECT count(*) FROM vault.audit_unsealed')) === '0', 20000, 'sealing')
  await jobsEnd(jobs)
  await run(HEARTH, ['audit', 'verify'], { env })
  assert.equal(await sqlValue('SELECT count(*) FROM audit_verify()'), '0')
})
