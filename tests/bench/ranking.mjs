// The same market ranked by app/matching and by one SQL statement over indexed
// tables: both must give the same order, then their times are compared.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../support/product.mjs'

const SECONDS = Number(process.env.BENCH_SECONDS || 5)
const build = process.env.BUILD || 'build'
const folder = join(process.cwd(), build, 'bench', 'market')

const psql = (...args) => run('psql', ['-X', '-q', '-A', '-t', '-U', 'postgres',
  '-v', 'ON_ERROR_STOP=1', ...args])

mkdirSync(folder, { recursive: true })
const times = (await run(join(build, 'tests', 'bench', 'matching'), [folder]))
  .trim().split(' ').map((ns) => Number(ns) / 1e6)
const slots = readFileSync(join(folder, 'need'), 'utf8').trim()

await psql('-f', 'tests/bench/ranking.sql',
  ...['provider', 'provider_area', 'provider_group', 'provider_term']
    .flatMap((table) => ['-c',
      `\\copy bench.${table} FROM '${join(folder, table)}.csv' CSV`]),
  '-c', 'ANALYZE')

for (const [i, name] of ['six_steps', 'weighted'].entries()) {
  const query = readFileSync(`tests/bench/ranking_${name}.sql`, 'utf8')
    .replaceAll(':call_slots', slots)
  const file = join(folder, `${name}.sql`)

  writeFileSync(file, query)
  const order = await psql('-f', file)

  if (order !== readFileSync(join(folder, `${name}.order`), 'utf8')) {
    throw new Error(`${name}: SQL and C give different orders`)
  }
  const out = await run('pgbench', ['-n', '-M', 'prepared', '-U', 'postgres',
    '-c', '1', '-T', SECONDS, '-f', file])
  const sql = Number(out.match(/latency average = ([\d.]+) ms/)[1])

  console.log([`rank_10000_${name}_beside_SQL`, times[i].toFixed(3), 'ms',
    'one SQL statement', sql.toFixed(3), (times[i] / sql).toFixed(4)].join('\t'))
}
