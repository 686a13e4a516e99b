import { type Asker, barredFromManaging, barredFromWorking, type Reason } from '#core/may.ts'

/** Who leads it or takes part in leading it, whatever their roles elsewhere. */
interface Led {
  readonly commander: { readonly id: string } | null
  readonly communications: { readonly id: string } | null
  readonly technical: readonly { readonly id: string }[]
}

/** Proposes and declares: whoever works on incidents sees it first. */
export function barredFromDeclaring(asker: Asker): Reason | null {
  if (asker.roles.has('major-incident-manager')) return null
  return barredFromWorking(asker)
}

/**
 * Leads: moves it on, sends updates, gives roles. Service managers, leads of resolver teams, major incident managers, and
 * whoever was given a part in this one.
 */
export function barredFromLeading(asker: Asker, led: Led): Reason | null {
  const { personId, roles } = asker
  if (roles.has('major-incident-manager') || roles.has('resolver-lead')) return null
  const named = [led.commander, led.communications, ...led.technical].some((each) => each?.id === personId)
  if (personId !== null && named && barredFromWorking(asker) === null) return null
  const barred = barredFromManaging(asker)
  return barred === 'may.managers' ? 'may.major-incident-leads' : barred
}

/** Makes and takes back the address of a status page. */
export function barredFromPublishing(asker: Asker): Reason | null {
  if (asker.roles.has('major-incident-manager')) return null
  return barredFromManaging(asker)
}
