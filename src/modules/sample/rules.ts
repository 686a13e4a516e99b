import { addRule } from '#modules/rules'
import { addWebhook } from '#modules/webhooks'
import type { Context } from '#platform/context.ts'
import type { SampleCompany } from '#sample/company.ts'
import { sampleSourceKey } from './company.ts'

/** What goes on by itself at one of its customers, in the words of its people. */
const words = {
  en: {
    warned: 'A P1 is in danger: look at it together',
    warning: '{number} has used up 90 % of its time and is with {assignee}. Team {team}: please look at it together.',
    forgotten: 'Nobody has touched it for a day',
    reminder: 'Nothing has happened to {number} for eight working hours.',
    webhook: 'Wallboard in the control room',
  },
  de: {
    warned: 'Eine P1 ist gefährdet: gemeinsam darauf schauen',
    warning:
      '{number} hat 90 % der Zeit verbraucht und liegt bei {assignee}. Team {team}: bitte gemeinsam darauf schauen.',
    forgotten: 'Seit einem Tag hat sie niemand angefasst',
    reminder: 'An {number} ist seit acht Arbeitsstunden nichts geschehen.',
    webhook: 'Anzeigetafel im Leitstand',
  },
}

/**
 * Writes two rules and a webhook that is paused, for the first customer: one rule that is on, one to be tried and switched
 * on. They belong to somebody who manages, where there is one by now, else to one of the company's own people.
 */
export async function writeRules(context: Context, { customers, calendars }: SampleCompany): Promise<void> {
  const [customer] = customers
  const personId = await ownerIn(context)
  if (customer === undefined || personId === null) return
  const said = words[customer.language === 'de' ? 'de' : 'en']
  const owned = { ...context, actor: { ...context.actor, personId } }
  const calendar = await calendarIn(context, calendars[0]?.name)
  await addRule(owned, {
    name: said.warned,
    customer: customer.id,
    enabled: true,
    when: { on: 'clock', metric: 'resolution', percent: 90 },
    if: [[{ field: 'priority', not: false, values: ['p1'] }]],
    actions: [{ do: 'note', text: said.warning }],
  })
  await addRule(owned, {
    name: said.forgotten,
    customer: customer.id,
    enabled: false,
    when: { on: 'time', hours: 8, since: 'updated', calendar, repeat: false },
    if: [[{ field: 'state', not: false, values: ['new', 'assigned'] }]],
    actions: [
      { do: 'choose', team: null, by: 'load', skill: null, openOnly: true },
      { do: 'note', text: said.reminder },
    ],
  })
  await addWebhook(owned, {
    name: said.webhook,
    customer: customer.id,
    url: 'https://wallboard.example/plumbline',
    kinds: ['incident.opened', 'incident.state_changed', 'clock.breached'],
    internal: false,
    paused: true,
  })
}

async function ownerIn({ db, now }: Context): Promise<string | null> {
  const manager = await db
    .selectFrom('roleAssignment')
    .select('personId')
    .where('role', 'in', ['administrator', 'service-manager'])
    .where('customerId', 'is', null)
    .where('validFrom', '<=', now)
    .where((where) => where.or([where('validTo', 'is', null), where('validTo', '>', now)]))
    .orderBy('createdAt')
    .executeTakeFirst()
  if (manager !== undefined) return manager.personId
  const person = await db
    .selectFrom('person')
    .select('id')
    .where('customerId', 'is', null)
    .where('sourceKey', 'like', `${sampleSourceKey}%`)
    .orderBy('name')
    .executeTakeFirst()
  return person?.id ?? null
}

async function calendarIn({ db }: Context, name: string | undefined): Promise<string | null> {
  if (name === undefined) return null
  const row = await db.selectFrom('calendar').select('id').where('name', '=', name).limit(1).executeTakeFirst()
  return row?.id ?? null
}
