import type { TestProject } from 'vitest/node'
import { findChromium } from '#platform/chromium.ts'
import { terminalLanguage } from '#platform/terminal-language.ts'
import { runVerb, startProgram } from './program.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the program with the sample company answers, and a token for its API. */
    program: { readonly url: string; readonly token: string }
    chromium: { readonly executablePath: string; readonly args: readonly string[] }
  }
}

/** So much of the sample company is enough to see everything. */
const TICKETS = 2500

/** One program with the sample company, and a browser, for all journeys. */
export async function setup({ provide }: TestProject): Promise<() => Promise<void>> {
  const language = terminalLanguage(process.env)
  const { executablePath, args, env } = await findChromium({
    language,
    log: (line) => process.stderr.write(`${line}\n`),
  })
  Object.assign(process.env, env)
  const program = await startProgram()
  await runVerb(['sample', '--tickets', String(TICKETS), '--json'], { ...process.env, PLUMBLINE_DATA: program.folder })
  provide('program', { url: program.url, token: program.token })
  provide('chromium', { executablePath, args: [...args] })
  return () => program.stop()
}
