import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import type { Context } from '#platform/context.ts'
import type { Stakeholder, StakeholderInFull } from './api.ts'
import { barredFromRelating } from './may.ts'

/** As many interactions of one are told. */
const MOST = 100

async function stakeholders(
  { db, now }: Context,
  { id, customerId }: { readonly id?: string; readonly customerId?: string },
): Promise<Stakeholder[]> {
  const { rows } = await sql<Stakeholder>`
    select s.*, coalesce(s.due < s.today, false) as overdue, s.due::text as "dueOn" from (
      select s.id, s.name, s.role, s.level, s.segment, s.influence, s.support, s.interests, s.channel, s.language, s.audience,
        s.cadence_days as "cadenceDays", s.version, json_build_object('id', c.id, 'name', c.name) as customer,
        (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = s.person_id) as person,
        (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = s.owner_id) as owner,
        met.last::text as "lastOn", met.face::text as "lastFaceToFaceOn",
        coalesce(met.last, (s.created_at at time zone c.time_zone)::date) + s.cadence_days as due,
        (${now}::timestamptz at time zone c.time_zone)::date as today,
        (select u.score from relationship_pulse u where u.stakeholder_id = s.id order by u.quarter desc limit 1) as pulse,
        (select count(*)::int from agenda_item a where a.stakeholder_id = s.id and a.state = 'open') as "openItems"
      from stakeholder s join customer c on c.id = s.customer_id
        left join lateral (select max(i.on_day) as last, max(i.on_day) filter (where i.face_to_face) as face
          from stakeholder_interaction i where i.stakeholder_id = s.id) met on true
      where s.ended_at is null and ${id === undefined ? sql`true` : sql`s.id = ${id}`}
        and ${customerId === undefined ? sql`true` : sql`s.customer_id = ${customerId}`}
    ) s order by s.influence desc, lower(s.name), s.id`.execute(db)
  return rows
}

/** `GET /stakeholders`. */
export async function listStakeholders(context: Context, { customer }: { readonly customer?: string | undefined }) {
  require(barredFromRelating(context.actor))
  const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
  const items = await stakeholders(context, customerId === undefined ? {} : { customerId })
  const planned = items.filter(({ dueOn }) => dueOn !== null)
  const pulses = items.flatMap(({ pulse }) => pulse ?? [])
  return {
    items,
    coverage:
      planned.length === 0
        ? null
        : { numerator: planned.filter(({ overdue }) => !overdue).length, denominator: planned.length },
    pulseMean: pulses.length === 0 ? null : pulses.reduce((sum, score) => sum + score, 0) / pulses.length,
  }
}

/** `GET /stakeholders/:id`. Throws when there is none in sight. */
export async function readStakeholder(context: Context, id: string): Promise<StakeholderInFull> {
  require(barredFromRelating(context.actor))
  const [stakeholder] = await stakeholders(context, { id })
  if (stakeholder === undefined) throw notFound('stakeholder.not-found')
  const { db } = context
  const interactions = await sql<StakeholderInFull['interactions'][number]>`
    select i.id, i.kind, i.face_to_face as "faceToFace", i.on_day::text as "onDay", i.notes, i.private,
      (select json_build_object('id', p.id, 'name', p.name) from person p where p.id = i.by_id) as by
    from stakeholder_interaction i where i.stakeholder_id = ${id}
    order by i.on_day desc, i.id desc limit ${MOST}`.execute(db)
  const pulses = await sql<StakeholderInFull['pulses'][number]>`
    select id, quarter::text as quarter, score, sentence from relationship_pulse
    where stakeholder_id = ${id} order by quarter desc`.execute(db)
  const agenda = await sql<StakeholderInFull['agenda'][number]>`
    select id, kind, text, state, outcome, created_at as "createdAt", version from agenda_item
    where stakeholder_id = ${id} order by state <> 'open', created_at desc, id desc`.execute(db)
  return { ...stakeholder, interactions: interactions.rows, pulses: pulses.rows, agenda: agenda.rows }
}
