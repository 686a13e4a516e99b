import { type Document, LineCounter, parseDocument, stringify } from 'yaml'
import type { z } from 'zod'
import { type Failure, invalid } from '#core/failure.ts'
import type { Language } from '#core/text.ts'
import { inputWords } from '#platform/input-words.ts'

/** What is written into a file: keys in the order in which they are given, hours as `08:00-18:00`. */
export function yamlOf(heading: string, content: object): string {
  return `# ${heading}\n${stringify(readable(content), { lineWidth: 120, singleQuote: true })}`
}

/** A file as it was read: its content, and where each part of it stands. */
export interface YamlFile {
  readonly content: unknown
  /** The line of what a path leads to, or of what comes nearest. */
  readonly lineOf: (path: readonly PropertyKey[]) => number
}

/** Reads a file of YAML; comments say nothing. Fails with the line of what is none, and of what stands for something else. */
export function readYaml(text: string): YamlFile {
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true, customTags: [] })
  const [problem] = document.errors
  if (problem !== undefined) {
    throw invalid('yaml.unreadable', {
      line: lines.linePos(problem.pos[0]).line,
      reason: problem.message.split('\n')[0]!,
    })
  }
  let content: unknown
  try {
    // An alias can stand for more than memory holds.
    content = document.toJS({ maxAliasCount: 0 })
  } catch {
    throw invalid('yaml.alias')
  }
  return { content: fromReadable(content), lineOf: (path) => lines.linePos(offsetOf(document, path)).line }
}

/** The content by a schema. What does not fit is said with line and path. */
export function parseYaml<Schema extends z.ZodType>(
  schema: Schema,
  file: YamlFile,
  language: Language,
): z.output<Schema> {
  const read = schema.safeParse(file.content, { error: inputWords(language) })
  if (read.success) return read.data
  const { path, message } = read.error.issues[0]!
  throw invalid('yaml.invalid', { ...placeOf(file, path), reason: message })
}

/** What cannot be done with a part of a file, with its line and path. */
export function yamlProblem(code: 'yaml.holds' | 'yaml.order', file: YamlFile, path: readonly PropertyKey[]): Failure {
  return invalid(code, placeOf(file, path))
}

function placeOf(file: YamlFile, path: readonly PropertyKey[]) {
  return { line: file.lineOf(path), path: path.map(String).join('.') || '–' }
}

function offsetOf(document: Document, path: readonly PropertyKey[]): number {
  for (let length = path.length; length >= 0; length--) {
    const node = document.getIn(path.slice(0, length), true) as
      | { readonly range?: readonly number[] | null }
      | undefined
    if (node?.range) return node.range[0]!
  }
  return 0
}

const HOURS = /^(\d\d):(\d\d)-(\d\d):(\d\d)$/

/** Open windows as people write them; all else as it is. */
function readable(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(readable)
  if (value === null || typeof value !== 'object') return value
  const { opens, closes, ...rest } = value as { opens?: unknown; closes?: unknown }
  if (typeof opens === 'number' && typeof closes === 'number' && Object.keys(rest).length === 0) {
    return `${clock(opens)}-${clock(closes)}`
  }
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, readable(each)]))
}

function clock(minutes: number): string {
  const two = (part: number) => String(part).padStart(2, '0')
  return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}`
}

/** Hours are read only where a list of them stands, so that no name is taken for one. */
function fromReadable(value: unknown, inList = false): unknown {
  if (Array.isArray(value)) return value.map((each) => fromReadable(each, true))
  if (typeof value === 'string' && inList) {
    const found = HOURS.exec(value)
    if (found === null) return value
    const [opensHour, opensMinute, closesHour, closesMinute] = found.slice(1).map(Number) as [
      number,
      number,
      number,
      number,
    ]
    return { opens: opensHour * 60 + opensMinute, closes: closesHour * 60 + closesMinute }
  }
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fromReadable(each)]))
}
