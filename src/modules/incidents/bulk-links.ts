import { newId } from '#core/id.ts'
import type { Context } from '#platform/context.ts'
import { writeFacts } from '#platform/history.ts'
import { writeLink } from './links.ts'

interface Kin {
  readonly id: string
  readonly number: string
  readonly title: string
  readonly customerId: string
}

interface Family {
  readonly parent: Kin
  /** Each with the moment from which it counts as part of the parent. */
  readonly children: readonly (Kin & { readonly at: Date })[]
}

/**
 * Says of whole histories that came in (`writeIncidents`) which were part of which; both ends tell of it. No clock is
 * counted anew: for agreements by which each child counts by itself, or before clocks are counted.
 */
export async function writeChildren(context: Context, { parent, children }: Family): Promise<void> {
  for (const { at, ...child } of children) {
    const ends = { customerId: parent.customerId, fromId: child.id, toId: parent.id }
    await writeLink(context.db, { ...ends, id: newId(at.getTime()), kind: 'child-of', createdAt: at })
    const facts = [linked(child, parent, 'child-of'), linked(parent, child, 'parent-of')]
    await context.db.executeQuery(writeFacts({ ...context, now: at }, facts))
  }
}

function linked({ id, customerId }: Kin, { number, title }: Kin, link: 'child-of' | 'parent-of') {
  return {
    subjectType: 'incident',
    subjectId: id,
    customerId,
    kind: 'incident.linked' as const,
    facts: { link, number, title },
    visibility: 'public' as const,
  }
}
