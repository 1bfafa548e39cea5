// The first round of the README, as it is written there: each word in italics
// is a link, a button or an answer on the pages, and it ends with a placement.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { clockMove } from '../support/product.mjs'
import { browserStart, browserStop, visitor } from './support.mjs'
import { canary, instantFields, seesNobody, stateOf } from './steps.mjs'

before(browserStart)
after(browserStop)

/** The round's section, in one line. */
function section () {
  const readme = readFileSync('README.md', 'utf8')

  return readme.split('## A first round through the service\n')[1]
    .split('\n## ')[0].replace(/\s+/g, ' ')
}

/** Words marked as standing on a page: *italics*, and **bold** of the menu. */
function marked (text, mark) {
  const pattern = mark === '**'
    ? /\*\*([^*]+)\*\*/g
    : /(?<!\*)\*([^*]+)\*(?!\*)/g

  return new Set([...text.matchAll(pattern)].map((found) => found[1]))
}

/** Somebody at a browser who notes which of the words they have met. */
function walker (person, met) {
  return {
    /** A link or a button. */
    async follows (name) {
      met.add(name)
      await person.follow(name)
    },
    /** An answer among others, by its label. */
    async selects (name, label) {
      met.add(label)
      await person.page.locator(`main [name="${name}"]`)
        .and(person.page.getByLabel(label)).first().check()
    },
    async sees (text) {
      met.add(text)
      await person.sees(text)
    },
    fills: (values) => person.fill(values)
  }
}

async function personEntered (broker, person) {
  const [day, month, year] = person.born

  await broker.follows('Enter a package')
  await broker.fills({ person_number: person.number })
  await broker.follows('Search')
  await broker.follows('Add a new person')
  await broker.fills({
    given_name: person.given,
    family_name: person.family,
    'born_on-day': `${day}`,
    'born_on-month': `${month}`,
    'born_on-year': `${year}`,
    address: person.address,
    postcode: 'SG1 2AA'
  })
  await broker.follows('Save and begin the package')
  await broker.follows('The person')
  await broker.follows('Add')
  await broker.fills({
    kind: 'emergency', name: 'Una Elm', telephone: '01632 960778'
  })
  await broker.follows('Save the contact')
  await broker.follows('Continue')
}

async function careEntered (broker, page) {
  await broker.sees('Funding and kind of service')
  await broker.selects('funding', 'Council')
  await broker.selects('service_kind', 'Support at home')
  await page.locator('[name="framework"]').first().check()
  await broker.follows('Save and continue')
  await broker.sees('Place of care')
  await broker.follows('Save and continue')
  await broker.sees('Stevenage')
  await broker.follows('Save and continue')
  await broker.sees('Service-user group and age')
  await broker.selects('group_code', 'Older people')
  await broker.follows('Save and continue')
  await broker.sees('Needs of the care workers')
  await broker.selects('two_carers', 'Not needed')
  await broker.follows('Save and continue')
  await broker.sees('What a worker should know before coming')
  await broker.fills({ smoker: 'no', pets: 'no' })
  await broker.follows('Save and continue')
}

async function weekEntered (broker, page) {
  await broker.sees('Weekly timetable of visits')
  await broker.follows('Add a visit')
  await broker.fills({
    purpose: 'Breakfast',
    kind: 'days',
    days: ['1', '4'],
    minutes: '45',
    carers: '1',
    timing: 'flexible'
  })
  await page.getByText('£35.08').first().waitFor()
  await broker.follows('Save and continue')
  await broker.sees('Outcomes wanted')
  await broker.follows('Add an outcome')
  await broker.fills({ text: 'Walk to the shops again' })
  await broker.follows('Save the outcome')
  await broker.follows('Continue')
}

async function startEntered (broker) {
  await broker.sees('Start and urgency')
  await broker.selects('urgency', 'Standard')
  await broker.fills(await instantFields('start_wanted', '3 days'))
  await broker.follows('Save and continue')
  await broker.sees('A provider the person has chosen')
  await broker.fills({ q: 'Harlequin' })
  await broker.follows('Find')
  await broker.selects('provider', 'Harlequin Larkspur Home Support')
  await broker.follows('Save and continue')
  await broker.sees('Why the person waits')
  await broker.selects('reason', 'Nothing is in place')
  await broker.follows('Save and continue')
  await broker.follows('Put on the waiting list')
}

async function accepted (visit, met, person) {
  const provider = walker(visit, met)

  await visit.open('/')
  await visit.follow('Offers')
  await seesNobody(visit, person)
  await visit.page.getByRole('row')
    .filter({ hasText: '1.5 hours a week' }).filter({ hasText: 'SG1 2' })
    .getByRole('link').first().click()
  met.add('1.5 hours a week')
  await provider.follows('Accept')
  await provider.fills(await instantFields('start_at', '3 days'))
  await provider.follows('Accept offer')
  await provider.follows('See placement')
  await visit.sees(person.family)
  await visit.sees(person.address)
}

test('a newcomer walks the first round of the README', async () => {
  const text = section()
  const met = new Set()
  const person = canary()

  await clockMove('0')
  assert.deepEqual([...marked(text, '**')].sort(),
    ['Mail', 'Offers', 'Packages', 'Waiting list'])
  const visit = await visitor('broker', {
    email: text.match(/broker, `([^`]+)`/)[1]
  })
  const broker = walker(visit, met)

  await visit.open('/')
  await visit.follow('Packages')
  await personEntered(broker, person)
  const reference = visit.path().split('/')[2]

  await careEntered(broker, visit.page)
  await weekEntered(broker, visit.page)
  await startEntered(broker)
  await visit.open(`/packages/${reference}`)
  await broker.follows('Find providers and send offers')
  await broker.follows('Send offers')
  await visit.sees('Offers sent')
  await visit.open(`/packages/${reference}`)
  await visit.page.getByRole('link', { name: 'Record a reply' }).waitFor()
  met.add('Record a reply')

  const owner = await visitor('provider', {
    email: text.match(/provider, `([^`]+)`/)[1]
  })

  await accepted(owner, met, person)
  assert.equal(await stateOf(reference), 'placed')
  await visit.open(`/packages?q=${reference}`)
  await broker.sees('Placed')
  await visit.follow('Waiting list')
  met.add('italics')
  assert.deepEqual([...marked(text, '*')].filter((word) => !met.has(word)), [])
  await Promise.all([visit, owner].map((one) => one.leave()))
})
