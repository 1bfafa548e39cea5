// Entering a package of care from scratch: at a desk, on a telephone without
// JavaScript, and by keyboard only.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { people } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'
import {
  beginPackage, canary, fillPackage, stateOf, submitPackage
} from './steps.mjs'

before(browserStart)
after(browserStop)

for (const [how, options, prefix] of [
  ['at a desk', {}, 'entry-'],
  ['on a telephone without JavaScript', { size: PHONE, scripts: false },
    'entry-telephone-'],
  ['by keyboard only', { keyboard: true }, null]
]) {
  test(`a package is entered ${how}`, async () => {
    const broker = await visitor('broker', { email: people.broker, ...options })
    const picture = (name) => prefix && prefix + name

    await broker.open('/packages', picture('board'))
    const person = canary()
    const reference = await beginPackage(broker, person, picture)

    await fillPackage(broker, reference, person, { picture })
    await submitPackage(broker, picture)
    assert.equal(await stateOf(reference), 'waiting')
    await broker.leave()
  })
}
