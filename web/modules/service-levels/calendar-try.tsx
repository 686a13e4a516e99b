import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Calendar, CalendarUses } from '#api/service-levels'
import { tryWhatIf } from '#api/what-if'
import { call } from '#web/http/call.ts'
import { TextButton } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { agreementQuery, calendarUsesQuery } from './agreements-queries.ts'
import type { HoursDraft } from './calendar-draft.ts'
import { sentHours } from './calendar-sent.ts'
import classes from './agreements.module.css'

interface TryHoursProps {
  readonly calendar: Calendar
  readonly hours: HoursDraft
}

type Use = CalendarUses['agreements'][number]

/** What the hours that are typed would have made of the last quarter, by an agreement that counts in them. */
export function TryHours({ calendar, hours }: TryHoursProps) {
  const t = useText()
  const cache = useQueryClient()
  const { data } = useQuery(calendarUsesQuery(calendar.id))
  const [asked, setAsked] = useState<Readonly<Record<string, string>>>({})
  const [other, setOther] = useState<string | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  // What teams and suppliers promise us counts no tickets of its own.
  const uses = data?.agreements.filter(({ inForce, type }) => inForce && type === 'sla') ?? []
  if (uses.length === 0) return null

  async function ask({ id, name }: Use) {
    setFailure(null)
    setOther(null)
    try {
      const { versions } = await cache.fetchQuery(agreementQuery(id))
      const version = versions.find(({ state, calendarId }) => state === 'active' && calendarId === calendar.id)
      if (version === undefined) return setOther(name)
      const { rules } = sentHours(hours)
      // Days that are over stay as the calendar has them, but for those that were typed.
      const typed = new Set(rules.exceptions.map(({ date }) => date))
      const known = calendar.versions[0]!.rules.exceptions.filter(({ date }) => !typed.has(date))
      const exceptions = [...rules.exceptions, ...known].toSorted((one, next) => (one.date < next.date ? -1 : 1))
      const body = { versionId: version.id, calendarRules: { ...rules, exceptions } }
      const whatIf = await call(tryWhatIf, { body })
      setAsked((before) => ({ ...before, [id]: whatIf.id }))
    } catch (thrown) {
      setFailure(thrown)
    }
  }

  return (
    <Section title={t('app.what-if')} hint={t('agreements.calendar.try.hint')}>
      <ul className={classes.sentences}>
        {uses.map((use) => (
          <li key={use.id}>
            <TextButton onClick={() => void ask(use)}>
              {t('agreements.calendar.try.with', { name: use.name, customer: use.customerName })}
            </TextButton>
            {asked[use.id] !== undefined && (
              <>
                {' · '}
                <Link to="/what-ifs/$id" params={{ id: asked[use.id]! }} target="_blank">
                  {t('agreements.calendar.try.see')}
                </Link>
              </>
            )}
          </li>
        ))}
      </ul>
      {other !== null && <p role="alert">{t('agreements.calendar.try.other', { name: other })}</p>}
      {failure !== null && <Problem failure={failure} />}
    </Section>
  )
}
