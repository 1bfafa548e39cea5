// The waiting list before and after a placement: hours and people by reason,
// area and group, the picture beside its table, and the file of the same.
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { after, before, test } from 'node:test'
import {
  clockMove, people, quote, sqlValue, until
} from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import {
  CAMBRIDGESHIRE, HERTFORDSHIRE, asked, beginPackage, canary, fillPackage,
  instantFields, ownerOf, pass, stateOf, submitPackage
} from './steps.mjs'

const REASONS = ['Nothing in place', 'Interim care, waiting for a change',
  'Leaving reablement']
// Three visits of 45 minutes: what fillPackage enters.
const HOURS = 2.25
const PICTURE_HEIGHT = 240

before(browserStart)
after(browserStop)

const number = (text) => Number(text.replaceAll(',', ''))

/** The rows of a table by its caption, cells as text. */
function table (broker, caption) {
  return broker.page.getByRole('table', { name: caption }).locator('tbody tr')
    .evaluateAll((rows) => rows.map((row) =>
      [...row.cells].map((cell) => cell.textContent.trim())))
}

/** Hours and people by the first column of that table. */
const split = async (broker, caption) => new Map(
  (await table(broker, caption)).map(([name, hours, count]) =>
    [name, [number(hours), number(count)]]))

/** Everything that the page says of now; it must agree with itself. */
async function figures (broker, picture) {
  await broker.open('/waiting', picture)
  const reasons = await split(broker, 'Why they wait')
  const areas = await split(broker, 'By area')
  const groups = await split(broker, 'By service-user group')
  const all = reasons.get('All')
  const said = await broker.page.locator('main .govuk-body-l').innerText()

  reasons.delete('All')
  for (const part of [reasons, areas, groups]) {
    const hours = [...part.values()].reduce((sum, [one]) => sum + one, 0)

    assert.ok(Math.abs(hours - all[0]) < 0.1, `${hours} and ${all[0]} hours`)
  }
  assert.deepEqual(said.match(/^([\d,.]+) hours? a week for ([\d,]+) pe/)
    .slice(1).map(number), all, said)
  return { all, reasons, areas, groups }
}

const one = (pair, sign) => pair
  ? [pair[0] + sign * HOURS, pair[1] + sign]
  : [HOURS, 1]

/** The same figures with one package more or less of these kinds. */
function changed ({ all, reasons, areas, groups }, names, sign) {
  const put = (map, name) => new Map([...map, [name, one(map.get(name), sign)]]
    .filter(([, [, count]]) => count > 0))

  return {
    all: one(all, sign),
    reasons: new Map([...reasons, [names.reason,
      one(reasons.get(names.reason), sign)]]),
    areas: put(areas, names.area),
    groups: put(groups, names.group)
  }
}

/** Compares without the order, since the page has the greatest first. */
function assertSame (found, expected, when) {
  for (const name of ['all', 'reasons', 'areas', 'groups']) {
    const sorted = (value) => value instanceof Map
      ? [...value].sort(([a], [b]) => a.localeCompare(b))
      : value

    assert.deepEqual(sorted(found[name]), sorted(expected[name]),
      `${name} ${when}`)
  }
}

/** Each bar says, and is as high as, what its row of the table says. */
async function assertPicture (broker) {
  const rows = (await table(broker, 'Week by week')).reverse()
  const bars = await broker.page.locator('.hearth-chart > g').evaluateAll(
    (all) => all.map((bar) => ({
      title: bar.querySelector('title').textContent,
      heights: [1, 2, 3].map((part) => Number(bar.querySelector(
        `.chart-edge-${part}`)?.getAttribute('height') ?? 0))
    })))
  const marks = await broker.page.locator('.hearth-chart > text')
    .evaluateAll((all) => all.map((mark) => mark.textContent))
  const top = Math.max(...marks.map(number).filter(Number.isFinite))

  assert.equal(bars.length, 26)
  assert.equal(rows.length, 26)
  for (const [i, [week, , , ...parts]] of rows.entries()) {
    const hours = parts.filter((_, at) => at % 2 === 0).map(number)

    assert.equal(bars[i].title, `Week of ${week}: ` + REASONS.map(
      (reason, part) => `${reason} ${Math.round(hours[part])
        .toLocaleString('en-GB')}`).join(', '))
    for (const [part, height] of bars[i].heights.entries()) {
      assert.ok(Math.abs(height - hours[part] / top * PICTURE_HEIGHT) <= 1.5,
        `${week}: ${height} px for ${hours[part]} of ${top} hours`)
    }
  }
  return rows
}

/** The file has what the table has. */
async function assertFile (broker) {
  const arrival = broker.page.waitForEvent('download')

  await broker.page.getByRole('link', { name: /CSV file/ }).click()
  const download = await arrival
  const lines = readFileSync(await download.path(), 'utf8').trim()
    .split('\r\n').map((line) => line.split(','))
  const rows = await assertPicture(broker)

  assert.match(download.suggestedFilename(), /^waiting-list-[\d-]{10}\.csv$/)
  assert.equal(lines.length, rows.length + 1)
  for (const [i, [week, ...counts]] of rows.entries()) {
    const [monday, ...values] = lines[i + 1]
    const day = new Date(`${monday}T12:00:00Z`).toLocaleDateString('en-GB',
      { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' })

    assert.equal(day, week)
    assert.deepEqual(values.map(Number), counts.map(number), week)
  }
}

/** Moves the clock so far from the start of care of that package. */
async function passToStart (reference, interval) {
  await pass(await sqlValue(`SELECT p.starts_at - clock_timestamp()
      + ${quote(interval)} FROM placement p JOIN package k
      ON (k.council_id, k.id) = (p.council_id, p.package_id)
    WHERE k.reference = ${quote(reference)}`))
}

for (const [council, email, place, names, options, prefix] of [
  ['Cambridgeshire', people.cambridgeshireBroker, CAMBRIDGESHIRE,
    { area: 'East Cambridgeshire' }, {}, 'waiting-'],
  ['Hertfordshire', people.broker, HERTFORDSHIRE, { area: 'Stevenage' },
    { size: PHONE, scripts: false }, 'waiting-telephone-']
]) {
  test(`${council}: the figures before and after a placement`, async () => {
    const picture = (name) => prefix + name

    Object.assign(names, { reason: REASONS[0], group: 'Older people' })
    await clockMove('0')
    const broker = await visitor(`broker of ${council}`, { email, ...options })
    const before = await figures(broker, picture('before'))

    if (council === 'Cambridgeshire') {
      assert.deepEqual(before.all, [1737, 161])
      assert.deepEqual(REASONS.map((reason) => before.reasons.get(reason)[1]),
        [69, 35, 57])
    }
    await assertFile(broker)

    await broker.open('/packages')
    const reference = await beginPackage(broker, canary(place))

    await fillPackage(broker, reference, canary(place))
    assertSame(await figures(broker), before, 'with a draft')
    await broker.open(`/packages/${reference}/check`)
    await submitPackage(broker)
    const waiting = changed(before, names, 1)

    assertSame(await figures(broker, picture('with-one-more')), waiting,
      'with one more')
    await assertFile(broker)

    await broker.open(`/packages/${reference}/match`)
    await broker.follow('Send offers')
    const [{ offer, organisation }] = await asked(reference)
    const provider = await visitor('provider',
      { email: await ownerOf(organisation), ...options })

    await provider.open(`/offers/${offer}/accept`)
    await provider.fill(await instantFields('start_at', '50 hours'))
    if (place === CAMBRIDGESHIRE) {
      await provider.fill({ rate_pence: '15' })
    }
    await provider.follow('Accept offer')
    assertSame(await figures(broker), waiting, 'while it is decided')
    await pass('24 hours')
    await broker.open(`/packages/${reference}`)
    await until(async () => await stateOf(reference) === 'placed', 15000,
      'the placement')

    // Others may start in these days: only the minute of ours is compared.
    await passToStart(reference, '-30 seconds')
    const last = await figures(broker, picture('before-the-start'))

    await passToStart(reference, '30 seconds')
    assertSame(await figures(broker, picture('after-the-start')),
      changed(last, names, -1), 'when care has started')
    await assertFile(broker)
    await pass('0')
    await Promise.all([broker, provider].map((person) => person.leave()))
  })
}
