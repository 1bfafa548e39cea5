// The page of a visit: only the fields that its kind has, and the price of the
// week while one types. The server prices; its page is asked for the part.
const QUIET_MS = 500

const part = document.getElementById('visit-price')
const told = document.getElementById('visit-told')
const form = part.closest('form')
let timer
let asked = 0

function showKind () {
  const kind = form.querySelector('[name="kind"]:checked')

  for (const group of form.querySelectorAll('[data-kinds]')) {
    const kinds = group.dataset.kinds.split(' ')

    // Of two kinds: what they share is shown until the third is chosen.
    group.classList.toggle('govuk-radios__conditional--hidden',
      kind ? !kinds.includes(kind.value) : kinds.length === 1)
  }
}

async function workOut () {
  const turn = ++asked
  const fields = new URLSearchParams(new FormData(form))

  fields.set('act', 'price')
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      body: fields,
      redirect: 'manual'
    })
    const page = new DOMParser().parseFromString(await answer.text(),
      'text/html')
    const fresh = page.getElementById('visit-price')

    // What was typed since has been asked for, too.
    if (fresh && turn === asked) {
      part.replaceChildren(...fresh.childNodes)
      told.textContent = fresh.dataset.told
    }
  } catch {
    // Offline: the figures stay, and the next change asks again.
  }
}

form.addEventListener('input', () => {
  showKind()
  clearTimeout(timer)
  timer = setTimeout(workOut, QUIET_MS)
})
window.addEventListener('pageshow', showKind)
showKind()
