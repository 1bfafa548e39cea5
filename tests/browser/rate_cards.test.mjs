// A commissioner's way with rate cards: one from a file, opened, priced on two
// days, a new version from a day with another rate and band, called off again;
// at a desk and on a telephone without JavaScript.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import { people } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'

const CARD = JSON.parse(readFileSync('conf/rates/hertfordshire-2021.json'))

before(browserStart)
after(browserStop)

async function send (person, document, button, picture) {
  await person.page.locator('[name="document"]').setInputFiles({
    name: 'card.json',
    mimeType: 'application/json',
    buffer: Buffer.from(JSON.stringify(document))
  })
  await person.follow(button, picture)
}

async function price (person, day, month, year, picture) {
  await person.fill({
    'on-day': day, 'on-month': month, 'on-year': year, starts: '9am',
    length: '20'
  })
  await person.follow('Work out the price', picture)
}

for (const [how, options, prefix] of [
  ['at a desk', {}, 'rates-'],
  ['on a telephone without JavaScript', { size: PHONE, scripts: false },
    'rates-telephone-']
]) {
  const picture = (name) => prefix + name

  test(`a rate card from a file to its next version, ${how}`, async () => {
    const person = await visitor('commissioner',
      { email: people.commissioner, ...options })

    await person.open('/rates', picture('list'))
    await person.sees('Support at home framework')
    await person.follow('Import a rate card', picture('import'))
    await person.follow('Import', picture('import-error'))
    await person.sees('Select a file')
    await send(person, { ...CARD, cards: [{ starts: 'soon' }] }, 'Import',
      picture('import-wrong'))
    await person.sees('cards[0].starts')
    await send(person, { ...CARD, name: `Card ${how}` }, 'Import',
      picture('show'))
    const card = person.path()

    await person.follow('Version 1', picture('version'))
    await person.sees('Leaving after 21:00 is paid the same')
    await person.follow('Put in force', picture('force'))
    await person.follow('Put in force')

    await person.follow('Edit as a new version', picture('edit'))
    await person.fill({
      'starts_on-day': '1', 'starts_on-month': '4', 'starts_on-year': '2030',
      hourly_pence: '23.04', percent_1: ''
    })
    await person.follow('Save', picture('edit-error'))
    assert.match(await person.page.title(), /^Error: /)
    await person.sees('Enter the share that band 1 pays')
    await person.fill({ percent_1: '50' })
    await person.follow('Save')
    await person.follow('Put in force')
    await person.follow('Put in force')
    await person.sees('In force from 1 April 2030')

    await person.open(card)
    await person.follow('Price a visit', picture('price'))
    await price(person, '31', '3', '2030', picture('priced'))
    await person.sees('The visit costs £8.77')
    await price(person, '1', '4', '2030')
    await person.sees('The visit costs £11.52')

    await person.open(card)
    await person.follow('Average of a mix of calls', picture('mix'))
    await person.fill({
      length_1: '30', count_1: '600', length_2: '45', count_2: '366',
      length_3: '60', count_3: '34'
    })
    await person.follow('Work out the average', picture('mixed'))
    await person.sees('An hour costs £24.74 on average')

    await person.open(`${card}/versions/2`)
    await person.follow('Call off')
    await person.follow('Replace it by a file', picture('replace'))
    await send(person, CARD, 'Replace')
    await person.follow('Throw the draft away', picture('discard'))
    await person.follow('Throw it away')
    await person.leave()
  })
}

test('two who edit a draft do not overwrite each other', async () => {
  const first = await visitor('commissioner', { email: people.commissioner })
  const second = await visitor('administrator', { email: people.administrator })

  await first.open('/rates/new', 'rates-new')
  await first.fill({
    name: 'Two at once', 'starts_on-day': '1', 'starts_on-month': '4',
    'starts_on-year': '2030', hourly_pence: '20'
  })
  await first.follow('Create the draft')
  const draft = `${first.path()}/edit`

  await first.open(draft)
  await second.open(draft)
  await first.fill({ hourly_pence: '21' })
  await first.follow('Save')
  await second.fill({ hourly_pence: '22' })
  await second.follow('Save', 'rates-conflict')
  await second.sees('saved this first')
  await second.follow('Use mine')
  await second.sees('£22.00 an hour everywhere')
  await first.leave()
  await second.leave()
})

test('what a wage needs, and a rate with and without its cap', async () => {
  const person = await visitor('commissioner', { email: people.commissioner })

  await person.open('/rates')
  await person.follow('Wages and uplifts', 'rates-formulas')
  await person.follow('Add a wage', 'rates-formula')
  await person.follow('Add', 'rates-formula-error')
  await person.sees('Enter the pay')
  await person.fill({
    'starts_on-day': '1', 'starts_on-month': '4', 'starts_on-year': '2031',
    name: 'National Living Wage', hourly_pence: '15.00'
  })
  await person.follow('Add')
  await person.sees('National Living Wage: £15.00 an hour')
  await person.follow('Remove 1 April 2031')
  await person.follow('Price that a wage needs')
  await person.fill({
    'on-day': '1', 'on-month': '6', 'on-year': '2022', pay_pence: '10'
  })
  await person.follow('Work out the price', 'rates-wage')
  await person.sees('An hour of care must cost £20.17')
  await person.open('/rates/uplift')
  await person.fill({
    hourly_pence: '18',
    'since_on-day': '1', 'since_on-month': '4', 'since_on-year': '2021',
    'on-day': '1', 'on-month': '4', 'on-year': '2023'
  })
  await person.follow('Work out the rate', 'rates-uplift')
  await person.sees('capped at £0.70, is £18.70; without the cap £19.13')
  await person.leave()
})
