import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { exportCustomer } from '#platform/exit/export-customer.ts'
import { audiences } from '#platform/exit/form.ts'
import type { CommandWorld } from './command.ts'
import { sayCommand } from './text.ts'

/**
 * `export FILE --customer NAME [--for provider|customer]`: writes a customer into one file in an open form, for whoever works
 * for them next (`import plumbline FILE`), or for themselves: then what they may see and nothing else.
 */
export async function exportCommand(
  args: readonly string[],
  { database: { pool }, out, err, json, language }: CommandWorld,
): Promise<number> {
  const { values, positionals } = parseArgs({
    args: [...args],
    options: {
      customer: { type: 'string' },
      for: { type: 'string', default: 'provider' },
      help: { type: 'boolean', default: false },
    },
    allowPositionals: true,
  })
  const [path] = positionals
  const audience = audiences.find((each) => each === values.for)
  const right =
    path !== undefined && positionals.length === 1 && values.customer !== undefined && audience !== undefined
  if (values.help || !right) {
    ;(values.help ? out : err)(sayCommand(language, 'export.usage'))
    return values.help ? 0 : 2
  }
  const done = await exportCustomer(resolve(path), { pool, customer: values.customer!, audience, now: new Date() })
  out(json ? JSON.stringify({ file: path, ...done }) : sayCommand(language, 'export.done', { file: path, ...done }))
  return 0
}
