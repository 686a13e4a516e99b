/**
 * Kinds of notifications, the one that counts most first: whoever is reached by a fact in several ways is told once, as the
 * first of them. What is said stands in the catalogue (`notifications.json`) under the fact's kind, the name of a kind in
 * the browser's under `notifications.kind.…`; a module that brings another kind adds it here and in both.
 */
export const notificationKinds = [
  'mentioned',
  'escalation',
  'approval',
  'major-incident',
  'assigned',
  'clock-missed',
  'clock-at-risk',
  'answered',
  'watched',
  'team',
  'webhook',
] as const
export type NotificationKind = (typeof notificationKinds)[number]

export const mailRhythms = ['never', 'now', 'daily', 'weekly'] as const
export type MailRhythm = (typeof mailRhythms)[number]

/** How somebody hears of a kind. */
export interface Ways {
  /** Listed in the application. */
  readonly shown: boolean
  readonly mail: MailRhythm
  /** To browsers that they let us reach. */
  readonly push: boolean
}

/**
 * What is usual while somebody says nothing: at once only what waits for that person and nobody else. Mails for what one
 * sees in the application anyway are noise.
 */
export const usualWays: Readonly<Record<NotificationKind, Ways>> = {
  mentioned: { shown: true, mail: 'now', push: true },
  escalation: { shown: true, mail: 'now', push: true },
  approval: { shown: true, mail: 'now', push: true },
  'major-incident': { shown: true, mail: 'now', push: true },
  assigned: { shown: true, mail: 'never', push: true },
  'clock-missed': { shown: true, mail: 'never', push: true },
  'clock-at-risk': { shown: true, mail: 'never', push: true },
  answered: { shown: true, mail: 'never', push: true },
  watched: { shown: true, mail: 'never', push: false },
  team: { shown: true, mail: 'never', push: false },
  webhook: { shown: true, mail: 'now', push: false },
}

/** Of what concerns a person in several ways, the kind that counts most. */
export function leading(kinds: readonly NotificationKind[]): NotificationKind {
  return notificationKinds.find((kind) => kinds.includes(kind)) ?? 'watched'
}

export function isNotificationKind(name: string): name is NotificationKind {
  return (notificationKinds as readonly string[]).includes(name)
}
