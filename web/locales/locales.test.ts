import { compileMessageOrThrow } from '@lingui/message-utils/compileMessage'
import { parseSync } from '@swc/core'
import { describe, expect, test } from 'vitest'

const catalogues = import.meta.glob<string>('./*/*.json', { query: '?raw', import: 'default', eager: true })
const code = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
const parts = Object.keys(catalogues).flatMap((path) => /^\.\/en\/(.+)\.json$/.exec(path)?.[1] ?? [])
const sources = Object.entries(code).map(([file, text]) => ({ file, text }))

function texts(language: string, part: string): Record<string, string> {
  return JSON.parse(catalogues[`./${language}/${part}.json`] ?? '{}') as Record<string, string>
}

test('there are catalogues and code to look at', () => {
  expect(parts).toContain('ui')
  expect(sources.length).toBeGreaterThan(100)
})

describe.each(parts)('the catalogue %s', (part) => {
  const english = texts('en', part)
  const german = texts('de', part)

  test('says the same in both languages, with the same values and the same marked words', () => {
    expect(Object.keys(german).toSorted()).toEqual(Object.keys(english).toSorted())
    for (const [key, message] of Object.entries(english))
      expect([key, holes(german[key] ?? '')]).toEqual([key, holes(message)])
  })

  test('says each key once', () => {
    for (const language of ['en', 'de']) {
      const keys = [...catalogues[`./${language}/${part}.json`]!.matchAll(/^\s*"([^"]+)":/gm)].map(([, key]) => key!)
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
    }
  })

  test('has no text that nothing says', () => {
    const said = new Set(
      sources.flatMap(({ text }) => [...text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)].map(([, key]) => key!)),
    )
    const begun = sources.flatMap(({ text }) =>
      [...text.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/g)].map(([, prefix]) => prefix!),
    )
    const unused = Object.keys(english).filter(
      (key) => !said.has(key) && !begun.some((prefix) => key.startsWith(prefix)),
    )
    expect(unused).toEqual([])
  })
})

test('nothing that people read stands in the code', () => {
  const found = sources
    .filter(({ file }) => file.endsWith('.tsx'))
    .flatMap(({ file, text }) => literalsIn(text).map((literal) => `${file}: ${literal}`))
  expect(found).toEqual([])
})

test('the search for what people read in the code finds it', () => {
  const page = `const page = <p title="Not saved">Hello {busy ? 'please wait' : t('app.find')} <b>{'now then'}</b></p>`
  expect(literalsIn(page).toSorted()).toEqual(['Not saved', 'Hello', 'please wait', 'now then'].toSorted())
  expect(
    literalsIn(`const ok = <p className="a b" data-row="x">{t('app.find')} · {number} <b>Plumbline</b></p>`),
  ).toEqual([])
})

/** Names of values and of marked words: `{count, plural, …}` and `<b>…</b>`. */
function holes(message: string): readonly string[] {
  const values = new Set<string>()
  const walk = (tokens: unknown): void => {
    if (!Array.isArray(tokens)) return
    for (const token of tokens as readonly unknown[]) {
      if (!Array.isArray(token)) continue
      const [name, , cases] = token as unknown as readonly [string, string?, unknown?]
      values.add(name)
      if (typeof cases === 'object' && cases !== null) Object.values(cases).forEach(walk)
    }
  }
  walk(compileMessageOrThrow(message))
  const marked = [...message.matchAll(/<([\w-]+)\s*\/?>/g)].map(([, name]) => `<${name}>`)
  return [...values, ...marked].toSorted()
}

/** Attributes that are shown or read out. */
const SHOWN = new Set([
  'label',
  'title',
  'placeholder',
  'alt',
  'aria-label',
  'aria-description',
  'hint',
  'lede',
  'description',
  'heading',
])
/** Names that are the same in every language; keys of texts, which a component says itself. */
const NOT_SAID = /^(?:Plumbline|[a-z][\w-]*(?:\.[\w-]+)+)$/

interface Node {
  readonly type?: string
  readonly [part: string]: unknown
}

/** Words in a page that did not come from a catalogue. */
function literalsIn(source: string): readonly string[] {
  const found: string[] = []
  const take = (value: unknown) => {
    const words = typeof value === 'string' ? value.trim() : ''
    if (/\p{L}{2}/u.test(words) && !NOT_SAID.test(words)) found.push(words)
  }
  // Of an expression only what is shown itself, not what is handed on: keys of texts, names of classes.
  const shown = (node: Node | undefined): void => {
    if (node?.type === 'StringLiteral') take(node['value'])
    if (node?.type === 'TemplateLiteral') for (const quasi of node['quasis'] as Node[]) take(quasi['raw'])
    if (node?.type === 'ConditionalExpression')
      [node['consequent'], node['alternate']].forEach((each) => shown(each as Node))
    if (node?.type === 'BinaryExpression' && node['operator'] === '&&') shown(node['right'] as Node)
    if (node?.type === 'ParenthesisExpression') shown(node['expression'] as Node)
  }
  const walk = (node: unknown): void => {
    if (Array.isArray(node)) return node.forEach(walk)
    if (typeof node !== 'object' || node === null) return undefined
    const { type } = node as Node
    const part = (name: string) => (node as Node)[name] as Node | undefined
    if (type === 'JSXText') take((node as Node)['value'])
    if (type === 'JSXAttribute' && SHOWN.has(attributeName(part('name')))) {
      shown(part('value')?.type === 'JSXExpressionContainer' ? (part('value')?.['expression'] as Node) : part('value'))
    }
    if (type === 'JSXElement' || type === 'JSXFragment') {
      for (const child of (node as Node)['children'] as Node[]) {
        if (child.type === 'JSXExpressionContainer') shown(child['expression'] as Node)
      }
    }
    return Object.values(node).forEach(walk)
  }
  walk(parseSync(source, { syntax: 'typescript', tsx: true }))
  return found
}

function attributeName(node: Node | undefined): string {
  return typeof node?.['value'] === 'string' ? node['value'] : ''
}
