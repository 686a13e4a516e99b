import { Failure } from '#core/failure.ts'
import {
  type Asker,
  barredBeyondBooks,
  barredFromAdministering,
  barredFromInside,
  barredFromManaging,
  barredFromWorking,
  type Reason,
  require,
} from '#core/may.ts'
import type { Actor, Context } from '#platform/context.ts'
import { transaction } from '#platform/database.ts'
import { sentence } from '#platform/problem.ts'
import { type CountedTable, countRows } from './access-queries.ts'
import { accountStates } from './account-queries.ts'
import type { Access, AccessRule } from './api-people.ts'
import { customerIds, customerNames } from './customer-queries.ts'
import { barredFromGranting, barredFromSeeingAccess } from './may.ts'
import { requirePersonRecord } from './person-queries.ts'
import { asAsker, asProgram } from './program.ts'
import {
  type Assignment,
  countsForSomething,
  isForEveryCustomer,
  isPart,
  reachedBy,
  type Reached,
  reachOf,
} from './role.ts'
import { type RoleRecord, withScopes } from './role-queries.ts'

interface Rule {
  readonly record: AccessRule['record']
  readonly act: AccessRule['act']
  readonly barred: (asker: Asker) => Reason | null
  /** What is counted, for records that are seen. */
  readonly table?: CountedTable
}

const anybody = () => null

/** Who imports sees imports; so does an auditor. As of the module `imports`, which this one may not ask. */
const barredFromSeeingImports = (asker: Asker) => (asker.access === 'auditor' ? null : barredFromManaging(asker))

/** What is asked of somebody, in the order that it is told. The same sentences as the server asks before each act. */
const rules: readonly Rule[] = [
  { record: 'customers', act: 'see', barred: anybody, table: 'customer' },
  { record: 'sites', act: 'see', barred: anybody, table: 'site' },
  { record: 'services', act: 'see', barred: anybody, table: 'service' },
  { record: 'agreements', act: 'see', barred: anybody, table: 'agreement' },
  { record: 'incidents', act: 'see', barred: barredBeyondBooks, table: 'incident' },
  { record: 'reviews', act: 'see', barred: anybody, table: 'review' },
  { record: 'imports', act: 'see', barred: barredFromSeeingImports, table: 'import' },
  { record: 'people', act: 'see', barred: anybody, table: 'person' },
  { record: 'teams', act: 'see', barred: barredFromInside, table: 'team' },
  { record: 'incidents', act: 'keep', barred: barredFromWorking },
  { record: 'agreements', act: 'keep', barred: barredFromManaging },
  { record: 'customers', act: 'keep', barred: barredFromManaging },
  { record: 'reviews', act: 'keep', barred: barredFromManaging },
  { record: 'imports', act: 'keep', barred: barredFromManaging },
  { record: 'teams', act: 'keep', barred: barredFromManaging },
  { record: 'people', act: 'invite', barred: (asker) => barredFromGranting(asker, 'customer-stakeholder') },
  { record: 'roles', act: 'give', barred: (asker) => barredFromGranting(asker, 'agent') },
  { record: 'settings', act: 'keep', barred: barredFromAdministering },
]

/** `GET /people/:id/access`. What is counted is counted by the database, in the name and behind the policies of that person. */
export async function readAccess(context: Context, id: string): Promise<Access> {
  require(barredFromSeeingAccess(context.actor, id))
  const { now, db } = context
  const record = await asAsker(context, 'read only', ({ db: tx }) => requirePersonRecord(tx, now, id))
  const holding = record.roles.filter((role) => role.validFrom <= now && countsForSomething(assignmentIn(role)))
  const held = holding.map((role) => assignmentIn(role, id))
  const every = held.some(isForEveryCustomer)
    ? await asProgram(context, 'read only', ({ db: program }) => customerIds(program))
    : []
  const reached = reachedBy(held, every)
  const counting = holding.filter((role) => standingOf(role, reached, now) === 'holds')
  const actor: Actor = { personId: id, ...reached, language: record.language }
  const counts = await transaction(db, actor, 'read only', (tx) => countRows(tx, tablesFor(actor), actor.access))
  return asProgram(context, 'read only', async ({ db: program }) => {
    // How much there is of others is nothing for whoever only asks for themselves.
    const all = context.actor.access === 'auditor' || barredFromAdministering(context.actor) === null
    const totals = all ? await countRows(program, tablesFor({ ...actor, access: 'auditor' }), 'auditor') : new Map()
    const state = (await accountStates(program, [id])).get(id)
    const named = await withScopes(program, record.roles, { teams: barredFromInside(context.actor) === null })
    return {
      id,
      name: record.name,
      signsIn: state?.account === 'active',
      access: reached.access,
      allCustomers: reached.access === 'staff' || reached.access === 'auditor' || reached.books === 'all',
      books: reached.books ?? null,
      customers: await customerNames(program, reached.customers),
      roles: named.map((role, index) => ({ ...role, standing: standingOf(record.roles[index]!, reached, now) })),
      rules: rules.map((rule) => {
        const reason = rule.barred(actor)
        return {
          record: rule.record,
          act: rule.act,
          may: reason === null,
          reason: reason && sentence(new Failure('forbidden', reason), context.actor.language),
          by: reason === null ? counting.filter((role) => isEnough(role, rule)).map((role) => role.id) : [],
          count: (rule.table && counts.get(rule.table)) ?? null,
          of: (rule.table && totals.get(rule.table)) ?? null,
        }
      }),
    }
  })
}

/** Tables that this person's kind of access may read at all. */
function tablesFor(actor: Actor): readonly CountedTable[] {
  return rules.flatMap(({ table, barred }) => (table && barred(actor) === null ? table : []))
}

function assignmentIn({ role, customer, siteId, serviceId, teamId }: RoleRecord, personId = ''): Assignment {
  return { role, personId, customerId: customer?.id ?? null, siteId, serviceId, teamId }
}

/** Whether this role alone would do. To see takes a reach: whoever reaches nobody sees nothing by it. */
function isEnough(role: RoleRecord, { act, barred }: Rule): boolean {
  const alone = reachedBy([assignmentIn(role)])
  const reaches = alone.access !== 'customer' || alone.customers.length > 0
  return barred({ personId: null, ...alone }) === null && (act !== 'see' || reaches)
}

/** What becomes of a role among the others. */
function standingOf(role: RoleRecord, reached: Reached, now: Date): Access['roles'][number]['standing'] {
  if (role.validFrom > now) return 'later'
  const assignment = assignmentIn(role)
  if (!countsForSomething(assignment)) return 'narrowed'
  if (reachOf(role.role) === 'apart') return 'apart'
  // Of a part it holds as far as that part goes.
  const inParts = isPart(assignment) && reached.parts.some(({ customerId }) => customerId === assignment.customerId)
  return inParts || reached.roles.has(role.role) ? 'holds' : 'outreached'
}
