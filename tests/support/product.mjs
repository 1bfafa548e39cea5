// The running product as tests see it: its addresses, its database, plain
// HTTP without a browser, and sessions made without a password. Started by
// tests/run/product.sh, whose comment names the environment.
import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import http from 'node:http'

export const url = process.env.PRODUCT_URL
export const PASSWORD = 'hearth demonstration'

export const people = Object.freeze({
  broker: 'broker@hertfordshire.example',
  secondBroker: 'second.broker@hertfordshire.example',
  commissioner: 'commissioner@hertfordshire.example',
  administrator: 'admin@hertfordshire.example',
  auditor: 'auditor@hertfordshire.example',
  cambridgeshireBroker: 'broker@cambridgeshire.example'
})

if (!url) {
  throw new Error('PRODUCT_URL is missing: run this by tests/run/product.sh')
}

/** Counts of fault tests: make soak takes all of them, make test a tenth. */
export function trials (count) {
  const divisor = Number(process.env.FAULT_DIVISOR || 10)

  return Math.max(1, Math.ceil(count / divisor))
}

export const pause = (milliseconds) =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Runs a command to its end and gives what it printed. */
export function run (command, args, { input = '', env = {} } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { env: { ...process.env, ...env } })
    let out = ''
    let error = ''

    child.stdout.on('data', (part) => { out += part })
    child.stderr.on('data', (part) => { error += part })
    child.on('error', reject)
    child.on('close', (code) => code === 0
      ? resolve(out)
      : reject(new Error(`${command} ended with ${code}: ${error}`)))
    child.stdin.on('error', () => {})
    child.stdin.end(input)
  })
}

/** Rows of one or more statements, each an array of text. As the superuser. */
export async function sql (text, user = 'postgres') {
  const out = await run('psql', ['-X', '-q', '-A', '-t', '-F', '\t',
    '-v', 'ON_ERROR_STOP=1', '-U', user, '-f', '-'], { input: text })

  return out.split('\n').filter(Boolean).map((line) => line.split('\t'))
}

/** The first column of the first row. */
export async function sqlValue (text, user) {
  return (await sql(text, user))[0]?.[0]
}

export const quote = (text) => `'${String(text).replaceAll("'", "''")}'`

/** Moves the database's clock_now() for this scratch database only. */
export const clockMove = (interval) =>
  sql(`UPDATE test_clock SET moved_by = ${quote(interval)}`)

/**
 * A session of that account, as after signing in: its Cookie header. For
 * tests of other things than signing in, which takes time and is throttled.
 */
export async function session (email) {
  const token = randomBytes(32).toString('hex')
  const hash = createHash('sha256').update(token).digest('hex')
  const made = await sqlValue(`SELECT session_create(a.id, '\\x${hash}')
    FROM account a WHERE a.email = ${quote(email)}`)

  if (made !== 't') {
    throw new Error(`no session for ${email}`)
  }
  return `session=${token}`
}

const fields = (form) => new URLSearchParams(form).toString()

/**
 * One request on a connection of its own (or on `agent`): its status, headers,
 * text and milliseconds. `form` makes it a POST. Rejects when no answer comes.
 */
export function request (path, { cookie, form, agent, timeout = 15000 } = {}) {
  const body = form === undefined ? undefined : fields(form)
  const headers = {}

  if (cookie) {
    headers.cookie = cookie
  }
  if (body !== undefined) {
    headers.origin = url
    headers['content-type'] = 'application/x-www-form-urlencoded'
    headers['content-length'] = Buffer.byteLength(body)
  }
  return new Promise((resolve, reject) => {
    const start = performance.now()
    const sent = http.request(url + path, {
      method: body === undefined ? 'GET' : 'POST',
      headers,
      agent: agent || false,
      timeout
    }, (response) => {
      let text = ''

      response.setEncoding('utf8')
      response.on('data', (part) => { text += part })
      response.on('error', reject)
      response.on('end', () => resolve({
        status: response.statusCode,
        headers: response.headers,
        text,
        milliseconds: performance.now() - start
      }))
    })

    sent.on('timeout', () => sent.destroy(new Error('no answer in time')))
    sent.on('error', reject)
    sent.end(body)
  })
}

/** As request, with status 0 when no answer comes. */
export async function attempt (path, options) {
  const start = performance.now()

  try {
    return await request(path, options)
  } catch (error) {
    return {
      status: 0,
      headers: {},
      text: error.message,
      milliseconds: performance.now() - start
    }
  }
}

/** The hidden fields that every form of that page carries. */
export async function hidden (path, cookie) {
  const page = await request(path, { cookie })
  const csrf = page.text.match(/name="csrf" value="([^"]*)"/)

  if (page.status !== 200 || !csrf) {
    throw new Error(`no form on ${path}: ${page.status}`)
  }
  return { csrf: csrf[1], once: randomBytes(16).toString('hex') }
}

/** Waits until `check` gives something true; the milliseconds it took. */
export async function until (check, milliseconds, what) {
  const start = performance.now()

  for (;;) {
    if (await check()) {
      return performance.now() - start
    }
    if (performance.now() - start > milliseconds) {
      throw new Error(`${what} did not happen in ${milliseconds} ms`)
    }
    await pause(50)
  }
}

/** Ids of the processes whose parent is `id`. */
export async function children (id) {
  const text = readFileSync(`/proc/${id}/task/${id}/children`, 'utf8')

  return text.split(' ').filter(Boolean).map(Number)
}

/** Kore's workers, without the processes of its own. */
export async function workers () {
  const found = []

  for (const id of await children(process.env.PRODUCT_KORE)) {
    const title = readFileSync(`/proc/${id}/cmdline`, 'utf8')

    if (/\[wrk \d+\]/.test(title)) {
      found.push(id)
    }
  }
  return found
}

/** The value below which `share` (0 to 1) of the numbers lie. */
export function percentile (numbers, share) {
  const sorted = [...numbers].sort((a, b) => a - b)
  const index = Math.min(sorted.length - 1, Math.floor(sorted.length * share))

  return sorted[index]
}
