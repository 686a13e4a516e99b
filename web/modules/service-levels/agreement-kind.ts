import type { Agreement, NewAgreement } from '#api/service-levels'
import { type Row, rowsOf } from '#web/ui/rows.ts'

/** With whom something is agreed, and which agreements rely on it, as it is typed. */
export interface AgreementKind {
  readonly type: Agreement['type']
  /** Id; empty while none is chosen. */
  readonly team: string
  readonly supplier: string
  readonly behind: readonly Row<Behind>[]
}

/** An agreement that relies on this one; steps follow each other, the same step goes on side by side. */
export interface Behind {
  /** Id; empty while none is chosen. */
  readonly agreement: string
  readonly step: number
}

export const withCustomer: AgreementKind = { type: 'sla', team: '', supplier: '', behind: [] }

/** Of an agreement that is there. */
export function kindOf({ type, party, behind = [] }: Agreement): AgreementKind {
  return {
    type,
    team: party?.team?.id ?? '',
    supplier: party?.supplier ?? '',
    behind: rowsOf(behind.map(({ id, step }) => ({ agreement: id, step }))),
  }
}

/** As it is sent with a new agreement. */
export function sentKind({
  type,
  team,
  supplier,
  behind,
}: AgreementKind): Pick<NewAgreement, 'type' | 'party' | 'behind'> {
  if (type === 'sla') return { type }
  const party = type === 'ola' ? { team } : { supplier: supplier.trim(), ...(team !== '' && { team }) }
  return { type, party, behind: sentBehind(behind) }
}

/** As it is sent: the lines in which an agreement was chosen. */
export function sentBehind(behind: readonly Behind[]): { agreement: string; step: number }[] {
  return behind.filter(({ agreement }) => agreement !== '').map(({ agreement, step }) => ({ agreement, step }))
}

/** What is missing; null when nothing is. */
export function missingOf({ type, team, supplier }: AgreementKind): 'team' | 'supplier' | null {
  if (type === 'ola' && team === '') return 'team'
  return type === 'uc' && supplier.trim() === '' ? 'supplier' : null
}
