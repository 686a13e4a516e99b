import { plainNumberForm } from '#core/record-number.ts'
import { usualResolving } from '#core/resolution.ts'
import type { Settings } from './api.ts'

/** What holds where nobody said otherwise. */
export const usual: Omit<Settings, 'version'> = {
  organisation: null,
  address: '',
  accent: null,
  language: 'en',
  timeZone: 'Europe/Berlin',
  words: { en: { states: {}, reasons: {} }, de: { states: {}, reasons: {} } },
  matrix: {
    high: { high: 'p1', medium: 'p2', low: 'p3' },
    medium: { high: 'p2', medium: 'p3', low: 'p4' },
    low: { high: 'p3', medium: 'p4', low: 'p5' },
  },
  resolving: {
    ...usualResolving,
    codes: [...usualResolving.codes],
    needs: [...usualResolving.needs],
  },
  numbering: { incident: plainNumberForm, request: { prefix: 'REQ', digits: 4 } },
  uploadDays: 14,
  answerDays: 2,
  auditMonths: null,
  retention: false,
  worksCouncil: false,
  passwordLeast: 12,
  idleHours: 12,
  longestDays: 30,
  outgoingNetworks: [],
}
