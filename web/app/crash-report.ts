import { CallFailure } from '#web/http/call-failure.ts'

/**
 * What helps to mend a defect and tells nothing about anybody: the kind of error, the pattern of the route (not the
 * address, which holds names and filters), our own places in the stack, the browser. Not the error's message: it may quote
 * what was typed.
 */
export function reportOf(error: unknown, route: string, at: Date = new Date()): string {
  const name = error instanceof Error ? error.name : typeof error
  const stack = error instanceof Error ? placesIn(error.stack ?? '') : []
  return [
    `what: ${name}${error instanceof CallFailure ? ` ${error.status} ${error.code}` : ''}`,
    ...(error instanceof CallFailure && error.requestId ? [`request: ${error.requestId}`] : []),
    `route: ${route}`,
    `when: ${at.toISOString()}`,
    ...(typeof navigator === 'undefined' ? [] : [`browser: ${navigator.userAgent}`]),
    ...stack.map((place) => `at: ${place}`),
  ].join('\n')
}

/** File, line and column of each frame; the text before the first frame is the message, which is left out. */
function placesIn(stack: string): readonly string[] {
  return [...stack.matchAll(/([\w.-]+\.(?:m?js|tsx?)):(\d+):(\d+)/g)]
    .slice(0, 12)
    .map(([, file, line, column]) => `${file}:${line}:${column}`)
}
