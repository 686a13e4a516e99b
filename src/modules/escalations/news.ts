import type { Db } from '#platform/context.ts'
import type { NewsSource } from '#platform/news.ts'

/** Whom escalations concern: their owner, and whoever raised one when its outcome is reached. */
export const escalationNews: NewsSource = {
  facts: ['incident.escalated', 'incident.escalation-changed', 'incident.escalation-state'],
  concerns: async ({ db }, { kind, facts }) => {
    const { escalation: id, owner, to } = facts
    if (typeof id !== 'string') return []
    if (kind === 'incident.escalation-changed') {
      return typeof owner === 'string' ? [{ personId: owner, kind: 'escalation' }] : []
    }
    const people = await peopleOf(db, id)
    const waiting = kind === 'incident.escalated' ? people?.ownerId : to === 'outcome-reached' ? people?.raisedBy : null
    return waiting ? [{ personId: waiting, kind: 'escalation' }] : []
  },
}

async function peopleOf(db: Db, id: string) {
  return db.selectFrom('escalation').select(['ownerId', 'raisedBy']).where('id', '=', id).executeTakeFirst()
}
