import { z } from 'zod'

/*
 * A customer as a file, in a form that anybody can read: a zip with one line of JSON for each row, named by its table, the
 * files by their SHA-256, and `manifest.json`, which says what is in it.
 */

/** Whom a customer is exported for: whoever works for them next, or the customer, who is told what they may see. */
export const audiences = ['provider', 'customer'] as const
export type Audience = (typeof audiences)[number]

export const exitManifest = z.object({
  format: z.literal('plumbline-customer'),
  version: z.literal(1),
  madeAt: z.iso.datetime(),
  audience: z.enum(audiences),
  customer: z.object({ id: z.uuid(), name: z.string(), key: z.string() }),
  /** Files of `db/migrations` that had run: the shape that rows have. */
  migrations: z.array(z.string()).min(1),
  /** In an order in which each refers to none that comes later, where that can be. */
  tables: z.array(z.object({ name: z.string(), columns: z.array(z.string()), rows: z.int(), sha256: z.string() })),
  files: z.array(z.object({ sha256: z.string().regex(/^[0-9a-f]{64}$/), size: z.int() })),
  sequences: z.array(z.object({ name: z.string(), last: z.int(), called: z.boolean() })),
  lost: z.array(z.string()).describe('Files that rows refer to and that are not there any more'),
  leftOut: z.array(z.string()).describe('Tables that know the customer and are not in it'),
})
export type ExitManifest = z.output<typeof exitManifest>

/** What counts a customer's tickets and orders. */
export function numberings(customerId: string): readonly string[] {
  const own = customerId.replaceAll('-', '')
  return [`number_${own}`, `request_number_${own}`]
}

export const EXIT_MANIFEST = 'manifest.json'
export const linesOf = (table: string): string => `tables/${table}.jsonl`
export const contentOf = (sha256: string): string => `files/${sha256}`

/**
 * What belongs to this installation and not to the customer: its chain of the audit, secrets and addresses of its mailboxes and
 * webhooks, who of it has which rights, and what is under way.
 */
export const LEFT_OUT = [
  'audit',
  'erasure',
  'idempotency_key',
  'incident_reader',
  'incident_watcher',
  'kpi_change',
  'mail_account',
  'notification',
  'outgoing_mail',
  'received_mail',
  'report_delivery',
  'retention_hold',
  'role_assignment',
  'saved_view',
  'webhook',
  'webhook_attempt',
  'webhook_delivery',
] as const

/** Tables of which rows that belong to nobody, or to us, are taken along where the customer's refer to them. */
export const SHARED: readonly string[] = [
  'calendar',
  'calendar_version',
  'catalogue_item',
  'catalogue_item_version',
  'exchange_rate',
  'forum',
  'kept_file',
  'macro',
  'person',
  'rate_set',
  'service',
  'supplier',
  'survey',
  'team',
]

/** Secrets that are sealed by a key that stays here; what stands there instead. */
export const BLANKED: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  contact_source: { secret: `''`, active: 'false' },
  catalogue_item: { call_secret: 'null' },
  survey_invitation: { fingerprint: 'null' },
}
