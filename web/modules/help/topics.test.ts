import { expect, test } from 'vitest'
import { topicOf } from './topics.ts'

test('each page has its own sentence, the most exact one', () => {
  expect(topicOf('/').sentence).toBe('help.page.today')
  expect(topicOf('/incidents').sentence).toBe('help.page.incidents')
  expect(topicOf('/incidents/NHL-1042').sentence).toBe('help.page.incident')
  expect(topicOf('/incidents/new').sentence).toBe('help.page.new-incident')
  expect(topicOf('/somewhere/else').sentence).toBe('help.page.other')
})
