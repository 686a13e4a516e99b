import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, join } from 'node:path'
import { ROOT } from '#platform/configuration.ts'

/** How a tool ended. */
export interface ToolEnd {
  readonly succeeded: boolean
  /** On standard output and error, as it came; empty when it went straight to the terminal. */
  readonly output: string
  /** What it wrote on standard output alone. */
  readonly stdout: string
  readonly tookTooLong: boolean
}

/** A tool that has not ended by then never will. */
export const LONGEST_MINUTES = 20

const running = new Set<ChildProcess>()

/**
 * Runs a tool of the dependencies on the Node that we run on, in the project's root.
 *
 * @param script Below `node_modules`.
 * @param shown Its output goes to our standard error as it comes.
 * @param minutes When it is ended.
 */
export async function runTool(
  script: string,
  args: readonly string[],
  {
    shown = false,
    minutes = LONGEST_MINUTES,
    env = {},
  }: {
    readonly shown?: boolean
    readonly minutes?: number
    readonly env?: Readonly<Record<string, string>>
  } = {},
): Promise<ToolEnd> {
  const child = spawn(process.execPath, [join(ROOT, 'node_modules', script), ...args], {
    cwd: ROOT,
    // Tools of tools begin with `#!/usr/bin/env node`; they are to find this one.
    env: { ...process.env, PATH: join(ROOT, 'node_modules/.bin') + delimiter + (process.env['PATH'] ?? ''), ...env },
    // Standard output is for the closing line alone.
    stdio: shown ? ['ignore', 2, 2] : ['ignore', 'pipe', 'pipe'],
  })
  running.add(child)
  let tookTooLong = false
  const limit = setTimeout(() => {
    tookTooLong = true
    child.kill('SIGKILL')
  }, minutes * 60_000)
  let output = ''
  let stdout = ''
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    output += chunk
    stdout += chunk
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => (output += chunk))
  try {
    const [code] = (await once(child, 'close')) as [number | null]
    return { succeeded: code === 0, output, stdout, tookTooLong }
  } finally {
    clearTimeout(limit)
    running.delete(child)
  }
}

/** Ends every tool that runs, and waits until it has ended. */
export async function endTools(signal: NodeJS.Signals): Promise<void> {
  await Promise.all(
    [...running].map(async (child) => {
      const ended = once(child, 'close')
      child.kill(signal)
      await ended
    }),
  )
}
