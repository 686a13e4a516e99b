import type { Lifecycle } from '#core/lifecycle.ts'

/** Satisfied (1–5), would recommend (0–10), was easy (1–7). */
export const scales = ['csat', 'nps', 'ces'] as const
export type Scale = (typeof scales)[number]

export const triggers = ['resolved', 'closed', 'periodic', 'event'] as const
export type Trigger = (typeof triggers)[number]

export const anonymities = ['identified', 'confidential', 'anonymous'] as const
export type Anonymity = (typeof anonymities)[number]

/** What it may have depended on. */
export const factors = ['speed', 'solution', 'communication', 'friendliness', 'effort', 'updates'] as const
export type Factor = (typeof factors)[number]

/** From the least to the most that may be answered. */
export const range: Readonly<Record<Scale, { readonly least: number; readonly most: number }>> = {
  csat: { least: 1, most: 5 },
  nps: { least: 0, most: 10 },
  ces: { least: 1, most: 7 },
}

/** All that may be answered, in order. */
export function scoresOn(scale: Scale): readonly number[] {
  const { least, most } = range[scale]
  return Array.from({ length: most - least + 1 }, (_, index) => least + index)
}

export const caseKinds = ['compliment', 'complaint'] as const

export const caseStates = ['received', 'acknowledged', 'investigated', 'answered', 'accepted', 'escalated'] as const
export type CaseState = (typeof caseStates)[number]

/** DOMAIN §2.7. Who is not content with an answer escalates, and gets another one. */
export const complaintLifecycle: Lifecycle<CaseState, string> = {
  received: { acknowledge: 'acknowledged' },
  acknowledged: { investigate: 'investigated' },
  investigated: { answer: 'answered' },
  answered: { accept: 'accepted', escalate: 'escalated' },
  escalated: { answer: 'answered' },
  accepted: {},
}

/** Thanked for and passed on, then it is over. */
export const complimentLifecycle: Lifecycle<CaseState, string> = {
  received: { acknowledge: 'acknowledged' },
  acknowledged: { accept: 'accepted' },
  investigated: {},
  answered: {},
  escalated: {},
  accepted: {},
}

const DAY_MS = 86_400_000
/** Whoever complains hears that it arrived within two days, and what was found within ten. */
const ACKNOWLEDGED_WITHIN_DAYS = 2
const ANSWERED_WITHIN_DAYS = 10

/** By when a complaint is to be acknowledged and answered. */
export function complaintDue(receivedAt: Date): { readonly acknowledgeDue: Date; readonly answerDue: Date } {
  return {
    acknowledgeDue: new Date(receivedAt.getTime() + ACKNOWLEDGED_WITHIN_DAYS * DAY_MS),
    answerDue: new Date(receivedAt.getTime() + ANSWERED_WITHIN_DAYS * DAY_MS),
  }
}
