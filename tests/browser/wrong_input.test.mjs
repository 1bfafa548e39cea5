// Wrong input on every field of the main forms: the message stands at the
// field, the summary leads to it, and what was typed is kept.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PASSWORD, people, quote, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import { asked, beginPackage, canary, ownerOf } from './steps.mjs'

const LONG = 'x'.repeat(2001)
// The wanted start stands there already, so it is taken away.
const NO_START = {
  'start_at-day': '',
  'start_at-month': '',
  'start_at-year': '',
  'start_at-time': ''
}
const DAY_THAT_IS_NONE = (name) =>
  ({ [`${name}-day`]: '31', [`${name}-month`]: '2', [`${name}-year`]: '2027' })

before(browserStart)
after(browserStop)

/** The faults of a form that was filled in wrong. */
async function faultsOf (person, [path, values, expected]) {
  const { page } = person
  const faults = []

  await person.open(path)
  await page.locator('main details').evaluateAll((all) =>
    all.forEach((one) => { one.open = true }))
  await person.fill(values)
  const form = page.locator('main form').filter(
    { has: page.locator('[name="csrf"]') })
  const arrival = page.waitForEvent('framenavigated')

  await form.first().locator('button[type="submit"]').first()
    .click()
  await arrival
  await page.waitForLoadState()
  await person.look()
  if (!/^Error: /.test(await page.title())) {
    return [`${path}: not refused, at ${await person.where()}`]
  }
  const targets = await page.locator('.govuk-error-summary__list a')
    .evaluateAll((all) => all.map((one) => one.getAttribute('href').slice(1)))

  for (const name of expected) {
    const target = targets.find((one) => one.startsWith(name))
    const message = page.locator(`[id^="${name}"][id$="-error"]`)

    if (!target || await message.count() === 0 ||
        await page.locator(`[id="${target}"]`).count() !== 1) {
      faults.push(`${path}: no error at ${name} (${targets})`)
    }
  }
  for (const target of targets) {
    if (!expected.some((name) => target.startsWith(name))) {
      faults.push(`${path}: an error at ${target} that was not expected`)
    }
  }
  for (const [name, value] of Object.entries(values)) {
    const fields = page.locator(`main [name="${name}"]`)
    const kind = await fields.first().getAttribute('type')
    const field = kind === 'radio' || kind === 'checkbox'
      ? fields.and(page.locator(':checked')).first()
      : fields.first()
    const kept = (await field.inputValue()).trim()

    // A password is never written into a page.
    if (kept !== (kind === 'password' ? '' : [value].flat()[0].trim())) {
      faults.push(`${path}: ${name} was not kept`)
    }
  }
  return faults
}

async function refused (person, forms, t) {
  const faults = []

  for (const form of forms) {
    faults.push(...await faultsOf(person, form))
  }
  assert.deepEqual(faults, [])
  t.diagnostic(`${forms.length} forms, ${forms.reduce((sum, [,, names]) =>
    sum + names.length, 0)} wrong fields`)
  await person.leave()
}

// Page, what is typed, and the fields that the errors must lead to.
const sections = [
  ['funding', {}, ['funding', 'service_kind']],
  ['place', { address: '', postcode: 'SG1' }, ['address', 'postcode']],
  ['place', { address: '7 Test Mews', postcode: 'ZZ99 9ZZ' }, ['postcode']],
  ['place', { address: LONG, postcode: 'SG1 2AA', directions: LONG },
    ['address', 'directions']],
  ['group', {}, ['group_code']],
  ['group', { group_code: 'older_people', age_band: 'under_18' }, ['age_band']],
  ['needs', { carer_gender: 'must-female' }, ['two_carers']],
  ['needs', {
    two_carers: 'no', specialism_must: 'dementia', specialism_prefer: 'dementia'
  }, ['specialism_prefer']],
  ['before-coming', {}, ['smoker', 'pets']],
  ['before-coming', { smoker: 'no', pets: 'no', know_before: LONG },
    ['know_before']],
  ['start', {
    ...DAY_THAT_IS_NONE('start_wanted'), 'start_wanted-time': '25:00'
  }, ['urgency', 'start_wanted']],
  ['choice', {}, ['provider']],
  ['waiting', { minutes_in_place: 'many' }, ['reason', 'minutes_in_place']],
  ['visits/new', {
    purpose: '', minutes: '-5', carers: '9', start_from: 'late',
    start_until: '99'
  }, ['purpose', 'kind', 'minutes', 'carers', 'start_from', 'start_until',
    'timing']],
  ['visits/new', {
    purpose: 'Lunch', kind: 'days', minutes: '30', carers: '1',
    start_from: '1pm', start_until: '12pm', timing: 'flexible'
  }, ['days', 'start_until']],
  ['visits/new', {
    purpose: 'Lunch', kind: 'times', times: '99', minutes: '30', carers: '1',
    timing: 'flexible'
  }, ['times']],
  ['outcomes/new', { text: ' ' }, ['text']],
  ['outcomes/new', { text: LONG }, ['text']],
  ['cancel', { reason: '' }, ['reason']]
].map(([section, ...rest]) => [`:draft/${section}`, ...rest])

test('a package, section by section', async (t) => {
  const broker = await visitor('broker', { email: people.broker })

  await broker.open('/packages')
  const reference = await beginPackage(broker, canary())

  await refused(broker, sections.map(([path, ...rest]) =>
    [path.replace(':draft', `/packages/${reference}`), ...rest]), t)
})

test('a person and those around', async (t) => {
  const broker = await visitor('broker',
    { email: people.broker, size: PHONE, scripts: false })
  const person = await sqlValue(`SELECT p.reference FROM person p
    JOIN council c ON c.id = p.council_id
    WHERE c.code = 'hertfordshire' ORDER BY p.id LIMIT 1`)

  await refused(broker, [
    ['/people/new', {}, ['person_number', 'given_name', 'family_name',
      'born_on', 'address', 'postcode']],
    ['/people/new', {
      person_number: 'T1', given_name: 'A', family_name: 'B',
      ...DAY_THAT_IS_NONE('born_on'), address: '1 Test Mews', postcode: 'SG',
      telephone: 'none', gp_name: LONG, gp_telephone: '12',
      communication_needs: LONG
    }, ['born_on', 'postcode', 'telephone', 'gp_name', 'gp_telephone',
      'communication_needs']],
    ['/people/new', {
      person_number: LONG, given_name: LONG, family_name: LONG, called: LONG,
      'born_on-day': '1', 'born_on-month': '1', 'born_on-year': '2999',
      address: LONG, postcode: 'SG1 2AA'
    }, ['person_number', 'given_name', 'family_name', 'called', 'born_on',
      'address']],
    [`/people/${person}/contacts/new`, {}, ['kind', 'name']],
    [`/people/${person}/contacts/new`, { kind: 'emergency', name: 'Test' },
      ['telephone']],
    [`/people/${person}/contacts/new`, {
      kind: 'emergency', name: LONG, relation: LONG, telephone: 'none',
      note: LONG
    }, ['name', 'relation', 'telephone', 'note']],
    [`/people/${person}/key-safe`, { note: LONG }, ['note']]
  ], t)
})

test('sending, recording and placing', async (t) => {
  const broker = await visitor('broker', { email: people.broker })
  const waiting = await sqlValue(`SELECT k.reference FROM package k
    JOIN council c ON c.id = k.council_id
    WHERE c.code = 'hertfordshire' AND k.state = 'waiting'
      AND k.chosen_organisation_id IS NULL
      AND NOT EXISTS (SELECT FROM offer_round r
        WHERE (r.council_id, r.package_id) = (k.council_id, k.id))
    ORDER BY k.id LIMIT 1`)
  const home = `/packages/${waiting}`

  await broker.open(`${home}/match`)
  const first = broker.page.locator('[name="leave_out"]').first()
  const leaveOut = await first.getAttribute('value')
  const [, provider] = await broker.page.request.get(
    `${new URL(broker.page.url()).origin}${home}/outside-ranking`)
    .then(async (reply) => (await reply.text())
      .match(/<option value="(\d+|[A-Z0-9]{9})"/))
  const faults = [
    [`${home}/match`, { leave_out: [leaveOut] }, ['reason']],
    [`${home}/match`, { leave_out: [leaveOut], reason: LONG }, ['reason']],
    [`${home}/outside-ranking`, NO_START, ['provider', 'start_at', 'agreed_by', 'reason']],
    [`${home}/outside-ranking`, {
      provider, ...DAY_THAT_IS_NONE('start_at'), 'start_at-time': '9am',
      rate_pence: 'much', agreed_by: LONG, reason: LONG
    }, ['start_at', 'rate_pence', 'agreed_by', 'reason']]
  ]

  for (const form of faults.splice(0, 2)) {
    assert.deepEqual(await faultsOf(broker, form), [])
  }
  await broker.open(`${home}/match`)
  await broker.follow('Send offers')
  const [{ offer, organisation }] = await asked(waiting)

  faults.push(
    [`${home}/withdraw`, { reason: '' }, ['reason']],
    [`${home}/withdraw`, { reason: LONG }, ['reason']],
    [`${home}/offers/${offer}/record`, {}, ['told_by', 'answer']],
    [`${home}/offers/${offer}/record`, {
      told_by: 'Test', answer: 'accept', ...DAY_THAT_IS_NONE('start_at'),
      'start_at-time': '9am', note: LONG
    }, ['start_at', 'note']],
    [`${home}/offers/${offer}/record`, { told_by: 'Test', answer: 'decline' },
      ['reason']])
  await refused(broker, faults, t)

  const owner = await visitor('owner', { email: await ownerOf(organisation) })

  await refused(owner, [
    [`/offers/${offer}/accept`, NO_START, ['start_at']],
    [`/offers/${offer}/accept`, {
      ...DAY_THAT_IS_NONE('start_at'), 'start_at-time': '9am', note: LONG
    }, ['start_at', 'note']],
    [`/offers/${offer}/accept`, {
      'start_at-day': '1', 'start_at-month': '1', 'start_at-year': '2020',
      'start_at-time': '9am'
    }, ['start_at']],
    [`/offers/${offer}/decline`, {}, ['reason']],
    [`/offers/${offer}/decline`, { note: LONG }, ['reason', 'note']],
    ['/our-details/contacts/new', { telephone: 'none', email: 'none' },
      ['name', 'telephone', 'email']]
  ], t)
})

test('the register', async (t) => {
  const broker = await visitor('broker', { email: people.broker })
  const [home, member] = (await sqlValue(`SELECT '/providers/' || g.reference
      || ' /memberships/' || m.reference
    FROM framework_member m JOIN organisation g ON g.id = m.organisation_id
    JOIN account a ON a.email = ${quote(people.broker)}
    JOIN council c ON c.id = m.council_id AND c.code = 'hertfordshire'
    WHERE m.state = 'active' ORDER BY m.id LIMIT 1`)).split(' ')

  await refused(broker, [
    [`${home}/details`, {
      name: '', company_number: LONG, charity_number: LONG,
      cqc_provider_id: LONG, website: LONG
    }, ['name', 'company_number', 'charity_number', 'cqc_provider_id',
      'website']],
    [`${home}/offices/new`, { address: '', postcode: 'SG' },
      ['kind', 'address', 'postcode']],
    [`${home}/contacts/new`, { job_title: LONG, telephone: 'x', email: 'x' },
      ['name', 'job_title', 'telephone', 'email']],
    [`${home}/locations/new`, {
      postcode: 'SG', ...DAY_THAT_IS_NONE('registered_on')
    }, ['name', 'postcode', 'cqc_rating', 'registered_on']],
    [`${home}/locations/new`, {
      name: LONG, address: LONG, cqc_location_id: LONG,
      ...DAY_THAT_IS_NONE('rated_on')
    }, ['name', 'address', 'cqc_rating', 'rated_on', 'cqc_location_id']],
    [`${home}${member}/capacity`, {
      spare_minutes: 'many', ...DAY_THAT_IS_NONE('earliest_start_on'),
      calls_from: 'late', calls_until: '99', hourly_rate_pence: 'much'
    }, ['spare_minutes', 'earliest_start_on', 'calls_from', 'calls_until',
      'hourly_rate_pence']],
    [`${home}${member}/capacity`, {
      spare_minutes: '10', spare_morning: '8', spare_evening: '2.25'
    }, ['spare_morning']],
    [`${home}${member}/monitoring`, {
      ...DAY_THAT_IS_NONE('passed_on'), quality_score: '101'
    }, ['passed_on', 'quality_score']],
    [`${home}${member}/status`, { state_reason: LONG, tier: 'x' },
      ['state_reason', 'tier']],
    [`${home}${member}/status`, { state: 'suspended', state_reason: '' },
      ['state_reason']]
  ], t)
})

test('accounts', async (t) => {
  const nobody = await visitor('nobody')

  await refused(nobody, [
    ['/sign-in', {}, ['email', 'password']],
    ['/sign-in', { email: 'nobody', password: 'x' }, ['email']],
    ['/forgotten-password', { email: 'nobody' }, ['email']]
  ], t)
  const administrator = await visitor('administrator',
    { email: people.administrator })

  await refused(administrator, [
    ['/accounts/invite', {}, ['name', 'email', 'role']],
    ['/accounts/invite', { name: LONG, email: 'nobody' },
      ['name', 'email', 'role']],
    ['/accounts/wall', {}, ['account', 'reason']],
    ['/change-password', {}, ['current_password', 'new_password']],
    ['/change-password', { current_password: PASSWORD, new_password: 'short' },
      ['new_password']]
  ], t)
})
