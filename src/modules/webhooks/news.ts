import type { NewsSource } from '#platform/news.ts'

/** Whom webhooks concern: who set one up, or changed it last, once nothing more is sent to it. */
export const webhookNews: NewsSource = {
  facts: ['webhook.paused'],
  concerns: async ({ db }, { subjectId }) => {
    const row = await db.selectFrom('webhook').select('ownerId').where('id', '=', subjectId).executeTakeFirst()
    return row === undefined ? [] : [{ personId: row.ownerId, kind: 'webhook' }]
  },
}
