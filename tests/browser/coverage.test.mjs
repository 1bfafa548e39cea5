// Coverage as a commissioner looks at it: areas in force and others, a cap,
// and a scheme that is drawn up, looked at and removed.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people, sqlValue } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'

before(browserStart)
after(browserStop)

const rows = (page, caption) => page.getByRole('table', { name: caption })
  .locator('tbody tr').count()

for (const [device, options] of [['desktop', {}],
  ['telephone', { size: PHONE, scripts: false }]]) {
  test(`coverage on a ${device}`, async () => {
    const person = await visitor(`commissioner on a ${device}`,
      { email: people.commissioner, ...options })
    const { page } = person

    assert.equal(await person.open('/coverage', `coverage-${device}`), 200)
    assert.equal(await rows(page, 'Hours a week by area'), 9)
    assert.equal(await page.locator('.hearth-map > g').count(), 9)
    await person.fill({ scheme: 'lots', cap: '2' })
    await person.follow('Show', `coverage-lots-${device}`)
    assert.equal(await rows(page, 'Hours a week by area'), 14)
    assert.match(await page.locator('main .govuk-body-l').innerText(),
      /^What if .* a cap of 2 areas .*Nothing is changed/)

    await person.follow('Draw up a new scheme from these areas',
      `coverage-plan-${device}`)
    const areas = page.locator('[name="areas"]')

    assert.equal((await areas.inputValue()).split('\n').length, 14)
    await person.fill({ name: `Towns on a ${device}`, areas: 'Nowhere: ZZ9' })
    await person.follow('Save and look at coverage',
      `coverage-plan-wrong-${device}`)
    assert.equal(await areas.inputValue(), 'Nowhere: ZZ9')
    assert.ok(await page.locator('#areas-error').isVisible())
    await person.fill({ areas: 'Stevenage: SG1\nWatford: WD17, WD18' })
    await person.follow('Save and look at coverage', `coverage-own-${device}`)
    assert.equal(await rows(page, 'Hours a week by area'), 3)
    assert.equal(await sqlValue('SELECT count(*) FROM framework f JOIN ' +
      "area_scheme s ON s.id = f.scheme_id WHERE s.code <> 'districts'"), '0')
    await person.follow(`Change or remove Towns on a ${device}`)
    await person.follow('Remove this scheme')
    assert.equal(await rows(page, 'Hours a week by area'), 9)
    await person.leave()
  })
}
