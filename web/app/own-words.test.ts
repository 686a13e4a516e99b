import { setupI18n } from '@lingui/core'
import { compileMessage } from '@lingui/message-utils/compileMessage'
import { expect, test } from 'vitest'
import german from '../locales/de/incidents.json' with { type: 'json' }
import { ownTexts } from './own-words.ts'

const none = { states: {}, reasons: {} }

test('an installation’s own words take the place of ours wherever a state or a reason is named, and of nothing else', () => {
  const texts = Object.fromEntries(Object.entries(german).map(([key, text]) => [key, compileMessage(text)]))
  const words = {
    en: none,
    de: {
      states: { 'on-hold': 'Geparkt {x}' },
      reasons: { 'awaiting-supplier': 'Beim Zulieferer', other: 'sonstwie' },
    },
  }

  const own = ownTexts(words, 'de', texts)

  expect(Object.keys(own).toSorted()).toEqual([
    'incidents.listed.on-hold',
    'incidents.state.on-hold',
    'incidents.step.stands',
    'incidents.wait',
  ])
  const i18n = setupI18n({ locale: 'de', messages: { de: { ...texts, ...own } } })
  expect(i18n._('incidents.state.on-hold')).toBe('Geparkt {x}')
  expect(i18n._('incidents.step.stands', { state: 'on_hold', number: 'NHL-1001' })).toContain('Geparkt {x}')
  expect(i18n._('incidents.wait', { reason: 'awaiting_supplier' })).toBe('Beim Zulieferer')
  expect(i18n._('incidents.wait', { reason: 'awaiting_requester' })).toBe('Warten auf die meldende Person')
  expect(i18n._('incidents.wait', { reason: 'anything' })).toBe('sonstwie')
  expect(Object.keys(ownTexts(words, 'en', { 'incidents.state.on-hold': ['On hold'] }))).toEqual([])
})
