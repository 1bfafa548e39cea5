// Files sent in parts: with progress, one after another, and on from where the
// connection broke. Without this file the browser sends all that was picked at
// once, up to what a form may hold.
const WAITS_MS = [500, 1000, 2000, 5000, 10000]
const TIMEOUT_MS = 30000
const HEX = 16

const form = document.getElementById('upload')
const input = document.getElementById('files')
const lines = document.getElementById('upload-lines')
const told = document.getElementById('upload-status')
const csrf = form.elements.csrf.value
const waiting = []
let isSending = false
let added = 0
let refused = 0

// What is wrong with this file, and no other try mends.
class Refusal extends Error {}

// The same, and the list of the page says so too.
class Listed extends Refusal {}

// The connection, or the service, is away for now.
class Away extends Error {}

// --- Requests ---------------------------------------------------------------

async function post (path, body) {
  let reply

  try {
    reply = await fetch(path, {
      method: 'POST',
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(TIMEOUT_MS)
    })
  } catch {
    throw new Away()
  }
  if (reply.type === 'opaqueredirect' || reply.status === 403) {
    throw new Refusal('You are signed out. Sign in again and choose the file ' +
      'again: what was sent is kept')
  }
  if (reply.status === 404 || reply.status === 410) {
    throw new Refusal('This file was removed meanwhile. Choose it again')
  }
  if (reply.status === 422) {
    throw new Refusal((await reply.json()).fault)
  }
  if (!reply.ok) {
    throw new Away()
  }
  try {
    return await reply.json()
  } catch {
    throw new Away()
  }
}

const fields = (values) => new URLSearchParams({ csrf, ...values })

// --- One file ---------------------------------------------------------------

async function bytesOf (file, start, end) {
  try {
    return await file.slice(start, end).arrayBuffer()
  } catch {
    throw new Refusal('The file cannot be read. Choose it again')
  }
}

// Without a secure context there is no hash, and every part is sent again.
async function hashOf (bytes) {
  if (!globalThis.crypto?.subtle) {
    return null
  }
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))

  return [...hash].map(byte => byte.toString(HEX).padStart(2, '0')).join('')
}

// From where it stands to its end. What is there of another file of the same
// name and size does not have our hashes, and is written over.
async function sendOnce (file, line) {
  const begun = await post(form.dataset.begin,
    fields({ name: file.name, size: file.size }))
  const path = `${form.dataset.uploads}/${begun.upload}`
  const size = begun.part_size

  for (let number = 0; number * size < file.size; number++) {
    const start = number * size
    const bytes = await bytesOf(file, start, start + size)
    const had = begun.parts[number]

    if (!had || had !== await hashOf(bytes)) {
      const body = new FormData()

      body.append('csrf', csrf)
      body.append('part', new Blob([bytes]), 'part')
      await post(`${path}/parts/${number}`, body)
    }
    line.progress(Math.min(start + size, file.size))
  }
  return post(`${path}/end`, fields({}))
}

const pause = (ms) => new Promise(resolve => setTimeout(resolve, ms))

async function send (file, line) {
  for (let attempt = 0; ; attempt++) {
    try {
      const end = await sendOnce(file, line)

      if (end.state === 'refused') {
        throw new Listed(end.reason)
      }
      if (end.state !== 'receiving') {
        return
      }
    } catch (error) {
      if (!(error instanceof Away)) {
        throw error
      }
    }
    line.tell('The connection was lost. It goes on by itself when it is back.')
    await pause(WAITS_MS[Math.min(attempt, WAITS_MS.length - 1)])
  }
}

// --- What is shown ----------------------------------------------------------

function element (name, classes, text) {
  const made = document.createElement(name)

  made.className = classes
  made.textContent = text
  return made
}

function lineOf (file) {
  const item = document.createElement('li')
  const id = `upload-${lines.children.length}-${Date.now()}`
  const name = element('label', 'govuk-body hearth-uploads__name', file.name)
  const bar = element('progress', 'hearth-uploads__bar', '')
  const text = element('span', 'govuk-hint', 'Waits for its turn')

  name.htmlFor = id
  bar.id = id
  bar.max = Math.max(file.size, 1)
  bar.value = 0
  item.append(name, bar, text)
  lines.append(item)
  return {
    progress (bytes) {
      bar.value = bytes
      text.textContent = `${Math.floor(bytes * 100 / bar.max)}% sent`
    },
    tell (words) {
      text.textContent = words
    },
    fail (words) {
      bar.remove()
      text.className = 'govuk-error-message'
      text.textContent = `Not taken: ${words}`
    },
    end () {
      item.remove()
    }
  }
}

// The list as the server now has it.
async function listRenew () {
  try {
    const reply = await fetch(form.getAttribute('action'),
      { redirect: 'manual' })
    const page = new DOMParser().parseFromString(await reply.text(),
      'text/html')

    document.getElementById('uploads').replaceWith(
      page.getElementById('uploads'))
  } catch {
    // The next file, or the next look at the page, shows it.
  }
}

async function sendAll () {
  if (isSending) {
    return
  }
  isSending = true
  added = 0
  refused = 0
  while (waiting.length > 0) {
    const { file, line } = waiting.shift()

    try {
      line.progress(0)
      await send(file, line)
      added++
      await listRenew()
      line.end()
    } catch (error) {
      // The next one is sent all the same.
      refused++
      line.fail(error instanceof Refusal
        ? error.message
        : 'Something went wrong. Choose it again')
      if (error instanceof Listed) {
        await listRenew()
        line.end()
      }
    }
  }
  isSending = false
  told.textContent = (added === 1 ? '1 file added' : `${added} files added`) +
    (refused > 0 ? `, ${refused} not taken` : '')
}

function take () {
  for (const file of input.files) {
    waiting.push({ file, line: lineOf(file) })
  }
  input.value = ''
  told.textContent = ''
  sendAll()
}

// --- Events -----------------------------------------------------------------

form.querySelector('[data-plain]').remove()
form.querySelector('button').remove()
input.addEventListener('change', take)
form.addEventListener('submit', event => event.preventDefault())
window.addEventListener('beforeunload', event => {
  if (isSending) {
    event.preventDefault()
  }
})
