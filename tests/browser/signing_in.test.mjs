// Signing in and out, and what everybody may see.
import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { PASSWORD, people, url } from '../support/product.mjs'
import { PHONE, browserStart, browserStop, visitor } from './support.mjs'

before(browserStart)
after(browserStop)

for (const [how, options] of [
  ['at a desk', {}],
  ['on a telephone', { size: PHONE }],
  ['without JavaScript', { scripts: false, size: PHONE }]
]) {
  test(`signing in and out ${how}`, async () => {
    const broker = await visitor('broker', options)
    const { page } = broker

    await broker.open('/')
    await broker.open('/sign-in', options.size ? null : 'sign-in')
    await broker.follow('Sign in')
    assert.match(await page.title(), /^Error: /)
    await broker.sees('Enter your email address')
    await broker.fill({ email: people.broker, password: 'not the password' })
    await broker.follow('Sign in')
    assert.match(await page.title(), /^Error: /)
    assert.equal(await page.getByLabel('Email address').inputValue(),
      people.broker)
    assert.equal(await page.getByLabel('Password', { exact: true })
      .inputValue(), '')
    await broker.signIn(people.administrator)
    assert.notEqual(broker.path(), '/sign-in')
    await broker.follow('Sign out')
    await broker.open('/change-password')
    assert.equal(broker.path(), '/sign-in')
    await broker.leave()
  })
}

test('signing in leads to the page that was asked for', async () => {
  const administrator = await visitor('administrator')

  await administrator.open('/audit?page=1')
  await administrator.fill({ email: people.administrator, password: PASSWORD })
  await administrator.follow('Sign in')
  assert.equal(administrator.page.url(), `${url}/audit?page=1`)
  await administrator.leave()
})
