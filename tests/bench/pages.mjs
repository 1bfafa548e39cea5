// The provider's offers page and the broker's board at 64 connections, held
// against pgbench running the same statements and against a static file; the
// offers page during 50 concurrent sign-ins; and what a worker's memory is
// before and after. Rounds alternate, so that other work on the machine
// falls on both sides of a ratio.
import { randomBytes } from 'node:crypto'
import http from 'node:http'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  hidden, pause, people, percentile, request, run, session, url, workers
} from '../support/product.mjs'
import { pgbenchScript, statementsOf } from '../support/statements.mjs'

const CONNECTIONS = 64
const SECONDS = Number(process.env.BENCH_SECONDS || 5)
const ROUNDS = Number(process.env.BENCH_ROUNDS || 3)
const SIGN_INS = 50
const TARGET_P99 = 50
const TARGET_REST = 32

const print = (...cells) => console.log(cells.join('\t'))
const round = (number, digits = 1) => number.toFixed(digits)
const median = (numbers) => percentile(numbers, 0.5)

const units = { us: 0.001, ms: 1, s: 1000, m: 60000 }

function milliseconds (text) {
  const [, number, unit] = text.match(/([\d.]+)(us|ms|s|m)/)

  return Number(number) * units[unit]
}

/** Requests a second, and 50 and 99 percent of the times, by wrk. */
async function wrk (path, cookie) {
  const out = await run('wrk', ['-t2', `-c${CONNECTIONS}`, `-d${SECONDS}s`,
    '--latency', ...cookie ? ['-H', `Cookie: ${cookie}`] : [], url + path])

  // A slow machine may run into wrk's own limit of two seconds.
  if (/Non-2xx|Socket errors: (?!connect 0, read 0, write 0)/.test(out)) {
    throw new Error(`${path}: ${out}`)
  }
  return {
    rate: Number(out.match(/Requests\/sec:\s+([\d.]+)/)[1]),
    p50: milliseconds(out.match(/^ +50%\s+(\S+)/m)[1]),
    p99: milliseconds(out.match(/^ +99%\s+(\S+)/m)[1])
  }
}

async function pgbench (args, clients) {
  const out = await run('pgbench', ['-n', '-M', 'prepared', '-U', 'hearth_web',
    '-c', clients, '-j', '2', '-T', SECONDS, ...args])

  if (/aborted/.test(out)) {
    throw new Error(out)
  }
  return Number(out.match(/tps = ([\d.]+) \(without/)[1])
}

/** The largest private dirty memory of the workers, in MiB. */
async function memory () {
  const sizes = (await workers()).map((id) => Number(
    readFileSync(`/proc/${id}/smaps_rollup`, 'utf8')
      .match(/Private_Dirty:\s+(\d+)/)[1]) / 1024)

  return Math.max(...sizes)
}

async function measurePage (name, path, email) {
  const cookie = await session(email)
  const page = await request(path, { cookie })

  if (page.status !== 200) {
    throw new Error(`${path}: ${page.status}`)
  }
  const asset = page.text.match(/\/assets\/hearth-\w+\.css/)[0]
  const statements = await statementsOf(path, cookie)
  const file = join(process.env.BUILD || 'build', 'bench', `${name}.sql`)
  const args = pgbenchScript(statements, file)
  const clients = (await workers()).length
  const pages = []
  const bare = []
  const files = []

  await wrk(path, cookie)
  for (let i = 0; i < ROUNDS; i++) {
    pages.push(await wrk(path, cookie))
    bare.push(await pgbench(args, clients))
    files.push((await wrk(asset)).rate)
  }
  const rate = median(pages.map((one) => one.rate))
  const ratio = median(pages.map((one, i) => one.rate / bare[i]))
  const p99 = median(pages.map((one) => one.p99))

  print(`${name}: statements`, statements.length, 'a page')
  print(`${name}: size`, page.text.length, 'bytes')
  print(`${name}: pages`, round(rate), 'a second', 'pgbench, same statements',
    round(median(bare)), round(ratio, 2))
  print(`${name}: pages`, round(rate), 'a second', 'static file',
    round(median(files)), round(rate / median(files), 2))
  print(`${name}: p50`, round(median(pages.map((one) => one.p50))), 'ms')
  print(`${name}: p99`, round(p99), 'ms', 'target', TARGET_P99,
    round(p99 / TARGET_P99, 2))
  return cookie
}

/** One sign-in of nobody, from an address of its own, as of 50 people. */
function signIn (form, cookie) {
  const [high, low] = randomBytes(2)
  const body = new URLSearchParams({
    ...form,
    email: `${randomBytes(6).toString('hex')}@example.org`,
    password: 'not the password'
  }).toString()

  return new Promise((resolve) => {
    const sent = http.request(`${url}/sign-in`, {
      method: 'POST',
      agent: false,
      localAddress: `127.1.${high}.${low || 1}`,
      headers: {
        cookie,
        origin: url,
        'content-type': 'application/x-www-form-urlencoded',
        'content-length': Buffer.byteLength(body)
      }
    }, (response) => {
      response.resume()
      response.on('end', () => resolve(response.statusCode))
    })

    sent.on('error', () => resolve(0))
    sent.end(body)
  })
}

async function measureSignIns (path, cookie) {
  const first = await request('/sign-in')
  const visitor = first.headers['set-cookie'].map((line) =>
    line.split(';', 1)[0]).join('; ')
  const form = await hidden('/sign-in', visitor)
  const without = []
  const during = []
  const counts = {}

  for (let i = 0; i < ROUNDS; i++) {
    let isOver = false

    without.push(await wrk(path, cookie))
    const loops = Array.from({ length: SIGN_INS }, async () => {
      while (!isOver) {
        const status = await signIn(form, visitor)

        counts[status] = (counts[status] || 0) + 1
        await pause(status === 503 ? 1000 : 0)
      }
    })

    during.push(await wrk(path, cookie))
    isOver = true
    await Promise.all(loops)
  }
  const p99 = median(during.map((one) => one.p99))
  const alone = median(without.map((one) => one.p99))

  console.error('sign-ins by status:', JSON.stringify(counts))
  print(`offers page during ${SIGN_INS} sign-ins: p99`, round(p99), 'ms',
    'without sign-ins', round(alone), round(p99 / alone, 2))
  print(`sign-ins meanwhile, of ${SIGN_INS} at once`,
    round((counts[422] || 0) / ROUNDS / SECONDS), 'a second')
}

// Seven offers to reply to and a full page of twenty in the history.
const PROVIDER = 'owner@harlequin-larkspur.example'

// At rest: each worker has connected, prepared and answered once.
await wrk('/ready')
await pause(500)
const rest = await memory()
const cookie = await measurePage('offers page', '/offers', PROVIDER)

await measurePage('board', '/packages', people.broker)
await measureSignIns('/offers', cookie)
await pause(1000)
const after = await memory()

print('worker at rest: private dirty', round(rest), 'MiB', 'target',
  TARGET_REST, round(rest / TARGET_REST, 2))
print('worker after the run: private dirty', round(after), 'MiB', 'at rest',
  round(rest), round(after / rest, 2))
