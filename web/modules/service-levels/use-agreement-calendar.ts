import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import type { Agreement, AgreementVersion, Calendar } from '#api/service-levels'
import { customerQuery } from '#web/app/customers.ts'
import { browserZone } from '#web/ui/format.ts'
import { NEW_HOURS } from './agreement-hours.tsx'
import { localDay, onlyChoice, type Values, versionsOf, versionsOfDraft } from './agreement-form-values.ts'
import { calendarsQuery, firstYearQuery } from './agreements-queries.ts'
import { thisYear } from './calendar-today.ts'

interface Made {
  readonly agreement: Agreement | null
  /** The draft that is replaced; null when none is. */
  readonly draft: AgreementVersion | null
}

/** In whose hours an agreement that is being written runs, from which day on, and what there is to choose from. */
export function useAgreementCalendar(values: Values, { agreement, draft }: Made) {
  const [made, setMade] = useState<Calendar | null>(null)
  const chosen = values.customer || undefined
  const { data: owner } = useQuery({ ...customerQuery(values.customer), enabled: chosen !== undefined })
  const { data: firstYear } = useQuery({
    ...firstYearQuery(values.customer),
    enabled: chosen !== undefined && agreement === null,
  })
  const { data: calendars } = useQuery({ ...calendarsQuery(chosen), enabled: chosen !== undefined })
  const known = made === null ? (calendars ?? []) : [made, ...(calendars ?? []).filter(({ id }) => id !== made.id)]
  // Whoever has no calendar yet makes one, whoever has one takes it; else the choice is open until somebody makes it.
  const wanted = values.calendar || onlyChoice(calendars)
  // One that was copied may be another customer's.
  const calendarId =
    calendars === undefined || wanted === NEW_HOURS || known.some(({ id }) => id === wanted) ? wanted : ''
  const calendar = known.find(({ id }) => id === calendarId)
  const zone = owner?.timeZone ?? browserZone()
  const beginning = draft === null ? `${firstYear ?? thisYear() - 1}-01-01` : localDay(draft.validFrom, zone)
  const hours = useMemo(
    () => (calendarId === NEW_HOURS ? versionsOfDraft(values.hours) : calendar ? versionsOf(calendar) : null),
    [calendarId, calendar, values.hours],
  )
  return { known, calendarId, calendar, zone, validFrom: values.validFrom ?? beginning, hours, setMade }
}
