// What a broker does with a package, page by page, as the journeys need it.
import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { clockMove, quote, sql, sqlValue } from '../support/product.mjs'

/** Where care is given, and what kind, in the frameworks of the councils. */
export const HERTFORDSHIRE = {
  town: 'Stevenage',
  postcode: 'SG1 2AA',
  area: 'stevenage',
  service: 'support_at_home',
  group: 'older_people'
}
export const CAMBRIDGESHIRE = {
  town: 'Ely',
  postcode: 'CB7 4ZQ',
  area: 'east-cambridgeshire',
  service: 'support_at_home',
  group: 'older_people'
}

// No two of one birthday, or the second is taken for the first.
let born = randomBytes(1)[0]

/** A person with words that no provider may see before placement. */
export function canary (place = HERTFORDSHIRE) {
  const letters = [...randomBytes(8)].map((one) =>
    String.fromCharCode(97 + one % 26)).join('')

  born++
  return {
    place,
    number: `T${randomBytes(4).toString('hex').toUpperCase()}`,
    given: 'Wilhelmina',
    family: `Canary${letters}`,
    address: `7 ${letters.toUpperCase()} Mews`,
    telephone: '01632 960777',
    born: [1 + born % 28, 1 + Math.floor(born / 28) % 12, 1945]
  }
}

/** Day, month, year and time of an instant so far from the database's now. */
export async function instantFields (name, interval) {
  const [row] = await sql(`SELECT to_char(t, 'DD'), to_char(t, 'MM'),
      to_char(t, 'YYYY'), '10:30am'
    FROM (SELECT (clock_now() + ${quote(interval)})
        AT TIME ZONE 'Europe/London' AS t) AS wanted`)

  return {
    [`${name}-day`]: row[0],
    [`${name}-month`]: row[1],
    [`${name}-year`]: row[2],
    [`${name}-time`]: row[3]
  }
}

/** From the board to the task list of a new draft; its reference. */
export async function beginPackage (broker, person,
  picture = () => null) {
  const [day, month, year] = person.born

  await broker.follow('Enter a package', picture('new'))
  await broker.fill({ person_number: person.number })
  await broker.follow('Search', picture('nobody-found'))
  await broker.follow('Add a new person', picture('person'))
  await broker.fill({
    person_number: person.number,
    given_name: person.given,
    family_name: person.family,
    'born_on-day': `${day}`,
    'born_on-month': `${month}`,
    'born_on-year': `${year}`,
    address: `${person.address}\n${person.place.town}`,
    postcode: person.place.postcode,
    telephone: person.telephone,
    gp_name: 'Dr Canary, Test Surgery'
  })
  await broker.follow('Save and begin the package', picture('tasks'))
  return broker.path().split('/')[2]
}

/** The sections of the task list, each with what is entered. */
async function sections (person) {
  const { place } = person

  return [
    ['Funding and kind of service', {
      funding: 'council', service_kind: place.service
    }],
    ['Place of care', {
      address: person.address, postcode: place.postcode
    }, { area: place.area, rurality: 'urban' }],
    ['Service-user group and age', {
      group_code: place.group, age_band: 'from_75'
    }],
    ['Needs of the care workers', { two_carers: 'no' }],
    ['What a worker should know before coming', { smoker: 'no', pets: 'yes' }],
    ['Weekly timetable of visits'],
    ['Outcomes wanted'],
    ['Start and urgency', {
      urgency: 'standard', ...await instantFields('start_wanted', '60 hours')
    }],
    ['A provider the person has chosen', { provider: 'none' }],
    ['Why the person waits', { reason: 'nothing_in_place' }]
  ]
}

async function addVisit (broker, picture) {
  await broker.follow('Add a visit', picture('visit'))
  await broker.fill({
    purpose: 'Wash, dress and breakfast',
    kind: 'days',
    days: ['1', '3', '5'],
    minutes: '45',
    carers: '1',
    start_from: '7:30am',
    start_until: '9am',
    timing: 'critical'
  })
  await broker.follow('Save and continue', picture('visits'))
}

async function addOutcome (broker, picture) {
  await broker.follow('Add an outcome', picture('outcome'))
  await broker.fill({ text: 'Go to lunch club twice a week' })
  await broker.follow('Save the outcome', picture('outcomes'))
  await broker.follow('Continue')
}

/** The person has somebody to call; led on to the first section. */
async function addContact (broker, picture) {
  await broker.follow('The person', picture('person-details'))
  await broker.follow('Add', picture('contact'))
  await broker.fill({
    kind: 'emergency', name: 'Una Elm', telephone: '01632 960778'
  })
  await broker.follow('Save the contact')
  await broker.follow('Continue')
}

/** Every section of a draft, each led on to from the one before it. */
export async function fillPackage (broker, reference, person,
  { picture = () => null } = {}) {
  await addContact(broker, picture)
  for (const [title, values, area] of await sections(person)) {
    const name = title.toLowerCase().replaceAll(' ', '-')

    await broker.sees(title)
    await broker.look(picture(name))
    if (title.startsWith('Weekly')) {
      await addVisit(broker, picture)
      continue
    }
    if (title.startsWith('Outcomes')) {
      await addOutcome(broker, picture)
      continue
    }
    if (title.startsWith('Funding')) {
      const only = broker.page.locator('[name="framework"]').first()

      values.framework = await only.getAttribute('value')
    }
    await broker.fill(values)
    await broker.follow('Save and continue')
    if (broker.path().endsWith('/area')) {
      await broker.look(picture('area'))
      const given = broker.page.locator('[name="area"]:checked')

      if (await given.count() === 0) {
        await broker.fill(area)
      }
      await broker.follow('Save and continue')
    }
  }
  await broker.isAt(`/packages/${reference}/check`)
}

/** The check page, and from it to the waiting list. */
export async function submitPackage (broker, picture = () => null) {
  await broker.sees('Check the answers')
  await broker.look(picture('check'))
  await broker.follow('Put on the waiting list', picture('waiting'))
}

/** An owner of that organisation who can sign in; the e-mail address. */
export async function ownerOf (organisation) {
  const email = `owner-${organisation}-${randomBytes(3).toString('hex')}` +
    '@example.org'

  await sql(`SELECT account_add(${quote(email)}, 'Test Owner',
      'provider_owner', NULL, ${Number(organisation)}, c.hash)
    FROM account a JOIN vault.credential c ON c.account_id = a.id
    WHERE a.email = 'broker@hertfordshire.example'`)
  return email
}

/** Organisations that were asked in the last round, in the order of rank. */
export async function asked (reference) {
  const rows = await sql(`SELECT o.organisation_id, o.reference
    FROM offer o JOIN package p ON (p.council_id, p.id) =
        (o.council_id, o.package_id)
    JOIN offer_round r ON (r.council_id, r.id) = (o.council_id, o.round_id)
    WHERE p.reference = ${quote(reference)} AND r.settled_at IS NULL
    ORDER BY o.position`)

  return rows.map(([organisation, offer]) => ({ organisation, offer }))
}

/** Fails when the page shows what is not for it before placement. */
export async function seesNobody (provider, person) {
  const html = await provider.page.content()

  for (const secret of [person.given, person.family, person.address,
    person.telephone, person.number, person.place.postcode]) {
    assert.ok(!html.includes(secret), `${provider.path()} shows ${secret}`)
  }
}

/** Time passes, but nobody is signed out by it. */
export async function pass (interval) {
  await clockMove(interval)
  await sql(`UPDATE vault.session SET created_at = clock_now(),
    last_seen_at = clock_now()`)
}

/** The state of a package. */
export const stateOf = (reference) => sqlValue(
  `SELECT state FROM package WHERE reference = ${quote(reference)}`)

