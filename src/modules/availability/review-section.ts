import { z } from 'zod'
import type { SectionContent } from '#core/review-content.ts'
import { reviewSection } from '#platform/review-section.ts'
import { sectionWords } from '#platform/review-words.ts'

const AHEAD_MS = 60 * 86_400_000
const LISTED = 40

const aheadFacts = z.object({
  windows: z.array(
    z.object({ title: z.string(), service: z.string(), startsAt: z.iso.datetime(), endsAt: z.iso.datetime() }),
  ),
})

/** Maintenance that was announced for the next sixty days: when services will not be there. */
export const maintenanceSection = reviewSection({
  key: 'maintenance-ahead',
  number: 16,
  editions: ['customer', 'internal'],
  facts: aheadFacts,
  gather: async (db, { customerId, asOf }) => {
    const rows = await db
      .selectFrom('maintenanceWindow')
      .innerJoin('service', 'service.id', 'maintenanceWindow.serviceId')
      .select(['title', 'service.name as service', 'startsAt', 'endsAt'])
      .where('maintenanceWindow.customerId', '=', customerId)
      .where('announcedAt', '<', asOf)
      .where((where) => where.or([where('cancelledAt', 'is', null), where('cancelledAt', '>=', asOf)]))
      .where('startsAt', '>=', asOf)
      .where('startsAt', '<', new Date(asOf.getTime() + AHEAD_MS))
      .orderBy('startsAt')
      .orderBy('maintenanceWindow.id')
      .limit(LISTED)
      .execute()
    const windows = rows.map((row) => ({
      ...row,
      startsAt: row.startsAt.toISOString(),
      endsAt: row.endsAt.toISOString(),
    }))
    return windows.length === 0 ? null : { windows }
  },
  tell: ({ windows }, speech): SectionContent => {
    const t = sectionWords(speech)
    return {
      title: t('maintenance.title', { n: windows.length, first: speech.date(windows[0]!.startsAt) }),
      blocks: [
        {
          kind: 'table',
          caption: t('maintenance.caption'),
          columns: [
            { head: t('head.begins'), weight: 1.6, kind: 'moment' },
            { head: t('head.service'), weight: 2.4 },
            { head: t('head.title'), weight: 3.6 },
            { head: t('head.lasts'), weight: 1.2, align: 'right', kind: 'duration' },
          ],
          rows: windows.map(({ title, service, startsAt, endsAt }) => {
            const lasts = Date.parse(endsAt) - Date.parse(startsAt)
            return [
              { text: speech.dateTime(startsAt), value: new Date(startsAt) },
              { text: service },
              { text: title },
              { text: speech.duration(lasts), value: lasts },
            ]
          }),
          more: null,
        },
      ],
      notes: [t('notes.maintenance')],
    }
  },
})
