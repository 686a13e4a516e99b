import { StringDecoder } from 'node:string_decoder'
import sax, { type Tag } from 'sax'
import { type Failure, invalid } from '#core/failure.ts'
import { decoded } from './encoding.ts'
import type { TextFile } from './open-text.ts'

/** Attributes by their keys; those that are nested in others are left out. */
export type Attributes = ReadonlyMap<string, string>

/** One event of an event log in XES (IEEE 1849), with the attributes of the trace that it belongs to. */
export interface LogEvent {
  /** Where it begins. */
  readonly line: number
  readonly trace: Attributes
  readonly event: Attributes
}

/** Elements that hold a value; `list` and `container` hold others. */
const VALUES = new Set(['string', 'date', 'int', 'float', 'boolean', 'id'])
/** More than any log nests. */
const DEEPEST = 100
const MOST_ATTRIBUTES = 500
/** A case with more events is none: the log was grouped by something else. */
const MOST_EVENTS = 20_000

/**
 * Events of a log in the file's order, trace by trace; memory holds one trace. Nothing outside of the file is read: a log
 * with a document type, in which entities could be declared, is refused, and so is one that is cut off or no XML.
 */
export async function* readEventLog(file: TextFile): AsyncGenerator<LogEvent> {
  const parser = sax.parser(true, { position: true })
  const path: string[] = []
  let failure: Failure | null = null
  let ready: LogEvent[] = []
  let trace = new Map<string, string>()
  let events: { line: number; event: Map<string, string> }[] = []
  const fail = (found: Failure) => {
    failure ??= found
  }
  Object.assign(parser, {
    onerror: () => fail(invalid('xes.no-xml', { line: parser.line + 1 })),
    ondoctype: () => fail(invalid('xes.doctype')),
    onopentag: ({ name, attributes }: Tag) => {
      path.push(name)
      if (path.length > DEEPEST) return fail(invalid('xes.no-xml', { line: parser.line + 1 }))
      if (path.length === 1 && name !== 'log') return fail(invalid('xes.no-log', { element: name.slice(0, 80) }))
      if (path[1] !== 'trace') return
      if (path.length === 2) {
        trace = new Map()
        events = []
      } else if (path.length === 3 && name === 'event') {
        events.push({ line: parser.line + 1, event: new Map() })
        if (events.length > MOST_EVENTS) fail(invalid('xes.long-trace', { events: MOST_EVENTS, line: parser.line + 1 }))
      } else if (VALUES.has(name) && (path.length === 3 || (path.length === 4 && path[2] === 'event'))) {
        const { key, value } = attributes
        const into = path.length === 3 ? trace : events.at(-1)!.event
        if (key !== undefined && value !== undefined && into.size < MOST_ATTRIBUTES) into.set(key, value)
      }
    },
    onclosetag: () => {
      const closed = path.pop()
      if (closed !== 'trace' || path.length !== 1) return
      for (const each of events) ready.push({ ...each, trace })
    },
  })

  const decoder = new StringDecoder('utf8')
  for await (const chunk of decoded(file.head, file.chunks).chunks) {
    if (failure === null) parser.write(decoder.write(chunk))
    if (failure !== null) throw failure as Failure
    const batch = ready
    ready = []
    yield* batch
  }
  if (path.length > 0) throw invalid('xes.cut', { line: parser.line + 1 })
}
