import type { Ask } from '#modules/service-levels'
import { clockFacts, type IncidentFact } from './clock-events.ts'

/** The facts of many incidents that clocks are counted from; of one, in order, when it is asked for. */
export type Histories = (incidentId: string) => readonly IncidentFact[]

/**
 * Reads the histories of many incidents, each as one text with a line for each fact: there are millions of facts, most of
 * them say one of a few things, and to take them apart as rows takes longer than to count clocks from them. Which fact is
 * which is read only where a correction speaks of one.
 */
export async function readHistories(ask: Ask, customerId: string, ids: readonly string[]): Promise<Histories> {
  const texts = await readTexts(ask, { customerId, ids, named: false })
  const corrected = [...texts].filter(([, text]) => text.includes('incident.corrected')).map(([id]) => id)
  const named = corrected.length === 0 ? texts : await readTexts(ask, { customerId, ids: corrected, named: true })
  const isNamed = new Set(corrected)
  return (id) => (isNamed.has(id) ? factsIn(named.get(id), true) : factsIn(texts.get(id), false))
}

async function readTexts(
  ask: Ask,
  { customerId, ids, named }: { readonly customerId: string; readonly ids: readonly string[]; readonly named: boolean },
): Promise<ReadonlyMap<string, string>> {
  const rows = await ask<{ readonly id: string; readonly text: string }>(
    // date_part counts in floating point, extract in decimal digits, which takes longer than all else.
    `select subject_id as id, string_agg(round(date_part('epoch', occurred_at) * 1000)::bigint || ' ' ${named ? `|| id || ' '` : ''} || kind
         || ' ' || case when kind = 'incident.note' then '{}' else facts::text end, e'\\n' order by occurred_at, sequence, id) as text
     from history
     where subject_id = any($1::uuid[]) and subject_type = 'incident' and (kind = any($2)
       or kind = 'incident.note' and visibility = 'public'
         and exists (select from target where customer_id = $3 and metric = 'next-update'))
     group by subject_id`,
    [ids, clockFacts, customerId],
  )
  return new Map(rows.map(({ id, text }) => [id, text]))
}

const UUID_LENGTH = 36

function factsIn(text: string | undefined, named: boolean): IncidentFact[] {
  if (text === undefined) return []
  return text.split('\n').map((line) => {
    const moment = line.indexOf(' ')
    const at = Number(line.slice(0, moment))
    if (!named) return { at, ...saidIn(line.slice(moment + 1)) }
    const said = moment + 1 + UUID_LENGTH
    return { at, id: line.slice(moment + 1, said), ...saidIn(line.slice(said + 1)) }
  })
}

type Said = Pick<IncidentFact, 'kind' | 'facts'>

/** What facts say, by its text: the same few things a million times. Whatever is long is hardly said twice. */
const known = new Map<string, Said>()
const KNOWN_AT_MOST = 2000
const LONGEST_KNOWN = 250

function saidIn(text: string): Said {
  const found = known.get(text)
  if (found !== undefined) return found
  const kind = text.indexOf(' ')
  const said = { kind: text.slice(0, kind), facts: JSON.parse(text.slice(kind + 1)) as Said['facts'] }
  if (text.length > LONGEST_KNOWN) return said
  if (known.size >= KNOWN_AT_MOST) known.clear()
  known.set(text, said)
  return said
}
