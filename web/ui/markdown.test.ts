import { expect, test } from 'vitest'
import { isPlainAddress, readMarkdown } from './markdown.ts'

const chapters = import.meta.glob<string>('../../docs/guide/*/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
})

test('headings, paragraphs over several lines, code, lists and tables are told apart', () => {
  const source =
    '# Title\n\nOne\ntwo **strong** `a|b` and [there](/x).\n![A page](a.webp)\n\n    npm start\n\n## Part\n- one\n- *two*\n\n| a | b |\n|---|---|\n| `c` | d |\n'
  expect(readMarkdown(source)).toEqual([
    { kind: 'title', words: [{ text: 'Title' }] },
    {
      kind: 'paragraph',
      words: [
        { text: 'One two ' },
        { text: 'strong', as: 'strong' },
        { text: ' ' },
        { text: 'a|b', as: 'code' },
        { text: ' and ' },
        { text: 'there', as: 'link', to: '/x' },
        { text: '.' },
      ],
    },
    { kind: 'picture', text: 'A page', file: 'a.webp' },
    { kind: 'code', text: 'npm start' },
    { kind: 'heading', words: [{ text: 'Part' }] },
    { kind: 'list', ordered: false, items: [[{ text: 'one' }], [{ text: 'two', as: 'em' }]] },
    { kind: 'table', head: [[{ text: 'a' }], [{ text: 'b' }]], rows: [[[{ text: 'c', as: 'code' }], [{ text: 'd' }]]] },
  ])
})

test('every chapter of the guide is there in both languages, with the same parts in the same order', () => {
  const english = Object.keys(chapters).filter((path) => path.includes('/en/'))
  expect(english.length).toBeGreaterThan(2)
  for (const path of english) {
    const german = chapters[path.replace('/en/', '/de/')]
    expect([path, german && readMarkdown(german).map(({ kind }) => kind)]).toEqual([
      path,
      readMarkdown(chapters[path]!).map(({ kind }) => kind),
    ])
  }
})

test.each([
  ['https://example.com/a', true],
  ['mailto:eva@example.com', true],
  ['/incidents/INC-1', true],
  ['every-day.md', true],
  ['javascript:alert(1)', false],
  ['JavaScript:alert(1)', false],
  ['data:text/html,x', false],
  [' vbscript:x', false],
  ['java\tscript:alert(1)', false],
])('the address %s is followed: %s', (address, followed) => {
  expect(isPlainAddress(address)).toBe(followed)
})
