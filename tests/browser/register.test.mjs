// The register of providers in a browser: staff list, open and change it, a
// provider keeps its own details, and areas answer for a postcode.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people } from '../support/product.mjs'
import { browserStart, browserStop, PHONE, visitor } from './support.mjs'

const PROVIDER = 'owner@harlequin-magpie.example'

before(browserStart)
after(browserStop)

/** The addresses of the links on a page that go below `start`. */
async function links (visitor, start) {
  const all = await visitor.page.locator('main a').evaluateAll((found) =>
    found.map((one) => one.getAttribute('href').replace(/#.*/, '')))

  return [...new Set(all.filter((href) => href.startsWith(start)))]
}

/** Filters, opens a provider and every form of it. */
async function staffWalk (broker, prefix) {
  assert.equal(await broker.open('/providers', `${prefix}-list`), 200)
  assert.equal(await broker.open('/providers?state=active&spare=yes&page=2',
    `${prefix}-filter`), 200)
  assert.equal(await broker.open('/providers?name=nobody'), 200)
  await broker.sees('No provider fits this filter')
  await broker.open('/providers?name=harlequin+magpie')
  await broker.follow(/Harlequin Magpie/, `${prefix}-show`)
  const forms = await links(broker, broker.path() + '/')

  assert.ok(forms.length >= 9, forms.join(' '))
  for (const form of forms) {
    const name = form.replace(/\/[A-Z][0-9A-Z]{8}|\/\d+/g, '')
      .replace(/\W+/g, '-').replace(/^-|-$/g, '')

    assert.equal(await broker.open(form, `${prefix}-${name}`), 200)
  }
}

test('a broker keeps the register', async () => {
  const broker = await visitor('broker', { email: people.broker })

  await staffWalk(broker, 'register')
  await broker.open('/providers?name=harlequin+magpie')
  await broker.follow(/Harlequin Magpie/)
  await broker.follow(/^Add a contact/)
  await broker.follow('Save', 'register-contact-wrong')
  await broker.sees('Enter the contact’s full name')
  await broker.fillLabelled({
    'Full name': 'Test Night Desk', 'Telephone number': '01632 960900'
  })
  await broker.follow('Save', 'register-saved')
  await broker.sees('Contact added')
  await broker.sees('Test Night Desk')
  await broker.leave()
})

test('two at one page: the second one sees what the first saved', async () => {
  const first = await visitor('broker', { email: people.broker })
  const second = await visitor('second broker', { email: people.secondBroker })

  for (const broker of [first, second]) {
    await broker.open('/providers?name=teasel+heron')
    await broker.follow(/Teasel Heron/)
    await broker.follow(/^Change monitoring visit/)
  }
  await first.fillLabelled({ 'Quality score': '71' })
  await first.follow('Save')
  await first.sees('Monitoring saved')
  await second.fillLabelled({ 'Quality score': '17' })
  await second.follow('Save', 'register-conflict')
  await second.sees('Changes were saved here')
  await second.sees('71')
  assert.equal(await second.page.getByLabel('Quality score').inputValue(),
    '17')
  await second.follow('Save')
  await second.sees('17 of 100')
  await first.leave()
  await second.leave()
})

test('without JavaScript and at 320 pixels', async () => {
  const broker = await visitor('broker on a telephone', {
    email: people.broker, size: PHONE, scripts: false
  })

  await staffWalk(broker, 'register-phone')
  await broker.open('/areas?postcode=AL1+1AA', 'areas-phone')
  await broker.leave()
})

test('a provider keeps its own details', async () => {
  for (const size of [undefined, PHONE]) {
    const prefix = size ? 'our-details-phone' : 'our-details'
    const owner = await visitor('owner', { email: PROVIDER, size })

    await owner.open('/our-details', prefix)
    await owner.open('/our-details/contacts', `${prefix}-contacts`)
    await owner.open('/our-details/capacity', `${prefix}-capacity`)
    await owner.follow(/^Change capacity/, `${prefix}-capacity-form`)
    await owner.fillLabelled({ 'Spare hours a week': 'many' })
    await owner.follow('Save', `${prefix}-capacity-wrong`)
    await owner.fillLabelled({ 'Spare hours a week': '12.5' })
    await owner.follow('Save')
    await owner.sees('Capacity saved')
    await owner.follow('Change your languages', `${prefix}-languages`)
    await owner.fillLabelled({ Polish: true })
    await owner.follow('Save')
    await owner.sees('Languages saved')
    await owner.leave()
  }
})

test('areas and what a postcode tells', async () => {
  const broker = await visitor('broker', { email: people.broker })

  await broker.open('/areas', 'areas')
  await broker.sees('77.94%')
  await broker.sees('208,252')
  await broker.fillLabelled({ Postcode: 'AL1 1AA' })
  await broker.follow('Look up', 'areas-postcode')
  await broker.sees('Suggested area')
  await broker.fillLabelled({ Postcode: 'ZZ' })
  await broker.follow('Look up', 'areas-postcode-wrong')
  await broker.sees('Enter a full UK postcode')
  await broker.leave()
})
