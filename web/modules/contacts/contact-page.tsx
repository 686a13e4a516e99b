import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/contacts'
import { barredFromWorking, type WholeContact } from '#api/contacts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { OutcomeState } from './outcome-state.tsx'
import { contactQuery } from './queries.ts'
import classes from './contacts.module.css'

const route = getRouteApi('/shell/contacts/$id')

/** One contact: who, what about, what was written, and how it goes on. */
export function ContactPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: contact } = useSuspenseQuery(contactQuery(id))
  const [problem, setProblem] = useState<unknown>(null)
  return (
    <Page
      title={contact.subject}
      crumb={<Link to="/contacts">{t('contacts.title')}</Link>}
      actions={<Settling contact={contact} onProblem={setProblem} />}
      side={<ContactFacts contact={contact} />}
    >
      {problem !== null && <Problem failure={problem} />}
      {contact.details !== '' && <p className={classes.words}>{contact.details}</p>}
      {contact.incident !== null && (
        <p>
          <Text
            id="contacts.goes-on"
            values={contact.incident}
            components={{ a: <Link to="/incidents/$id" params={{ id: contact.incident.number }} /> }}
          />
        </p>
      )}
      {contact.messages.length > 0 && <Messages contact={contact} />}
    </Page>
  )
}

function Messages({ contact }: { readonly contact: WholeContact }) {
  const t = useText()
  const format = useFormat()
  return (
    <Section title={t('contacts.messages')}>
      {contact.messages.map(({ id, author, name, text, sentAt }) => (
        <div key={id} className={classes.message} data-author={author}>
          <div className="pl-small pl-quiet">
            {name || t('contacts.author', { author })} · {format.instant(sentAt)}
          </div>
          {text}
        </div>
      ))}
    </Section>
  )
}

function ContactFacts({ contact }: { readonly contact: WholeContact }) {
  const t = useText()
  const format = useFormat()
  const { caller, customer, site, incident, source, takenBy, startedAt, handleSeconds, channel, outcome, request } =
    contact
  const optional = (name: string, value: string | null | undefined) => (value ? [{ name, value }] : [])
  return (
    <SideSection title={t('contacts.outcome')}>
      <Facts
        small
        facts={[
          { name: t('contacts.outcome'), value: <OutcomeState outcome={outcome} /> },
          { name: t('contacts.caller'), value: caller.name || t('contacts.nobody') },
          ...optional(t('contacts.form.email'), caller.email),
          ...optional(t('contacts.form.phone'), caller.phone),
          { name: t('contacts.customer'), value: customer.name },
          ...optional(t('contacts.site'), site?.name),
          { name: t('contacts.channel'), value: t(`contacts.channel.${channel}`) },
          { name: t('contacts.when'), value: format.instant(startedAt) },
          ...optional(t('contacts.lasted'), handleSeconds === null ? null : format.duration(handleSeconds * 1000)),
          ...optional(t('contacts.taken-by'), takenBy?.name),
          ...optional(t('contacts.source'), source?.name),
          ...(request === null
            ? []
            : [
                {
                  name: t('contacts.request'),
                  value: (
                    <Link to="/requests/$id" params={{ id: request.number }}>
                      {request.number}
                    </Link>
                  ),
                },
              ]),
          ...(incident === null
            ? []
            : [
                {
                  name: t('contacts.incident'),
                  value: (
                    <Link to="/incidents/$id" params={{ id: incident.number }}>
                      {incident.number}
                    </Link>
                  ),
                },
              ]),
        ]}
      />
    </SideSection>
  )
}

interface SettlingProps {
  readonly contact: WholeContact
  readonly onProblem: (failure: unknown) => void
}

/** What is still to be decided of a contact that belongs to no incident. */
function Settling({ contact, onProblem }: SettlingProps) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const barred = barredFromWorking(useAsker())
  const { id, version, outcome, incident, request } = contact
  if (incident !== null || request !== null) return null
  async function settle(as: 'answered' | 'abandoned') {
    onProblem(null)
    try {
      await call(api.changeContact, { params: { id }, body: { outcome: as }, match: version })
      notify(t(`contacts.done.${as}`))
    } catch (failure) {
      onProblem(failure)
    } finally {
      void client.invalidateQueries({ queryKey: ['contacts'] })
    }
  }
  return (
    <>
      <Button
        main
        barred={barred && t(barred)}
        onClick={() => void navigate({ to: '/incidents/new', search: { contact: id } })}
      >
        {t('contacts.form.log')}
      </Button>
      {barred === null && outcome === 'open' && (
        <Menu button={<Button>{t('contacts.settle')}</Button>}>
          <MenuItem onClick={() => void settle('answered')}>{t('contacts.form.answered')}</MenuItem>
          <MenuItem
            onClick={() => void navigate({ to: '/catalogue', search: { contact: id, caller: contact.customer.id } })}
          >
            {t('contacts.form.request')}
          </MenuItem>
          <MenuItem onClick={() => void settle('abandoned')}>{t('contacts.form.abandoned')}</MenuItem>
        </Menu>
      )}
    </>
  )
}
