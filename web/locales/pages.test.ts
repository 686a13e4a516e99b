import { expect, test } from 'vitest'

/** What every page has: see `base.ts`. */
const BASE = new Set(['app', 'ui', 'may', 'today'])

/** Names keys of texts that it does not say. */
const NAMES_KEYS = new Set(['app/own-words.ts'])

const catalogues = import.meta.glob<Record<string, string>>('./en/*.json', { import: 'default', eager: true })
const code = import.meta.glob<string>(['../**/*.ts', '../**/*.tsx', '!../**/*.test.ts'], {
  query: '?raw',
  import: 'default',
  eager: true,
})
/** By address from `web/`, as `modules/incidents/pages.ts`. */
const sources = new Map(
  Object.entries(code).map(([path, text]) => [
    path.startsWith('../') ? path.slice(3) : `locales/${path.slice(2)}`,
    text.replace(/\/\*[^]*?\*\/|^\s*\/\/.*$/gm, ''),
  ]),
)
/** The catalogue of each key. */
const partOf = new Map(
  Object.entries(catalogues).flatMap(([path, texts]) =>
    Object.keys(texts).map((key) => [key, path.slice('./en/'.length, -'.json'.length)] as const),
  ),
)
const keys = [...partOf.keys()]

const pages = [...sources].flatMap(([file, text]) =>
  [...text.matchAll(/\bpage\(\s*('[^']+'|\[[^\]]+\]|\w+),\s*\(\) =>\s*import\('([^']+)'\),\s*'(\w+)'/g)].map(
    ([, parts, from, name]) => ({ name: name!, of: fileOf(file, from!)!, loaded: partsIn(parts!, text) }),
  ),
)

test('every page is looked at', () => {
  const made = [...sources]
    .filter(([file]) => file !== 'app/pages.ts')
    .flatMap(([, text]) => text.match(/\bpage\(/g) ?? [])
  expect(pages.length).toBe(made.length)
  expect(pages.length).toBeGreaterThan(80)
})

test('every page comes with the texts of all that stands on it', () => {
  const missing = pages.flatMap(({ name, of, loaded }) =>
    [...saidBy(of, name)]
      .filter(([part]) => !BASE.has(part) && !loaded.includes(part))
      .map(([part, file]) => `${name} lacks ${part}, said in ${file}`),
  )
  expect(missing).toEqual([])
})

test('no action is offered twice', () => {
  const offered = [...sources.values()].flatMap((text) => [...text.matchAll(/label: '(app\.action\.[\w-]+)'/g)])
  const labels = offered.map(([, label]) => label!)
  expect(labels.length).toBeGreaterThan(40)
  expect(labels.filter((label, index) => labels.indexOf(label) !== index)).toEqual([])
})

/** The parts that are given to `page`, also by the names of constants of its file. */
function partsIn(given: string, text: string): readonly string[] {
  return [...given.matchAll(/'([^']+)'|(\w+)/g)].flatMap(([, part, constant]) =>
    part === undefined ? partsIn(new RegExp(`const ${constant} = ([^\\n]+)`).exec(text)?.[1] ?? '', text) : [part],
  )
}

/** The parts whose texts are said by what a page is made of, each with one place where. */
function saidBy(page: string, name: string): ReadonlyMap<string, string> {
  const said = new Map<string, string>()
  const seen = new Set<string>()
  const walk = (file: string, names: readonly string[]) => {
    const text = sources.get(file)
    if (text === undefined) return
    // A door hands on what it is asked for; any other file comes whole.
    if (file.endsWith('/index.ts')) {
      for (const { from, named } of importsOf(text, file)) {
        const asked = named.filter((each) => names.includes(each))
        if (asked.length > 0) walk(from, asked)
      }
      return
    }
    if (seen.has(file) || NAMES_KEYS.has(file)) return
    seen.add(file)
    for (const part of partsSaidIn(text)) if (!said.has(part)) said.set(part, file)
    for (const { from, named } of importsOf(text, file)) walk(from, named)
  }
  walk(page, [name])
  return said
}

/** What a file brings with it, types apart; what it waits for itself, as a `lazy` part, brings its own texts. */
function importsOf(
  text: string,
  file: string,
): readonly { readonly from: string; readonly named: readonly string[] }[] {
  return [...text.matchAll(/(?:import|export) (?!type)(?:([^;'"]*?) from )?'([^']+)'/g)].flatMap(
    ([, names = '', from]) => {
      const found = fileOf(file, from!)
      const named = names
        .replace(/[{}\n]/g, ' ')
        .split(',')
        .map((each) => each.trim())
        .filter((each) => each !== '' && !each.startsWith('type '))
        .map((each) => each.split(' as ')[0]!)
      return found === null ? [] : [{ from: found, named }]
    },
  )
}

function fileOf(from: string, name: string): string | null {
  if (name.startsWith('#web/')) return name.slice('#web/'.length)
  if (!name.startsWith('.')) return null
  return new URL(name, `file:///${from}`).pathname.slice(1)
}

function partsSaidIn(text: string): ReadonlySet<string> {
  const whole = [...text.matchAll(/['"`]([a-z][\w-]*(?:\.[\w-]+)+)['"`]/g)].flatMap(([, key]) => partOf.get(key!) ?? [])
  const begun = [...text.matchAll(/`([a-z][\w-]*\.[\w.-]*)\$\{/g)].flatMap(([, beginning]) => {
    const key = keys.find((each) => each.startsWith(beginning!))
    return key === undefined ? [] : [partOf.get(key)!]
  })
  return new Set([...whole, ...begun])
}
