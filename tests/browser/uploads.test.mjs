// Files of an answer in a browser: with progress, going on by themselves over a
// connection that is cut at random and after the page was left, one that is
// refused stopping no other; and without scripts.
import assert from 'node:assert/strict'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { quote, sql, sqlValue } from '../support/product.mjs'
import { browserStart, browserStop, PHONE, visitor } from './support.mjs'

const OWNER = 'owner@harlequin-larkspur.example'
const DOCUMENT = readFileSync('tests/data/question_set.json', 'utf8')
  .replace('"scheme": "districts"', '"scheme": "lots"')
const DATA = 'tests/data/uploads'
const FOLDER = mkdtempSync(join(tmpdir(), 'hearth-uploads-'))
const PART = 256 * 1024

before(browserStart)
after(async () => {
  rmSync(FOLDER, { recursive: true })
  await browserStop()
})

/** A market test of Hertfordshire's that is open; where it is answered. */
async function marketTest (title) {
  await sql(`
    WITH named AS (
        INSERT INTO question_set (council_id, code, name)
        SELECT id, ${quote(title)}, ${quote(title)} FROM council
         WHERE code = 'hertfordshire' RETURNING council_id, id),
    asked AS (
        INSERT INTO question_set_version (council_id, question_set_id, number,
            document, published_at)
        SELECT council_id, id, 1, ${quote(DOCUMENT)}, clock_now() FROM named
        RETURNING council_id, question_set_id, id)
    INSERT INTO market_test (council_id, title, summary, question_set_id,
        question_set_version_id, opens_at, closes_at, published_at, support)
    SELECT council_id, ${quote(title)}, 'What can you do?', question_set_id,
           id, clock_now() - interval '1 day', clock_now() + interval '2 days',
           clock_now() - interval '2 days', 'Ring us on 01632 960123.'
      FROM asked`)
  const reference = await sqlValue(
    `SELECT reference FROM market_test WHERE title = ${quote(title)}`)

  return `/market-tests/${reference}/response`
}

/** A PDF of that size of which no two parts are alike; its path. */
function paper (name, size) {
  const path = join(FOLDER, name)
  const bytes = randomBytes(size)

  for (let i = 0; i < size; i++) {
    bytes[i] |= 0x80 // no marks of anything else
  }
  bytes.write('%PDF-1.4\n', 0)
  bytes.write('\n%%EOF\n', size - 7)
  writeFileSync(path, bytes)
  return path
}

const hashOf = (path) =>
  createHash('sha256').update(readFileSync(path)).digest('hex')

const kept = (base) => sqlValue(`
  SELECT coalesce(string_agg(u.name || ' ' || encode(u.sha256, 'hex'), ','
         ORDER BY u.name), '')
    FROM sealed.upload u JOIN sealed.response r ON r.id = u.response_id
    JOIN market_test t ON t.id = r.market_test_id
   WHERE t.reference = ${quote(base.split('/')[2])} AND u.sha256 IS NOT NULL`)

async function begun (title, options) {
  const base = await marketTest(title)
  const visit = await visitor('owner', { email: OWNER, ...options })

  await visit.open(base)
  await visit.follow('Begin your response')
  await visit.open(`${base}/sections/what-you-offer`)
  await visit.follow('Save and go to the files', title)
  return { base, visit, input: visit.page.locator('#files') }
}

test('files are sent one after another, and one that is refused stops none',
  async () => {
    for (const size of [undefined, PHONE]) {
      const title = `uploads${size ? '-phone' : ''}`
      const { base, visit, input } = await begun(title, { size })
      const { page } = visit

      await input.setInputFiles([`${DATA}/paper.pdf`, `${DATA}/bomb.docx`,
        `${DATA}/archive.zip`, `${DATA}/photo.jpg`])
      await page.getByText('2 files added, 2 not taken').waitFor()
      await visit.sees('unpacks to far more than it should')
      await visit.sees('Only PDF, DOCX, XLSX')
      await visit.picture(`${title}-sent`)
      assert.equal(await kept(base),
        `paper.pdf ${hashOf(`${DATA}/paper.pdf`)},` +
        `photo.jpg ${hashOf(`${DATA}/photo.jpg`)}`)
      await visit.open(`${base}/questions/papers/files`, `${title}-list`)
      const [download] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('link', { name: 'paper.pdf' }).click()
      ])

      assert.equal(download.suggestedFilename(), 'paper.pdf')
      assert.equal(hashOf(await download.path()),
        hashOf(`${DATA}/paper.pdf`))
      await visit.follow('Remove paper.pdf', `${title}-removed`)
      await visit.sees('paper.pdf removed')
      await visit.follow('Continue')
      await visit.sees('photo.jpg')
      await visit.leave()
    }
  })

test('a connection that is cut at random loses no part', async () => {
  const { base, visit, input } = await begun('uploads-cut')
  const { page } = visit
  const path = paper('Caf\u00e9 plan.pdf', 12 * PART + 77)
  const told = new Set()
  let cuts = 0
  let parts = 0

  await page.exposeFunction('tellProgress', (value) => told.add(value))
  await page.evaluate(() => new MutationObserver(() => {
    const bar = document.querySelector('progress')

    if (bar) {
      window.tellProgress(bar.value)
    }
  }).observe(document.getElementById('upload-lines'),
    { subtree: true, childList: true, characterData: true, attributes: true }))
  await page.route(/\/(files\/begin|uploads\/.*)$/, async (route) => {
    const isPart = /parts/.test(route.request().url())

    parts += isPart
    // Before it is sent, or after it arrived and before that is known.
    if (cuts < 8 && Math.random() < 0.4) {
      cuts++
      if (Math.random() < 0.5) {
        await route.fetch().catch(() => {})
      }
      await route.abort('connectionreset')
    } else {
      await route.continue()
    }
  })
  visit.findings.tell = ((tell) => (problem) => {
    if (!/ERR_CONNECTION_RESET/.test(problem)) {
      tell.call(visit.findings, problem)
    }
  })(visit.findings.tell)
  await input.setInputFiles(path)
  await page.getByText('1 file added').waitFor({ timeout: 120000 })
  assert.equal(await kept(base), `Caf\u00e9 plan.pdf ${hashOf(path)}`)
  assert.ok(told.size > 3, `progress was told ${told.size} times`)
  // What was there was not sent again: at most one part for each cut.
  assert.ok(parts <= 13 + cuts, `${parts} parts over ${cuts} cuts`)
  await visit.leave()
})

test('who comes back goes on where it stopped', async () => {
  const { base, visit, input } = await begun('uploads-back')
  const { page } = visit
  const path = paper('large.pdf', 10 * PART)
  let parts = 0

  await page.route(/\/parts\//, (route) => ++parts > 4
    ? new Promise(() => {}) // it hangs
    : route.continue())
  await input.setInputFiles(path)
  await page.getByText('40% sent').waitFor()
  await page.unrouteAll({ behavior: 'ignoreErrors' })
  page.on('dialog', (dialog) => dialog.accept())
  await visit.open(`${base}/questions/papers/files`, 'uploads-half')
  await visit.sees('Choose the same file again to go on')
  const had = Number(await sqlValue(
    'SELECT count(*) FROM sealed.upload_part p JOIN sealed.upload u ' +
    "ON u.id = p.upload_id WHERE u.name = 'large.pdf'"))

  assert.ok(had >= 4)
  parts = 0
  page.on('request', (request) => {
    parts += /\/parts\//.test(request.url())
  })
  await page.locator('#files').setInputFiles(path)
  await page.getByText('1 file added').waitFor()
  assert.equal(parts, 10 - had)
  assert.equal(await kept(base), `large.pdf ${hashOf(path)}`)
  await visit.leave()
})

test('without scripts all are sent at once', async () => {
  const { base, visit, input } = await begun('uploads-plain',
    { scripts: false, size: PHONE })

  await visit.sees('all that you send at once can be 2 MB')
  await input.setInputFiles([`${DATA}/letter.docx`, `${DATA}/page-after.pdf`])
  await visit.follow('Send files', 'uploads-plain-refused')
  await visit.sees('There is a problem')
  await visit.sees('letter.docx')
  await input.setInputFiles(`${DATA}/rates.ods`)
  await visit.follow('Send files', 'uploads-plain-sent')
  await visit.sees('File added')
  assert.equal(await kept(base),
    `letter.docx ${hashOf(`${DATA}/letter.docx`)},` +
    `rates.ods ${hashOf(`${DATA}/rates.ods`)}`)
  await visit.leave()
})
