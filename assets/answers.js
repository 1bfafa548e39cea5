// A section of questions: saves while one types, counts words and characters
// as the server does, and shows what hangs on another answer when it is asked.
// All of it can be done without this file, by "Save and continue".
const SAVE_MS = 30000
const RETRY_MS = 5000
const NEAR = 0.75
const MOST_BYTES = 500000 // of one answer: the server reads no more
const MOST_BODY = 1900000 // of all

const form = document.getElementById('answers')
const told = document.getElementById('answers-status')
const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' })

// --- Counting ---------------------------------------------------------------

// As app/base/form_text.c composes and trims what it reads.
function normal (text) {
  return text.replace(/\r\n?/g, '\n').normalize('NFC')
    .replace(/^[\t\n\v\f\r\u200b\ufeff\p{Zs}]+/u, '')
    .replace(/[\t\n\v\f\r\u200b\ufeff\p{Zs}]+$/u, '')
}

function count (text, unit) {
  const read = normal(text)

  if (unit === 'words') {
    return (read.match(/\P{White_Space}+/gu) || []).length
  }
  return [...segmenter.segment(read)].length
}

function countTell (field) {
  const limit = Number(field.dataset.limit)
  const unit = field.dataset.count
  const used = count(field.value, unit)
  const info = document.getElementById(field.id + '-info')
  const left = limit - used
  const one = Math.abs(left) === 1 ? unit.slice(0, -1) : unit

  // Characters are many: only those who come near are told.
  if (unit === 'characters' && used < limit * NEAR) {
    info.textContent = ''
  } else {
    info.textContent = left < 0
      ? `You have ${(-left).toLocaleString('en-GB')} ${one} too many`
      : `You have ${left.toLocaleString('en-GB')} ${one} left`
  }
  info.classList.toggle('hearth-count--over', left < 0)
}

// --- What is asked ----------------------------------------------------------

function enabled (group, is) {
  for (const field of group.querySelectorAll('input, textarea, select')) {
    field.disabled = !is
  }
}

// The line below an option that is not picked is neither shown nor sent.
function linesShow () {
  for (const line of form.querySelectorAll('[data-below]')) {
    const picked = document.getElementById(line.dataset.below).checked

    line.hidden = !picked
    enabled(line, picked)
  }
}

function answersOf (question) {
  const name = 'q-' + question
  const fields = [...form.elements].filter(field => field.name === name)

  return fields.filter(field => field.type === 'radio' ||
    field.type === 'checkbox' ? field.checked : true).map(field => field.value)
}

// A question whose condition hangs on this page; its answer is sent all the
// same, and kept. On what is asked elsewhere the server has decided.
function questionsShow () {
  for (const part of form.querySelectorAll('[data-asked-question]')) {
    const other = document.getElementById(
      'question-' + part.dataset.askedQuestion)
    const wanted = part.dataset.askedValues.split(' ')

    part.hidden = other !== null && (other.hidden ||
      !answersOf(part.dataset.askedQuestion).some(
        value => wanted.includes(value)))
  }
}

// --- Saving -----------------------------------------------------------------

function snapshot () {
  return new URLSearchParams(new FormData(form)).toString()
}

// What matters of it: the revisions change by saving, the rest by typing.
function typed () {
  const fields = new URLSearchParams(new FormData(form))

  for (const name of [...fields.keys()]) {
    if (name.endsWith('-revision')) {
      fields.delete(name)
    }
  }
  return fields.toString()
}

let kept = typed() // as it was loaded, or saved last
let pending = null // a body that was sent and whose answer is not here
let pendingTyped = null
let saving = null
let timer = null
let isLeaving = false
let isWhole = true // all of what was sent last was good

function tell (text, isBad) {
  told.textContent = text
  told.classList.toggle('hearth-saving--bad', Boolean(isBad))
}

function revisionsTake (revisions) {
  for (const [question, revision] of Object.entries(revisions)) {
    const field = form.elements[`q-${question}-revision`]

    if (field) {
      field.value = revision
    }
  }
}

function savedTell (answer) {
  const faults = Object.values(answer.faults)

  if (answer.conflicts.length > 0) {
    tell('Somebody else has changed an answer on this page. Press “Save and ' +
      'continue” to see both.', true)
  } else if (faults.length > 0) {
    tell(`Saved at ${answer.saved_at}, but for this: ${faults.join('. ')}`,
      true)
  } else {
    tell(`Saved at ${answer.saved_at}`)
  }
}

/** What is too much to be sent, in words; '' when nothing is. */
function tooMuch () {
  const encoder = new TextEncoder()

  for (const field of form.querySelectorAll('textarea, input[type="text"]')) {
    // No character is longer than four bytes.
    if (field.value.length > MOST_BYTES / 4 &&
        encoder.encode(field.value).length > MOST_BYTES) {
      return 'Not saved: an answer is far too long. Shorten it first.'
    }
  }
  return snapshot().length > MOST_BODY
    ? 'Not saved: this is too much text for one page. Shorten it first.'
    : ''
}

async function send () {
  // What was sent before and got no answer may be saved: the same again tells
  // its revisions, so that nobody is in conflict with oneself.
  const body = pending ?? snapshot()
  const state = pending === null ? typed() : pendingTyped

  pending = body
  pendingTyped = state
  const reply = await fetch(form.dataset.autosave, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body,
    redirect: 'manual'
  })

  if (reply.type === 'opaqueredirect' || reply.status === 403) {
    tell('Not saved: you are signed out. Press “Save and continue” to sign ' +
      'in again; what you typed is kept.', true)
    pending = null
    return
  }
  if (!reply.ok) {
    throw new Error(String(reply.status))
  }
  const answer = await reply.json()

  pending = null
  revisionsTake(answer.revisions)
  kept = state
  isWhole = Object.keys(answer.faults).length === 0 &&
    answer.conflicts.length === 0
  savedTell(answer)
}

function later (delay) {
  clearTimeout(timer)
  timer = setTimeout(save, delay)
}

async function save () {
  if (saving !== null || isLeaving) {
    return
  }
  if (pending === null && typed() === kept) {
    later(SAVE_MS)
    return
  }
  if (pending === null && tooMuch() !== '') {
    tell(tooMuch(), true)
    later(SAVE_MS)
    return
  }
  saving = send()
  try {
    await saving
    saving = null
    later(typed() === kept ? SAVE_MS : RETRY_MS)
  } catch {
    saving = null
    tell('Not saved yet, we will try again', true)
    later(RETRY_MS)
  }
}

// --- Events -----------------------------------------------------------------

form.addEventListener('input', event => {
  if (event.target.dataset.count) {
    countTell(event.target)
  }
  linesShow()
  questionsShow()
})
form.addEventListener('focusout', save)

// The page must not send an older revision than the one that is on its way.
form.addEventListener('submit', async event => {
  if (tooMuch() !== '') {
    event.preventDefault()
    event.stopPropagation()
    tell(tooMuch(), true)
    return
  }
  if (saving === null || isLeaving) {
    isLeaving = true
    return
  }
  event.preventDefault()
  event.stopPropagation() // hearth.js must not count it as sent
  isLeaving = true
  await Promise.race([saving.catch(() => {}),
    new Promise(resolve => setTimeout(resolve, 3000))])
  form.requestSubmit(event.submitter)
})
window.addEventListener('beforeunload', event => {
  if (!isLeaving && (typed() !== kept || !isWhole)) {
    event.preventDefault()
  }
})
window.addEventListener('pageshow', () => {
  isLeaving = false
  linesShow()
  questionsShow()
  for (const field of form.querySelectorAll('[data-count]')) {
    countTell(field)
  }
})
linesShow()
questionsShow()
kept = typed()
later(SAVE_MS)
