import { z } from 'zod'
import type { SectionClaim, SectionContent } from '#core/review-content.ts'
import { speaker } from '#core/text.ts'
import { reviewSection } from '#platform/review-section.ts'
import de from '../../locales/de/review-feedback.json' with { type: 'json' }
import en from '../../locales/en/review-feedback.json' with { type: 'json' }

const say = speaker<keyof typeof en>({ en, de })

const states = ['received', 'acknowledged', 'investigated', 'answered', 'accepted', 'escalated'] as const
const moment = z.iso.datetime()

const complaintFacts = z.object({
  compliments: z.int(),
  complaints: z.array(
    z.object({
      text: z.string(),
      state: z.enum(states),
      receivedAt: moment,
      answeredAt: moment.nullable(),
      late: z.boolean(),
      answer: z.string().nullable(),
      service: z.string().nullable(),
    }),
  ),
})

/** Complaints about the service itself, with their own clock, and how often it was praised. What we found stays with us. */
export const complaintSection = reviewSection({
  key: 'complaints',
  number: 8,
  editions: ['customer', 'internal', 'one-page'],
  facts: complaintFacts,
  gather: async (db, { customerId, from, to, asOf }) => {
    const rows = await db
      .selectFrom('feedbackCase')
      .leftJoin('service', 'service.id', 'feedbackCase.serviceId')
      .select(['kind', 'text', 'feedbackCase.state', 'receivedAt', 'acknowledgedAt', 'answeredAt', 'closedAt'])
      .select(['answerDue', 'answer'])
      .select('service.name as service')
      .where('feedbackCase.customerId', '=', customerId)
      .where('receivedAt', '<', to)
      .where((where) =>
        where.or([where('receivedAt', '>=', from), where('closedAt', 'is', null), where('closedAt', '>=', from)]),
      )
      .orderBy('receivedAt')
      .orderBy('feedbackCase.id')
      .execute()
    const complaints = rows.filter(({ kind }) => kind === 'complaint')
    const compliments = rows.filter(({ kind, receivedAt }) => kind === 'compliment' && receivedAt >= from).length
    if (complaints.length + compliments === 0) return null
    return {
      compliments,
      complaints: complaints.map(({ text, service, state, receivedAt, ...row }) => {
        // As it stood when the month ended.
        const by = (at: Date | null) => (at !== null && at < asOf ? at : null)
        const answered = by(row.answeredAt)
        const known =
          by(row.closedAt) !== null
            ? (state as (typeof states)[number])
            : answered !== null
              ? 'answered'
              : by(row.acknowledgedAt) !== null
                ? 'acknowledged'
                : 'received'
        return {
          text,
          service,
          answer: answered === null ? null : row.answer,
          state: known,
          receivedAt: receivedAt.toISOString(),
          answeredAt: answered?.toISOString() ?? null,
          late: row.answerDue !== null && (answered ?? asOf) > row.answerDue,
        }
      }),
    }
  },
  tell: ({ compliments, complaints }, speech): SectionContent => {
    const t = (key: keyof typeof en, values?: Record<string, unknown>) => say(speech.language, key, values)
    const late = complaints.filter((each) => each.late)
    return {
      title: t('complaints.title', { n: complaints.length, late: late.length, compliments }),
      blocks:
        complaints.length === 0
          ? []
          : [
              {
                kind: 'table',
                caption: t('complaints.caption'),
                columns: [
                  { head: t('head.received'), weight: 1.2, kind: 'moment' },
                  { head: t('head.text'), weight: 4 },
                  { head: t('head.service'), weight: 1.6 },
                  { head: t('head.state'), weight: 1.5 },
                  { head: t('head.answered'), weight: 1.4 },
                ],
                rows: complaints.map(({ receivedAt, text, service, state, answeredAt, late: isLate }) => [
                  { text: speech.date(receivedAt), value: new Date(receivedAt) },
                  { text },
                  { text: service ?? '–' },
                  { text: t(`complaints.${state}`) },
                  {
                    text: answeredAt === null ? t('complaints.open') : speech.date(answeredAt),
                    tone: isLate ? 'miss' : 'plain',
                  },
                ]),
                more: null,
              },
            ],
      notes: [t('notes.complaints')],
      claims: late.slice(0, 1).map(({ text }): SectionClaim => ({
        tone: 'miss',
        text: t('complaints.claim', { n: late.length }),
        evidence: [],
        felt: { kind: 'said', text: speech.brief(text), from: 'complaints' },
      })),
    }
  },
})
