import { useQuery, useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/mail'
import { barredFromManaging } from '#core/may.ts'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, Buttons, DownloadLink } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { CheckField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Page, Section, SideSection } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Fate } from './fate.tsx'
import classes from './mail.module.css'
import { customersToChoose, mailQuery } from './queries.ts'

const route = getRouteApi('/shell/mails/$id')

/** One mail: what it says, what became of it and why, and what is to be done where it waits. */
export function MailPage() {
  const t = useText()
  const { id } = route.useParams()
  const format = useFormat()
  const { data: mail } = useSuspenseQuery(mailQuery(id))
  const raw = `/api/v1/received-mails/${mail.id}/raw`
  return (
    <Page
      title={mail.subject || t(mail.emptiedAt === null ? 'mail.no-subject' : 'mail.emptied')}
      crumb={<Link to="/mails">{t('mail.mails')}</Link>}
      lede={mail.reason}
      actions={mail.emptiedAt === null && <DownloadLink href={raw}>{t('mail.raw')}</DownloadLink>}
      side={<MailFacts mail={mail} />}
    >
      {mail.emptiedAt === null && (mail.outcome === 'unassigned' || mail.outcome === 'held') && <Waiting mail={mail} />}
      {mail.emptiedAt === null ? (
        <p className={classes.words}>{mail.text || t('mail.no-text')}</p>
      ) : (
        <p>{t('mail.emptied-why', { day: format.day(mail.emptiedAt) })}</p>
      )}
      {mail.quoted !== '' && (
        <details>
          <summary>{t('mail.quoted')}</summary>
          <p className={classes.words}>{mail.quoted}</p>
        </details>
      )}
      {mail.parts.length > 0 && <Parts mail={mail} />}
    </Page>
  )
}

type Mail = Awaited<ReturnType<typeof call<typeof api.readReceivedMail>>>

function MailFacts({ mail }: { readonly mail: Mail }) {
  const t = useText()
  const format = useFormat()
  const { from, customer, account, receivedAt, size, emptiedAt } = mail
  return (
    <SideSection title={t('mail.facts')}>
      <Facts
        small
        facts={[
          { name: t('mail.fate'), value: <Fate mail={mail} /> },
          {
            name: t('mail.from'),
            value:
              emptiedAt === null
                ? [from.name, from.address].filter(Boolean).join(', ') || t('mail.nobody')
                : t('mail.emptied'),
          },
          { name: t('mail.customer'), value: customer?.name ?? t('mail.unknown') },
          { name: t('mail.mailbox'), value: account.name },
          { name: t('mail.received'), value: format.instant(receivedAt) },
          { name: t('mail.size'), value: format.bytes(size) },
        ]}
      />
    </SideSection>
  )
}

function Parts({ mail }: { readonly mail: Mail }) {
  const t = useText()
  const format = useFormat()
  return (
    <Section title={t('mail.files')}>
      <ul className={classes.files}>
        {mail.parts.map(({ name, type, size }, index) => (
          // Two files of one mail may be called the same.
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>
            {mail.cut ? (
              name
            ) : (
              <a href={`/api/v1/received-mails/${mail.id}/parts/${index}`} download={name}>
                {name}
              </a>
            )}
            <span className="pl-quiet pl-small">{mail.cut ? t('mail.cut') : `${type} · ${format.bytes(size)}`}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}

/** What is to be done with a mail that waits. */
function Waiting({ mail }: { readonly mail: Mail }) {
  const t = useText()
  const [choosing, setChoosing] = useState(false)
  const [problem, setProblem] = useState<unknown>(null)
  const done = useDone(mail)
  async function act(work: () => Promise<api.Became>) {
    setProblem(null)
    try {
      await done(await work())
    } catch (failure) {
      setProblem(failure)
    }
  }
  const params = { id: mail.id }
  return (
    <>
      {problem !== null && <Problem failure={problem} />}
      <Buttons>
        {mail.outcome === 'unassigned' ? (
          <Button main onClick={() => setChoosing(true)}>
            {t('mail.assign')}
          </Button>
        ) : (
          <Button main onClick={() => void act(() => call(api.releaseReceivedMail, { params }))}>
            {t('mail.release')}
          </Button>
        )}
        <Button onClick={() => void act(() => call(api.dismissReceivedMail, { params }))}>{t('mail.dismiss')}</Button>
      </Buttons>
      {choosing && <AssignDialog mail={mail} onClose={() => setChoosing(false)} />}
    </>
  )
}

function useDone(mail: Mail) {
  const t = useText()
  const cache = useQueryClient()
  return async ({ outcome }: api.Became) => {
    await cache.invalidateQueries({ queryKey: ['mail'] })
    notify(t('mail.done', { subject: mail.subject || t('mail.no-subject'), fate: t(`mail.fate.${outcome}`) }))
  }
}

function AssignDialog({ mail, onClose }: { readonly mail: Mail; readonly onClose: () => void }) {
  const t = useText()
  const { data: customers = [] } = useQuery(customersToChoose())
  const done = useDone(mail)
  const domain = mail.from.address?.split('@')[1]
  const mayRemember = barredFromManaging(useAsker()) === null && domain !== undefined
  const form = useForm({
    initial: { customer: '', remember: false },
    check: ({ customer }) => ({ customer: customer === '' ? t('mail.customer-missing') : undefined }),
    async submit(body) {
      await done(await call(api.assignReceivedMail, { params: { id: mail.id }, body }))
      onClose()
    },
  })
  return (
    <Dialog title={t('mail.assign')} onClose={onClose}>
      <Form form={form} action={t('mail.assign-do')} onCancel={onClose}>
        <SearchField
          field={form.field('customer')}
          label={t('mail.customer')}
          autoFocus
          options={customers.map(({ id, name }) => ({ value: id, label: name }))}
        />
        {mayRemember && (
          <CheckField
            field={form.field('remember')}
            label={t('mail.remember', { domain })}
            hint={t('mail.remember-hint')}
          />
        )}
      </Form>
    </Dialog>
  )
}
