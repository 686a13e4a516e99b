import { Link } from '@tanstack/react-router'
import type {
  Action,
  ActionState as Stage,
  Decision,
  DecisionState as Settled,
  Origin,
  OriginGiven,
} from '#api/actions'
import { originPages } from './origin-pages.ts'
import { State, type Standing } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

const standing: Readonly<Record<Stage, Standing>> = {
  open: 'soon',
  'in-progress': 'runs',
  'done-claimed': 'paused',
  verified: 'met',
  cancelled: 'none',
}

/** How far an action has got. */
export function ActionState({ state }: Pick<Action, 'state'>) {
  const t = useText()
  return <State is={standing[state]}>{t(`actions.state.${state}`)}</State>
}

const settled: Readonly<Record<Settled, Standing>> = {
  wanted: 'soon',
  decided: 'met',
  reviewed: 'met',
  dropped: 'none',
}

export function DecisionState({ state }: Pick<Decision, 'state'>) {
  const t = useText()
  return <State is={settled[state]}>{t(`actions.decision.state.${state}`)}</State>
}

/** A local day, as it stands in the calendar wherever it is read. */
export function useDay(): (day: string) => string {
  const format = useFormat()
  return (day) => format.dayShort(new Date(`${day}T12:00Z`), 'UTC')
}

/** Its day; that it is over is not said by colour alone. */
export function DueWord({ of: { due, overdue } }: { readonly of: Pick<Action, 'due' | 'overdue'> }) {
  const t = useText()
  const day = useDay()
  return overdue ? <State is="miss">{t('actions.overdue-since', { day: day(due) })}</State> : day(due)
}

/** Who owns it; of whose people they are, where they are not ours. */
export function useOwnerWord(): (of: Pick<Action, 'owner' | 'ownerName' | 'ownerSide' | 'customer'>) => string {
  const t = useText()
  return ({ owner, ownerName, ownerSide, customer }) => {
    const name = owner?.name ?? ownerName
    if (name === null) return t('actions.owner-provider')
    if (ownerSide === 'customer' && customer !== null) return t('actions.owner-of', { name, of: customer.name })
    return name
  }
}

/** What it was made from, as a link. */
export function OriginLink({ origin: { kind, id, key, part, label } }: { readonly origin: Origin }) {
  const t = useText()
  const words = t('actions.origin-of', { kind: t(`actions.origin.${kind}`), label })
  if (kind !== 'kpi') {
    return (
      <Link to={originPages[kind]} params={{ id: id ?? '' }}>
        {words}
      </Link>
    )
  }
  const month = part !== null && /^\d{4}-\d{2}$/.test(part) ? { month: part } : {}
  return (
    <Link to="/kpis/$key" params={{ key: key ?? '' }} search={(before) => ({ ...before, ...month })}>
      {words}
    </Link>
  )
}

/** A kind of record as a list is narrowed by it. */
export function refOf({ kind, id, key }: OriginGiven): string {
  return `${kind}:${id ?? key ?? ''}`
}
