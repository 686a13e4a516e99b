import type { Concerned, NewsSource } from '#platform/news.ts'

/** Whom actions concern: who owns one now, who made it and waits for its end, both when its day comes and goes. */
export const actionNews: NewsSource = {
  facts: ['action.made', 'action.changed', 'action.redated', 'action.state', 'action.due', 'action.late'],
  concerns: async ({ db }, { subjectId, kind, facts }) => {
    const action = await db
      .selectFrom('action')
      .select(['ownerId', 'madeBy', 'state'])
      .where('id', '=', subjectId)
      .executeTakeFirst()
    if (action === undefined) return []
    const { ownerId, madeBy, state } = action
    const owner = (as: string): readonly Concerned[] => (ownerId === null ? [] : [{ personId: ownerId, kind: as }])
    const maker = (as: string): readonly Concerned[] =>
      madeBy === null || madeBy === ownerId ? [] : [{ personId: madeBy, kind: as }]
    if (kind === 'action.made' || (kind === 'action.changed' && facts['owner'] !== undefined)) return owner('assigned')
    if (kind === 'action.redated') return maker('watched')
    if (kind === 'action.due') return owner('assigned')
    if (kind === 'action.late') return [...owner('assigned'), ...maker('watched')]
    if (kind !== 'action.state') return []
    if (facts['to'] === 'done-claimed') return state === 'done-claimed' ? maker('approval') : []
    // Whoever looked says that it is not done.
    return facts['from'] === 'done-claimed' && facts['to'] === 'in-progress' ? owner('assigned') : []
  },
}
