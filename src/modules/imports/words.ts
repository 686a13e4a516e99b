import type { PauseReason } from '#core/clock-terms.ts'
import { incidentStates, pauseReasons } from '#api/incidents'
import type { Level, Priority } from '#api/service-levels'
import type { Source } from './mapping.ts'

const states = incidentStates

/** What a word for a state means: a state of ours, and for what it waits. `on-hold` alone leaves that to another column. */
export type StateMeaning = (typeof states)[number] | `on-hold:${PauseReason}`

export const stateMeanings: readonly StateMeaning[] = [
  ...states,
  ...pauseReasons.map((reason) => `on-hold:${reason}` as const),
]

/** `2 - In  Progress` and `in progress` are the same word for a table of words. */
export function plainWord(word: string): string {
  return word
    .toLowerCase()
    .replaceAll(/[\s_]+/g, ' ')
    .trim()
}

/**
 * States as other systems call them. New stays new whether or not somebody was assigned: the word is the source's, and
 * neither is an answer. A word that is not here has to be given its meaning, for nobody can guess it.
 */
const stateWords: Readonly<Record<string, StateMeaning>> = {
  new: 'new',
  open: 'new',
  logged: 'new',
  registered: 'new',
  neu: 'new',
  offen: 'new',
  eröffnet: 'new',
  assigned: 'assigned',
  zugewiesen: 'assigned',
  active: 'in-progress',
  'in progress': 'in-progress',
  'work in progress': 'in-progress',
  'in work': 'in-progress',
  accepted: 'in-progress',
  reopened: 'in-progress',
  aktiv: 'in-progress',
  'in bearbeitung': 'in-progress',
  'in arbeit': 'in-progress',
  'wieder geöffnet': 'in-progress',
  'on hold': 'on-hold',
  pending: 'on-hold',
  waiting: 'on-hold',
  awaiting: 'on-hold',
  angehalten: 'on-hold',
  wartend: 'on-hold',
  'awaiting user info': 'on-hold:awaiting-requester',
  'awaiting user': 'on-hold:awaiting-requester',
  'awaiting caller': 'on-hold:awaiting-requester',
  'awaiting requester': 'on-hold:awaiting-requester',
  'awaiting customer': 'on-hold:awaiting-requester',
  'pending customer response': 'on-hold:awaiting-requester',
  'waiting for customer': 'on-hold:awaiting-requester',
  'waiting on customer': 'on-hold:awaiting-requester',
  'wartet auf anwender': 'on-hold:awaiting-requester',
  'wartet auf kunde': 'on-hold:awaiting-requester',
  'wartet auf melder': 'on-hold:awaiting-requester',
  'awaiting problem': 'on-hold:awaiting-problem',
  'awaiting vendor': 'on-hold:awaiting-supplier',
  'awaiting supplier': 'on-hold:awaiting-supplier',
  'waiting on third party': 'on-hold:awaiting-supplier',
  'wartet auf lieferant': 'on-hold:awaiting-supplier',
  'wartet auf dritte': 'on-hold:awaiting-supplier',
  'awaiting evidence': 'on-hold:awaiting-evidence',
  'awaiting change': 'on-hold:awaiting-change',
  restored: 'restored',
  'workaround provided': 'restored',
  resolved: 'resolved',
  solved: 'resolved',
  done: 'resolved',
  fixed: 'resolved',
  gelöst: 'resolved',
  behoben: 'resolved',
  closed: 'closed',
  geschlossen: 'closed',
  erledigt: 'closed',
  abgeschlossen: 'closed',
  cancelled: 'cancelled',
  canceled: 'cancelled',
  storniert: 'cancelled',
  abgebrochen: 'cancelled',
}

/** Numbers of states of ServiceNow's incident table, for exports that show values instead of labels. */
const serviceNowStates: Readonly<Record<string, StateMeaning>> = {
  '1': 'new',
  '2': 'in-progress',
  '3': 'on-hold',
  '6': 'resolved',
  '7': 'closed',
  '8': 'cancelled',
}

/** What a word for a state means in exports of that source, where everybody means the same. */
export function stateOfWord(word: string, source: Source): StateMeaning | undefined {
  const plain = plainWord(word)
  if (source === 'hp-service-manager') return serviceManagerActivities[plain]
  if (source === 'xes') return stateOfActivity(plain)
  return stateWords[plain] ?? (source === 'servicenow' ? serviceNowStates[plain] : undefined)
}

/** Of `accepted/wait - user` both together, else the latter part, else the first; of an activity alone its word. */
function stateOfActivity(plain: string): StateMeaning | undefined {
  const at = plain.indexOf('/')
  const parts = at === -1 ? [] : [plain.slice(at + 1), plain.slice(0, at)]
  for (const word of [plain, ...parts]) {
    const meaning = activityWords[word] ?? stateWords[word]
    if (meaning !== undefined) return meaning
  }
  return undefined
}

/**
 * What activities of HP Service Manager's log mean for a ticket's state. `Opened`, `Reopened` and `Closed` also stand for
 * the moments of the incident itself. All others are kept as they are, and change no state.
 */
const serviceManagerActivities: Readonly<Record<string, StateMeaning>> = {
  opened: 'new',
  open: 'new',
  assignment: 'assigned',
  reassignment: 'assigned',
  'operator update': 'in-progress',
  update: 'in-progress',
  'analysis/research': 'in-progress',
  'callback request': 'in-progress',
  'pending vendor': 'on-hold:awaiting-supplier',
  resolved: 'resolved',
  closed: 'closed',
  reopen: 'in-progress',
  reopened: 'in-progress',
}

/** Words of event logs: of Volvo's VINST as `activity/transition`, and what other desks call the same. */
const activityWords: Readonly<Record<string, StateMeaning>> = {
  'queued/awaiting assignment': 'assigned',
  'accepted/in progress': 'in-progress',
  'accepted/assigned': 'assigned',
  'accepted/wait': 'on-hold:other',
  'accepted/wait - user': 'on-hold:awaiting-requester',
  'accepted/wait - customer': 'on-hold:awaiting-customer',
  'accepted/wait - vendor': 'on-hold:awaiting-supplier',
  'accepted/wait - implementation': 'on-hold:awaiting-change',
  'completed/in call': 'resolved',
  'completed/resolved': 'resolved',
  'completed/closed': 'closed',
  'completed/cancelled': 'cancelled',
  wait: 'on-hold',
  'insert ticket': 'new',
  'take in charge ticket': 'in-progress',
  'resolve ticket': 'resolved',
}

/** For what somebody waits, where a column of its own says it. */
export const pauseWords: Readonly<Record<string, PauseReason>> = {
  'awaiting caller': 'awaiting-requester',
  'awaiting user info': 'awaiting-requester',
  'awaiting requester': 'awaiting-requester',
  'awaiting customer': 'awaiting-customer',
  'awaiting change': 'awaiting-change',
  'awaiting problem': 'awaiting-problem',
  'awaiting vendor': 'awaiting-supplier',
  'awaiting supplier': 'awaiting-supplier',
  'awaiting evidence': 'awaiting-evidence',
  '1': 'awaiting-requester',
  '5': 'awaiting-change',
  '3': 'awaiting-problem',
  '4': 'awaiting-supplier',
}

const priorityWords: Readonly<Record<string, Priority>> = {
  critical: 'p1',
  kritisch: 'p1',
  urgent: 'p1',
  dringend: 'p1',
  highest: 'p1',
  blocker: 'p1',
  high: 'p2',
  hoch: 'p2',
  major: 'p2',
  moderate: 'p3',
  medium: 'p3',
  normal: 'p3',
  mittel: 'p3',
  low: 'p4',
  niedrig: 'p4',
  gering: 'p4',
  minor: 'p4',
  planning: 'p5',
  planung: 'p5',
  lowest: 'p5',
  'very low': 'p5',
  trivial: 'p5',
}

const levelWords: Readonly<Record<string, Level>> = {
  high: 'high',
  hoch: 'high',
  critical: 'high',
  extensive: 'high',
  enterprise: 'high',
  medium: 'medium',
  mittel: 'medium',
  moderate: 'medium',
  normal: 'medium',
  significant: 'medium',
  low: 'low',
  niedrig: 'low',
  gering: 'low',
  minor: 'low',
}

/** `3 - Moderate`, `P3`, `3`, `mittel` → p3; undefined for what is none of these. */
export function priorityOfWord(word: string): Priority | undefined {
  const plain = plainWord(word)
  const number = /^p? ?([1-5])\b/.exec(plain)?.[1]
  return number === undefined ? priorityWords[plain] : (`p${number}` as Priority)
}

/** `2 - Medium`, `2`, `mittel` → medium; undefined for what is none of these. */
export function levelOfWord(word: string): Level | undefined {
  const plain = plainWord(word)
  const number = /^([1-3])\b/.exec(plain)?.[1]
  return number === undefined ? levelWords[plain] : (['high', 'medium', 'low'] as const)[Number(number) - 1]
}

const channels: Readonly<Record<string, string>> = {
  phone: 'phone',
  telephone: 'phone',
  telefon: 'phone',
  ivr: 'phone',
  email: 'mail',
  'e-mail': 'mail',
  mail: 'mail',
  'self service': 'portal',
  'self-service': 'portal',
  portal: 'portal',
  web: 'portal',
  chat: 'chat',
  'virtual agent': 'chat',
  'walk-in': 'walk-up',
  'walk in': 'walk-up',
  'walk-up': 'walk-up',
  event: 'monitoring',
  monitoring: 'monitoring',
  alert: 'monitoring',
}

/** Our word for a way in which tickets come; the source's own where we have none. */
export function channelOfWord(word: string): string {
  return channels[plainWord(word)] ?? word.slice(0, 100)
}

const truths: Readonly<Record<string, boolean>> = {
  true: true,
  yes: true,
  ja: true,
  wahr: true,
  '1': true,
  y: true,
  j: true,
  met: true,
  ontime: true,
  'on time': true,
  eingehalten: true,
  false: false,
  no: false,
  nein: false,
  falsch: false,
  '0': false,
  n: false,
  missed: false,
  breached: false,
  overdue: false,
  verletzt: false,
}

export function truthOfWord(word: string): boolean | undefined {
  return truths[plainWord(word)]
}
