// People in front of browsers: a context of its own for each, in Debian's
// Chromium, that fails the test on invalid HTML, accessibility faults, script
// errors, violations of the content security policy, pages wider than the
// screen and answers of 5xx. Pictures of pages go to build/screenshots.
import { AxeBuilder } from '@axe-core/playwright'
import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { HtmlValidate } from 'html-validate'
import { chromium } from 'playwright-core'
import { PASSWORD, session, url } from '../support/product.mjs'

const AXE_TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']
const PICTURES = join(process.env.BUILD || 'build', 'screenshots')
export const DESKTOP = { width: 1280, height: 900 }
export const PHONE = { width: 320, height: 640 }
const WAIT = 10000
const PICTURE_WAIT = 60000 // pictures prove nothing, so they may take long
const MOST_TABS = 400

// GOV.UK Frontend's own markup decides what these rules would change.
const validator = new HtmlValidate({
  extends: ['html-validate:recommended'],
  rules: {
    'form-dup-name': ['error',
      { shared: ['radio', 'checkbox', 'button', 'submit'] }],
    'long-title': 'off',
    'no-redundant-role': 'off',
    'no-trailing-whitespace': 'off',
    'prefer-native-element': 'off',
    'require-sri': 'off',
    'tel-non-breaking': 'off',
    'wcag/h30': 'off',
    'wcag/h32': 'off'
  }
})

/**
 * What a telephone shows badly, in words; runs in the page. Long tables are
 * stacked: their cells say their column, and nothing is beside the screen.
 */
export function phoneFaults () {
  const faults = []
  const excess = document.scrollingElement.scrollWidth - window.innerWidth
  const isHidden = (one) => one.closest('thead, .govuk-visually-hidden')
  const isBeside = (one) => !isHidden(one) &&
    (one.getBoundingClientRect().right > window.innerWidth + 1 ||
      (getComputedStyle(one).overflowX !== 'visible' &&
        one.scrollWidth > one.clientWidth + 1))
  // What stands alone after the row's name, and a control, say what they are.
  const lacksLabel = (cell) => cell.innerText.trim() !== '' &&
    !cell.dataset.label && !cell.querySelector('a, button') &&
    cell.parentElement.children.length > 2

  if (excess > 0) {
    faults.push(`the page is ${excess} px too wide`)
  }
  for (const table of document.querySelectorAll('main table')) {
    const name = table.caption?.innerText || table.ariaLabel
    const region = table.closest('.hearth-scroll')
    const parts = table.querySelectorAll('thead, tbody, tr, th, td')

    if (!region && table.tHead?.rows[0].cells.length > 3) {
      faults.push(`"${name}" is not stacked`)
    }
    for (const part of region ? [table, ...parts] : []) {
      if (!part.hasAttribute('role')) {
        faults.push(`"${name}" has a <${part.localName}> without a role`)
      }
      if (part.localName === 'td' && lacksLabel(part)) {
        faults.push(`"${name}" has no label before "${part.innerText}"`)
      }
    }
    for (const one of region?.querySelectorAll('*') ?? []) {
      if (isBeside(one)) {
        faults.push(`"${name}" has a <${one.localName}> beside the screen`)
      }
    }
    if (region && isBeside(region)) {
      faults.push(`"${name}" scrolls sideways`)
    }
  }
  return [...new Set(faults)]
}

let browser

export async function browserStart () {
  mkdirSync(PICTURES, { recursive: true })
  browser = await chromium.launch({
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium',
    args: ['--headless=new', '--no-sandbox', '--disable-gpu',
      '--disable-quic', '--no-first-run', '--disable-dev-shm-usage',
      '--disable-background-networking', '--disable-component-update',
      '--disable-sync']
  })
}

export const browserStop = () => browser?.close()

export async function invalidities (html, path) {
  const report = await validator.validateString(html, path)

  return report.results.flatMap(({ messages }) => messages
    .filter(({ severity }) => severity === 2)
    .map(({ ruleId, message, line }) =>
      `HTML of ${path}:${line}: ${message} (${ruleId})`))
}

// References and line numbers differ where the fault is the same.
const essence = (text) => text.replace(/[A-Z][0-9A-HJKMNP-TV-Z]{8}|\d+/g, '#')

/** What all tabs of one person found. */
class Findings {
  problems = []
  told = new Set()
  looked = new Set()
  pending = []

  constructor (name) {
    this.name = name
  }

  tell (problem) {
    const text = `${this.name}: ${problem}`

    if (!this.told.has(essence(text))) {
      this.told.add(essence(text))
      this.problems.push(text)
    }
  }

  watch (page) {
    page.setDefaultTimeout(WAIT)
    page.on('pageerror', (error) => this.tell(`script: ${error.message}`))
    page.on('console', (message) => {
      // What a refused form answers is no fault of the page.
      if (message.type() === 'error' &&
          !/status of (403|404|409|410|422|503)/.test(message.text())) {
        this.tell(`console: ${message.text()}`)
      }
    })
    page.on('response', (response) => {
      if (response.request().isNavigationRequest() &&
          (response.status() < 300 || response.status() >= 400)) {
        this.pending.push(this.validate(response))
      }
    })
  }

  async validate (response) {
    const path = new URL(response.url()).pathname
    let html

    if (!/html/.test(response.headers()['content-type'])) {
      return
    }
    if (response.status() >= 500) {
      this.tell(`${response.status()} from ${path}`)
    }
    try {
      html = await response.text()
    } catch {
      return // the next page was faster
    }
    for (const problem of await invalidities(html, path)) {
      this.tell(problem)
    }
  }

  async axe (page, title) {
    // Pages have no frames, for which axe would open a page of its own.
    const { violations } = await new AxeBuilder({ page })
      .withTags(AXE_TAGS).setLegacyMode(true).analyze()

    for (const { id, help, nodes } of violations) {
      this.tell(`axe on "${title}" at ${page.url()}: ${id}: ${help}: ` +
        nodes.slice(0, 3).map(({ html }) => html.slice(0, 200)).join(' | '))
    }
  }
}

export class Visitor {
  constructor (context, page, findings, hasScripts) {
    Object.assign(this, { context, page, findings, hasScripts })
    findings.watch(page)
  }

  /** Goes to an address and looks at the page; its status. */
  async open (path, picture) {
    const response = await this.page.goto(url + path)

    await this.look(picture)
    return response.status()
  }

  /**
   * Through the link or button of that name to the page behind it. GOV.UK
   * has links that look like buttons and say so to screen readers.
   */
  async follow (name, picture) {
    const arrival = this.page.waitForEvent('framenavigated')
    const target = this.page.getByRole('link', { name })
      .or(this.page.getByRole('button', { name })).first()

    arrival.catch(() => {})
    try {
      await this.click(target)
      await arrival
    } catch (error) {
      throw new Error(`no way through "${name}" from ${await this.where()}: ` +
        error.message.split('\n', 1)[0])
    }
    await this.page.waitForLoadState()
    await this.look(picture)
  }

  /**
   * Fills fields by their name: text as it is, a radio's or option's value,
   * an array of the boxes to tick.
   */
  async fill (values) {
    for (const [name, value] of Object.entries(values)) {
      const fields = this.page.locator(`main [name="${name}"]`)
      const first = fields.first()
      const kind = await first.evaluate((one) => one.type)

      if (kind === 'radio' || kind === 'checkbox') {
        for (const one of [value].flat()) {
          await this.choose(fields.and(
            this.page.locator(`[value="${one}"]`)))
        }
      } else if (kind.startsWith('select')) {
        await this.select(first, value)
      } else {
        await this.type(first, value)
      }
    }
  }

  /** The same by the label that people read: text, an option, ticked or not. */
  async fillLabelled (values) {
    for (const [label, value] of Object.entries(values)) {
      const field = this.page.getByLabel(label, { exact: true }).first()

      if (typeof value === 'boolean') {
        await field.setChecked(value)
      } else if (await field.evaluate((one) => one.tagName) === 'SELECT') {
        await field.selectOption({ label: value })
      } else {
        await field.fill(value)
      }
    }
  }

  choose (field) {
    return field.check()
  }

  select (field, value) {
    return field.selectOption(value)
  }

  type (field, text) {
    return field.fill(text)
  }

  click (target) {
    return target.click()
  }

  heading () {
    return this.page.locator('h1').innerText()
  }

  /** For messages: the page, and what it says is wrong. */
  async where () {
    const said = await this.page.locator('.govuk-error-summary, h1')
      .allInnerTexts()

    return `${this.path()} (${said.join('; ').replace(/\s+/g, ' ')})`
  }

  async isAt (path) {
    if (this.path() !== path) {
      throw new Error(`at ${await this.where()}, not at ${path}`)
    }
  }

  path () {
    return new URL(this.page.url()).pathname
  }

  async sees (text) {
    await this.page.locator('main').getByText(text).first().waitFor()
  }

  async seesNot (text) {
    assert.equal(await this.page.getByText(text).count(), 0,
      `${this.findings.name} sees ${text}`)
  }

  /** What this page is held to; a picture of it when it has a name. */
  async look (picture) {
    const { page, findings } = this
    const title = await page.title()
    const width = await page.evaluate(() =>
      document.scrollingElement.scrollWidth - window.innerWidth)

    if (width > 0) {
      findings.tell(`"${title}" at ${page.url()} is ${width} px too wide`)
    }
    if (await page.locator('h1').count() !== 1) {
      findings.tell(`"${title}" at ${page.url()} has not one h1`)
    }
    if (picture) {
      await this.picture(picture)
    }
    const kind = essence(`${title} ${this.path()}`)

    if (this.hasScripts && !findings.looked.has(kind)) {
      findings.looked.add(kind)
      await findings.axe(page, title)
    }
  }

  /** A picture of the page; `fullPage: false` of the screen only. */
  picture (name, options = {}) {
    return this.page.screenshot({
      path: join(PICTURES, `${name}.png`),
      fullPage: true,
      timeout: PICTURE_WAIT,
      ...options
    })
  }

  /** Signs in by the page, as people do. */
  async signIn (email, password = PASSWORD) {
    await this.page.goto(`${url}/sign-in`)
    await this.fill({ email, password })
    await this.follow('Sign in')
  }

  /** Another tab of the same person. */
  async tab () {
    return new this.constructor(this.context, await this.context.newPage(),
      this.findings, this.hasScripts)
  }

  /** Ends it, and fails when anything was wrong on the way. */
  async leave () {
    await Promise.all(this.findings.pending)
    await this.context.close()
    if (this.findings.problems.length > 0) {
      throw new Error(this.findings.problems.join('\n'))
    }
  }
}

/** Somebody who uses nothing but the keyboard. */
export class Typist extends Visitor {
  /** Tab until it has the focus, as far as once around the page. */
  async reach (target) {
    const isReached = () =>
      target.evaluate((one) => one === document.activeElement)

    for (let i = 0; i < MOST_TABS; i++) {
      if (await isReached()) {
        return
      }
      await this.page.keyboard.press('Tab')
    }
    throw new Error(`no Tab leads to ${target} on ${this.page.url()}`)
  }

  /** Tab leads to a group of radios; the arrow keys to each of them. */
  async choose (field) {
    const { keyboard } = this.page

    if (await field.evaluate((one) => one.type) === 'checkbox') {
      await this.reach(field)
      await keyboard.press('Space')
    } else {
      const name = await field.getAttribute('name')
      const group = this.page.locator(`main [name="${name}"]`)
      const checked = group.and(this.page.locator(':checked'))
      const count = await group.count()

      await this.reach(await checked.count() ? checked : group.first())
      await keyboard.press('Space')
      for (let i = 0; i < count && !await field.isChecked(); i++) {
        await keyboard.press('ArrowDown')
      }
    }
    assert.ok(await field.isChecked())
  }

  async select (field, value) {
    await this.reach(field)
    for (let i = 0; i < 100 && await field.inputValue() !== value; i++) {
      await this.page.keyboard.press('ArrowDown')
    }
    assert.equal(await field.inputValue(), value)
  }

  async type (field, text) {
    await this.reach(field)
    await this.page.keyboard.press('Control+a')
    await this.page.keyboard.press('Delete')
    await this.page.keyboard.type(text)
  }

  async click (target) {
    await this.reach(target)
    await this.page.keyboard.press('Enter')
  }
}

/**
 * A person with a browser of their own. `email` signs in without the page;
 * `size` is DESKTOP or PHONE; `scripts: false` is without JavaScript, `keyboard` without a mouse.
 */
export async function visitor (name,
  { email, size = DESKTOP, scripts = true, keyboard = false } = {}) {
  const context = await browser.newContext({
    viewport: size,
    javaScriptEnabled: scripts,
    locale: 'en-GB',
    timezoneId: 'Europe/London',
    reducedMotion: 'reduce'
  })

  if (email) {
    const [field, value] = (await session(email)).split('=')

    await context.addCookies([{ name: field, value, url }])
  }
  return new (keyboard ? Typist : Visitor)(context, await context.newPage(),
    new Findings(name), scripts)
}
