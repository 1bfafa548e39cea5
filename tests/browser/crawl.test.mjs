// Every page that links lead to, for every role: it is there, is valid HTML,
// has no accessibility fault, and fits 1280 and 320 pixels.
import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { people, url } from '../support/product.mjs'
import {
  DESKTOP, PHONE, browserStart, browserStop, phoneFaults, visitor
} from './support.mjs'

const MOST_OF_A_KIND = 1
const MOST_PAGES = 150

const roles = {
  'a visitor': null,
  'a broker': people.broker,
  'a broker of Cambridgeshire': people.cambridgeshireBroker,
  'a commissioner': people.commissioner,
  'an administrator': people.administrator,
  'an auditor': people.auditor,
  'a provider': 'owner@teasel-heron.example',
  'a manager of a provider': 'manager@harlequin-larkspur.example',
  'a provider of two councils': 'owner@harlequin-magpie.example',
  'somebody with several roles': 'several@example.org'
}

before(browserStart)
after(browserStop)

/** What a path has in common with others: references and numbers apart. */
function kindOf (link) {
  const { pathname, searchParams } = new URL(link)
  const path = pathname.split('/').map((part) =>
    /^[A-Z][0-9A-Z]{8}$|^\d+$|^[0-9a-f]{64}$/.test(part) ? ':' : part)

  return `${path.join('/')}?${[...searchParams.keys()].sort().join('&')}`
}

async function linksOf (page) {
  const links = await page.locator('a[href]').evaluateAll((all) =>
    all.filter((one) => !one.hasAttribute('download')).map(({ href }) => href))

  return links.filter((link) => link.startsWith(`${url}/`))
    .map((link) => link.split('#')[0])
}

async function isDownload (link, context) {
  const reply = await context.request.get(link)

  return !/html/.test(reply.headers()['content-type'])
    ? reply.status()
    : 0
}

async function crawl (person) {
  const { page, findings } = person
  const queue = [`${url}/`]
  const seen = new Set(queue)
  const kinds = new Map()
  const wrong = []
  let count = 0

  while (queue.length > 0 && count < MOST_PAGES) {
    const link = queue.shift()
    const kind = kindOf(link)

    if ((kinds.get(kind) || 0) >= MOST_OF_A_KIND) {
      continue
    }
    kinds.set(kind, (kinds.get(kind) || 0) + 1)
    count++
    if (/\.(csv|svg|txt|eml)\b/.test(link)) {
      const status = await isDownload(link, person.context)

      if (status !== 200) {
        wrong.push(`${status} ${link}`)
      }
      continue
    }
    const from = page.url()
    const response = await page.goto(link)

    if (response.status() !== 200) {
      wrong.push(`${response.status()} ${link} from ${from}`)
      continue
    }
    await person.look()
    await page.setViewportSize(PHONE)
    for (const fault of await page.evaluate(phoneFaults)) {
      findings.tell(`${link} on a telephone: ${fault}`)
    }
    await page.setViewportSize(DESKTOP)
    for (const next of await linksOf(page)) {
      if (!seen.has(next)) {
        seen.add(next)
        queue.push(next)
      }
    }
  }
  wrong.forEach((text) => findings.tell(text))
  return { count, kinds: [...kinds.keys()] }
}

describe('every page', { concurrency: 2 }, () => {
  for (const [name, email] of Object.entries(roles)) {
    test(`that ${name} comes to`, async (t) => {
      const person = await visitor(name, { email })

      try {
        const { count, kinds } = await crawl(person)

        assert.ok(count < MOST_PAGES, `${count} pages and more`)
        t.diagnostic(`${count} pages of ${kinds.length} kinds`)
      } finally {
        await person.leave()
      }
    })
  }
})
