// The statements that a page really runs, read from the server's own log, as
// a script for pgbench with the same values.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { pause, request, sql } from './product.mjs'

const SETTINGS = {
  log_destination: 'jsonlog',
  log_statement: 'all',
  log_error_verbosity: 'default',
  log_parameter_max_length: '-1'
}

async function logging (isOn) {
  const commands = Object.entries(SETTINGS).map(([name, value]) => isOn
    ? `ALTER SYSTEM SET ${name} = '${value}';`
    : `ALTER SYSTEM RESET ${name};`)

  await sql(`${commands.join('\n')}
    SELECT pg_reload_conf();`)
  await pause(500)
}

/** $1 = 'it''s', $2 = NULL  gives  ["it's", null]. */
function parameters (detail) {
  const found = (detail || '').matchAll(/\$\d+ = (NULL|'((?:[^']|'')*)')/g)

  return [...found].map(([, whole, text]) =>
    whole === 'NULL' ? null : text.replaceAll("''", "'"))
}

// pgbench takes a colon before a name for a variable, in a string as well.
const colonsHide = (text) => text.replace(/'(?:[^']|'')*'/g, (constant) =>
  /:[A-Za-z0-9_]/.test(constant)
    ? `U&${constant.replaceAll('\\', '\\\\').replaceAll(':', '\\003A')}`
    : constant)

/**
 * What GET path runs in its transaction: its statements with their values, in
 * order, BEGIN and COMMIT with them.
 */
export async function statementsOf (path, cookie) {
  const file = (await sql('SELECT pg_current_logfile()'))[0][0]
    .replace(/\.log$/, '.json')
  const folder = (await sql('SHOW log_directory'))[0][0]
  const log = join(folder, file.split('/').pop())

  await logging(true)
  try {
    await request(path, { cookie })
    await pause(300)
    const before = readFileSync(log).length

    await request(path, { cookie })
    await pause(500)
    return readFileSync(log).subarray(before).toString().trim().split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ user }) => user === 'hearth_web')
      .map(({ message, detail }) => ({
        text: message.match(
          /^(?:statement|execute [^:]+): ([\s\S]*)$/)?.[1],
        values: parameters(detail)
      }))
      .filter(({ text }) => text)
  } finally {
    await logging(false)
  }
}

/** Writes the script; gives pgbench's arguments for it. */
export function pgbenchScript (statements, file) {
  const args = ['-f', file]
  let number = 0
  const text = statements.map((statement) => {
    number++
    return colonsHide(statement.text.trim().replace(/;$/, ''))
      .replace(/\$(\d+)/g, (whole, index) => {
        const value = statement.values[index - 1]
        const name = `s${number}p${index}`

        if (value === null || value === undefined) {
          return 'NULL'
        }
        if (value === '') {
          return "''"
        }
        if (!args.includes(`${name}=${value}`)) {
          args.push('-D', `${name}=${value}`)
        }
        return `:${name}`
      })
  })

  writeFileSync(file, `${text.join(';\n')};\n`)
  return args
}
