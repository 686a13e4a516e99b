import { appendFile } from 'node:fs/promises'

/** What was survived, for whoever reads the run: printed, and as JSON lines in the file that the environment names. */
export async function survived(kind: string, counts: Readonly<Record<string, number>>): Promise<void> {
  const line = JSON.stringify({ kind, ...counts })
  process.stdout.write(`${line}\n`)
  const file = process.env['PLUMBLINE_FAULTS_REPORT']
  if (file !== undefined) await appendFile(file, `${line}\n`)
}
