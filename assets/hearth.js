// What scripts add to pages that work without them: GOV.UK Frontend's
// components, forms that are sent once, and the warning before a session ends.
import { initAll } from '/assets/govuk-frontend.js'

const WARN_SECONDS = 120
const SUBMIT_AGAIN_MS = 10000

// The server takes a form once only; this spares people the page that says so.
function sendFormsOnce () {
  const sent = new WeakMap()

  document.addEventListener('submit', (event) => {
    const last = sent.get(event.target)

    if (last && Date.now() - last < SUBMIT_AGAIN_MS) {
      event.preventDefault()
    } else {
      sent.set(event.target, Date.now())
    }
  })
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) {
      document.querySelectorAll('form').forEach((form) => sent.delete(form))
    }
  })
}

// Seconds are counted from when the page came: the clock here may be wrong.
function watchSession (warning) {
  const form = warning.querySelector('form')
  const ended = document.getElementById('session-ended')
  const length = Number(warning.dataset.left)
  const others = 'BroadcastChannel' in window
    ? new BroadcastChannel('hearth-session')
    : null
  let endsAt = Date.now() + length * 1000
  let isSending = false

  function show (element, isShown) {
    if (element.hidden === isShown) {
      element.hidden = !isShown
    }
  }

  function extended (seconds) {
    endsAt = Date.now() + seconds * 1000
    look()
  }

  async function extend () {
    if (isSending) {
      return
    }
    isSending = true
    try {
      const fields = new URLSearchParams(new FormData(form))
      // Without the way back the answer is how many seconds are left.
      fields.delete('to')
      const answer = await fetch(form.action, {
        method: 'POST',
        body: fields,
        redirect: 'manual'
      })

      if (answer.ok) {
        const seconds = Number(await answer.text())
        extended(seconds)
        if (others) {
          others.postMessage(seconds)
        }
      }
    } catch {
      // Offline: the button stays, and the next key tries again.
    } finally {
      isSending = false
    }
  }

  function look () {
    const left = (endsAt - Date.now()) / 1000

    show(warning, left > 0 && left <= WARN_SECONDS)
    show(ended, left <= 0)
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    event.stopPropagation()
    extend()
  })
  for (const kind of ['keydown', 'pointerdown']) {
    document.addEventListener(kind, () => {
      if (!warning.hidden) {
        extend()
      }
    })
  }
  if (others) {
    others.addEventListener('message', (event) => extended(event.data))
    others.postMessage(length)
  }
  setInterval(look, 1000)
  look()
}

initAll()
sendFormsOnce()
const warning = document.getElementById('session-warning')
if (warning) {
  watchSession(warning)
}
