import type { Context } from '#platform/context.ts'
import { asProgram } from './program.ts'

/**
 * People invited before `before` who have not come through their link, the longest waiting first. Only for whoever
 * administers, which the caller has decided; in an endpoint with `ownTransaction`.
 */
export async function waitingInvitations(
  context: Context,
  { before, limit }: { readonly before: Date; readonly limit: number },
): Promise<{ id: string; name: string; invitedAt: Date }[]> {
  return asProgram(context, 'read only', ({ db }) =>
    db
      .selectFrom('account')
      .innerJoin('person', 'person.id', 'account.personId')
      .select(['person.id', 'person.name', 'account.createdAt as invitedAt'])
      .where('account.passwordHash', 'is', null)
      .where('account.disabledAt', 'is', null)
      .where('account.createdAt', '<', before)
      .where((where) =>
        where.exists(
          where
            .selectFrom('oneTimeLink')
            .select('oneTimeLink.id')
            .whereRef('oneTimeLink.personId', '=', 'account.personId')
            .where('oneTimeLink.kind', '=', 'invitation')
            .where('oneTimeLink.usedAt', 'is', null),
        ),
      )
      .orderBy('account.createdAt')
      .limit(limit)
      .execute(),
  )
}
