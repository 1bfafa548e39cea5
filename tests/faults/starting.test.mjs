// make run where it cannot run: one clear line, and nothing half started.
import assert from 'node:assert/strict'
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import net from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { run } from '../support/product.mjs'

/** Runs make run's script to its end; its status and what it said. */
function start (env) {
  return new Promise((resolve) => {
    const child = spawn('conf/run/run.sh', {
      env: { ...process.env, ...env },
      stdio: ['ignore', 'pipe', 'pipe']
    })
    let out = ''
    let error = ''

    child.stdout.on('data', (part) => { out += part })
    child.stderr.on('data', (part) => { error += part })
    child.on('close', (code) => resolve({ code, out, error }))
  })
}

function isOneLine ({ code, error }, pattern) {
  assert.notEqual(code, 0)
  assert.match(error, pattern)
  assert.equal(error.trim().split('\n').length, 1, error)
}

test('a taken port is told in one line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-'))
  const listener = net.createServer().listen(0, '127.0.0.1')

  try {
    await new Promise((resolve) => listener.once('listening', resolve))
    const port = listener.address().port

    isOneLine(await start({ VAR: join(folder, 'var'), PORT: String(port) }),
      new RegExp(`^hearth: port ${port} is taken`))
    assert.equal(existsSync(join(folder, 'var')), false)
  } finally {
    listener.close()
    rmSync(folder, { recursive: true })
  }
})

test('a port that is none is told in one line', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hearth-'))

  try {
    for (const port of ['eighty', '0', '65536', '-1']) {
      isOneLine(await start({ VAR: join(folder, 'var'), PORT: port }),
        /^hearth: PORT=.* is not a port/)
    }
    assert.equal(existsSync(join(folder, 'var')), false)
  } finally {
    rmSync(folder, { recursive: true })
  }
})

const canMount = process.getuid() === 0 &&
  spawnSync('unshare', ['--mount', 'true']).status === 0

test('a full disk is told in one line',
  { skip: canMount ? false : 'needs the right to mount' }, async () => {
    const folder = mkdtempSync(join(tmpdir(), 'hearth-'))

    await run('mount', ['-t', 'tmpfs', '-o', 'size=8m', 'tmpfs', folder])
    try {
      isOneLine(await start({ VAR: join(folder, 'var'), PORT: '19999' }),
        /^hearth: the disk .* is full: \d+ MB are free/)
      assert.deepEqual(readdirSync(join(folder, 'var')), [])
    } finally {
      await run('umount', [folder])
      rmSync(folder, { recursive: true })
    }
  })
