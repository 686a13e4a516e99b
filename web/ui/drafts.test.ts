import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { draftOf, draftsAre, dropDrafts } from './drafts.ts'

const kept = new Map<string, string>()
const storage = new Proxy(
  {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => void kept.set(key, value),
    removeItem: (key: string) => void kept.delete(key),
  },
  { ownKeys: () => [...kept.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
)

beforeEach(() => {
  kept.clear()
  draftsAre('mia')
  vi.stubGlobal('localStorage', storage)
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

test('what was typed is there again after the page was loaded anew, for whoever typed it', () => {
  draftOf('INC-1', 'note').keep('Half a sente')
  expect(draftOf('INC-1', 'note').words).toBe('Half a sente')
  expect(kept.size).toBe(1)
  expect(draftOf('INC-2', 'note').words).toBe('')
  draftsAre('jon')
  expect(draftOf('INC-1', 'note').words).toBe('')
  draftsAre('mia')
  draftOf('INC-1', 'note').drop()
  expect(kept.size).toBe(0)
})

test('a draft is forgotten after two weeks, and all of them when somebody signs out', () => {
  vi.useFakeTimers({ now: new Date('2026-03-02T09:00Z') })
  draftOf('INC-1', 'note').keep('Old')
  vi.setSystemTime(new Date('2026-03-16T09:00Z'))
  expect(draftOf('INC-1', 'note').words).toBe('')
  draftOf('INC-2', 'note').keep('New')
  expect(kept.size).toBe(1)
  dropDrafts()
  expect(kept.size).toBe(0)
})

test('a browser that keeps nothing has it as long as the page', () => {
  vi.stubGlobal('localStorage', undefined)
  draftOf('INC-1', 'note').keep('Words')
  expect(draftOf('INC-1', 'note').words).toBe('Words')
  draftOf('INC-1', 'note').drop()
  expect(draftOf('INC-1', 'note').words).toBe('')
})
