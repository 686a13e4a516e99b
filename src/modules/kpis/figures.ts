import { sql } from 'kysely'
import { notFound } from '#core/failure.ts'
import { speaker } from '#core/text.ts'
import type { Context } from '#platform/context.ts'
import de from '../../locales/de/kpis.json' with { type: 'json' }
import en from '../../locales/en/kpis.json' with { type: 'json' }
import type { KpiPart, ListedKpi } from './api.ts'
import { type KpiDefinition, type KpiUnit, library } from './library.ts'
import { formulaText, type OwnFormula, type OwnPart } from './own.ts'
import { sources } from './sources.ts'

const say = speaker<keyof typeof en>({ en, de })

/** A figure of the library, or one made of others. */
export interface Figure {
  readonly told: Omit<ListedKpi, 'latest'>
  /** Null for one of the library. */
  readonly formula: OwnFormula | null
  readonly id: string | null
}

/** All figures that whoever asks may see, by key: those of the library first. */
export async function readFigures(
  context: Context,
  customerId: string | null = null,
): Promise<ReadonlyMap<string, Figure>> {
  const figures = new Map<string, Figure>()
  for (const definition of library) {
    figures.set(definition.key, { told: defined(context, definition), formula: null, id: null })
  }
  const rows = await context.db
    .selectFrom('ownKpi')
    .leftJoin('person', 'person.id', 'ownKpi.ownerId')
    .leftJoin('customer', 'customer.id', 'ownKpi.customerId')
    .select(['ownKpi.id', 'ownKpi.key', 'ownKpi.name', 'ownKpi.question', 'ownKpi.kind', 'ownKpi.unit', 'ownKpi.parts'])
    .select(['ownKpi.direction', 'ownKpi.version', 'person.name as owner'])
    .select(['customer.id as customerId', 'customer.name as customerName'])
    .where('ownKpi.endedAt', 'is', null)
    .$if(customerId !== null, (query) =>
      query.where((where) =>
        where.or([where('ownKpi.customerId', 'is', null), where('ownKpi.customerId', '=', customerId)]),
      ),
    )
    .orderBy(sql`length(own_kpi.key)`)
    .orderBy('ownKpi.key')
    .execute()
  for (const { id, key, name, question, direction, version, owner, ...row } of rows) {
    const formula = { kind: row.kind, unit: row.unit, parts: row.parts } as unknown as OwnFormula
    const { customerId: of, customerName } = row
    figures.set(key, {
      id,
      formula,
      told: {
        key,
        name,
        question,
        formula: formulaText(formula),
        exclusions: '',
        unit: formula.unit,
        direction: direction as ListedKpi['direction'],
        minimum: 1,
        owner: owner ?? '',
        version,
        missing: null,
        needs: null,
        parts: [],
        records: null,
        made: {
          kind: formula.kind,
          parts: [],
          customer: of === null || customerName === null ? null : { id: of, name: customerName },
        },
      },
    })
  }
  for (const { formula, told } of figures.values()) {
    if (formula !== null) figures.set(told.key, { ...figures.get(told.key)!, told: whole(told, formula, figures) })
  }
  return figures
}

/** A figure is told apart by what all its parts are, and hidden where one of them is. */
function whole(
  told: Figure['told'],
  { kind, parts }: OwnFormula,
  figures: ReadonlyMap<string, Figure>,
): Figure['told'] {
  const bases = basesOf(parts, figures).map((key) => figures.get(key)!.told)
  const [first, ...others] = bases
  return {
    ...told,
    minimum: Math.max(1, ...bases.map(({ minimum }) => minimum)),
    parts: (first?.parts ?? []).filter((part: KpiPart) => others.every((other) => other.parts.includes(part))),
    made: {
      kind,
      customer: told.made?.customer ?? null,
      parts: parts.map(({ kpi, weight }) => ({ kpi, weight, name: figures.get(kpi)?.told.name ?? kpi })),
    },
  }
}

/** The figures of the library that others are made of in the end, each once. */
export function basesOf(
  parts: readonly Pick<OwnPart, 'kpi'>[],
  figures: ReadonlyMap<string, Figure>,
): readonly string[] {
  const found = new Set<string>()
  const seen = new Set<string>()
  const open = parts.map(({ kpi }) => kpi)
  for (let key = open.pop(); key !== undefined; key = open.pop()) {
    if (seen.has(key)) continue
    seen.add(key)
    const figure = figures.get(key)
    if (figure?.formula) open.push(...figure.formula.parts.map(({ kpi }) => kpi))
    else if (figure !== undefined) found.add(key)
  }
  return [...found]
}

/** One of them. Throws where there is none, or whoever asks may not see it. */
export function requireFigure(figures: ReadonlyMap<string, Figure>, key: string): Figure {
  const found = figures.get(key)
  if (found === undefined) throw notFound('kpi.not-found', { key })
  return found
}

function defined({ actor }: Context, { key, unit, ...rest }: KpiDefinition): Figure['told'] {
  const word = (what: 'name' | 'question' | 'formula' | 'exclusions' | 'missing') =>
    say(actor.language, `${key}.${what}` as keyof typeof en)
  const source = sources[key]
  return {
    key,
    unit: unit satisfies KpiUnit,
    ...rest,
    name: word('name'),
    question: word('question'),
    formula: word('formula'),
    exclusions: word('exclusions'),
    needs: rest.missing === null ? null : word('missing'),
    parts: [...(source?.parts ?? [])],
    records: source?.records ?? null,
    made: null,
  }
}
