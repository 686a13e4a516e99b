import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/incidents'
import type { IncidentPage } from '#api/incidents'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './confidential-readers.module.css'

/** Who was named beside those who work on it; asked for of a confidential one alone. */
export function readersQuery({ id, confidential }: Pick<IncidentPage, 'id' | 'confidential'>) {
  return queryOptions({
    queryKey: ['incidents', 'readers', id],
    queryFn: async ({ signal }) => (await call(api.listIncidentReaders, { params: { id } }, signal)).items,
    enabled: confidential.length > 0,
  })
}

/** Lets further people know of a confidential incident, one by one, and takes that back. */
export function ConfidentialReaders({ incident }: { readonly incident: IncidentPage }) {
  const t = useText()
  const format = useFormat()
  const client = useQueryClient()
  const navigate = useNavigate()
  const { personId } = useAsker()
  const [chosen, setChosen] = useState('')
  const { id, number } = incident
  const { data: readers = [] } = useQuery(readersQuery(incident))
  const possibleKey = ['incidents', 'possible-readers', id]
  const { data: people = [] } = useQuery({
    queryKey: possibleKey,
    queryFn: async ({ signal }) => (await call(api.listPossibleReaders, { params: { id } }, signal)).items,
  })
  const onSettled = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: possibleKey }),
      client.invalidateQueries({ queryKey: readersQuery(incident).queryKey }),
      client.invalidateQueries({ queryKey: ['incidents', 'one'] }),
    ])
  const name = useMutation({
    mutationFn: (person: string) => call(api.nameIncidentReader, { params: { id }, body: { person } }),
    onSuccess: (_, person) => {
      const named = people.find((each) => each.id === person)
      if (named) notify(t('incidents.readers.done', { name: named.name, number }))
      setChosen('')
    },
    onSettled,
  })
  const withdraw = useMutation({
    mutationFn: ({ person }: api.IncidentReader) =>
      call(api.withdrawIncidentReader, { params: { id, person: person.id } }),
    onSuccess: async (_, { person }) => {
      notify(t('incidents.readers.undone', { name: person.name, number }))
      if (person.id !== personId) return onSettled()
      // Whoever takes it back from themselves is led to what they see.
      const still = await call(api.getIncident, { params: { id } }).catch(() => null)
      if (still !== null) return onSettled()
      await navigate({ to: '/incidents' })
      client.removeQueries({ queryKey: ['incidents', 'one'] })
      return client.invalidateQueries({ queryKey: ['incidents'] })
    },
  })
  const failure = name.error ?? withdraw.error
  return (
    <section className={classes.readers} aria-labelledby="incident-readers">
      <h3 id="incident-readers">{t('incidents.readers')}</h3>
      <p className="pl-small pl-quiet">{t('incidents.readers.hint')}</p>
      {readers.length > 0 && (
        <ul className={classes.list}>
          {readers.map((reader) => (
            <li key={reader.person.id}>
              <span>
                {reader.person.name}
                <span className={`${classes.since} pl-small pl-quiet`}>
                  {reader.namedBy === null
                    ? t('incidents.readers.since', { at: format.instant(reader.since) })
                    : t('incidents.readers.named-by', { name: reader.namedBy, at: format.instant(reader.since) })}
                </span>
              </span>
              <TextButton
                aria-label={`${t('incidents.readers.withdraw')}: ${reader.person.name}`}
                aria-busy={withdraw.isPending}
                onClick={() => withdraw.mutate(reader)}
              >
                {t('incidents.readers.withdraw')}
              </TextButton>
            </li>
          ))}
        </ul>
      )}
      <div className={classes.add}>
        <PersonField
          field={{ name: 'reader', value: chosen, onChange: setChosen, error: undefined }}
          label={t('incidents.readers.find')}
          hint={t('incidents.readers.find-hint')}
          people={people.map(({ customer, ...each }) => ({ ...each, ...(customer !== null && { about: customer }) }))}
        />
        {chosen !== '' && (
          <Button busy={name.isPending} onClick={() => name.mutate(chosen)}>
            {t('incidents.readers.name')}
          </Button>
        )}
      </div>
      {failure !== null && <Problem failure={failure} />}
    </section>
  )
}
