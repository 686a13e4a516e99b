import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/mail'
import type { MailAccount } from '#api/mail'
import { SettingsPage } from '#web/app/settings.tsx'
import { call } from '#web/http/call.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { AccountDialog } from './account-dialog.tsx'
import classes from './mail.module.css'
import { accountsQuery } from './queries.ts'
import { TemplatesSection } from './templates-section.tsx'

/** Mailboxes that are read, and what our own mails say. */
export function MailSettingsPage() {
  const t = useText()
  return (
    <SettingsPage
      title={t('mail.settings')}
      lede={t('mail.settings-lede')}
      actions={<Link to="/mails">{t('mail.to-mails')}</Link>}
    >
      <Accounts />
      <TemplatesSection />
    </SettingsPage>
  )
}

function Accounts() {
  const t = useText()
  const { data } = useSuspenseQuery(accountsQuery())
  const [open, setOpen] = useState<MailAccount | 'new' | null>(null)
  const columns: readonly Column<MailAccount>[] = [
    {
      key: 'address',
      head: t('mail.address'),
      narrow: 'lead',
      cell: (account) => <TextButton onClick={() => setOpen(account)}>{account.address}</TextButton>,
    },
    { key: 'standing', head: t('mail.standing'), narrow: 'under', cell: (account) => <Standing account={account} /> },
    {
      key: 'team',
      head: t('mail.team'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ team }) => team?.name ?? t('mail.no-team'),
    },
    {
      key: 'customer',
      head: t('mail.customer'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ customer }) => customer?.name ?? t('mail.by-sender'),
    },
    {
      key: 'do',
      head: <span className="pl-hidden">{t('mail.do')}</span>,
      width: '190px',
      numeric: true,
      narrow: 'trail',
      cell: (account) => <AccountActions account={account} />,
    },
  ]
  return (
    <Section title={t('mail.accounts')} hint={t('mail.accounts-hint')}>
      <Table
        label={t('mail.accounts')}
        columns={columns}
        rows={data.items}
        rowKey={({ id }) => id}
        empty={<Empty title={t('mail.no-account')}>{t('mail.no-account-more')}</Empty>}
      />
      <div className={classes.after}>
        <Button main onClick={() => setOpen('new')}>
          {t('mail.add')}
        </Button>
      </div>
      {open !== null && <AccountDialog account={open === 'new' ? null : open} onClose={() => setOpen(null)} />}
    </Section>
  )
}

/** How a mailbox does: what is wrong with it in a sentence, or when it was read last. */
function Standing({ account }: { readonly account: MailAccount }) {
  const t = useText()
  const format = useFormat()
  const { paused, trouble, checkedAt, unsent } = account
  if (paused) return <State is="paused">{t('mail.paused')}</State>
  if (trouble !== null) return <State is="miss">{trouble.sentence}</State>
  if (unsent !== null) return <State is="miss">{t('mail.unsent', unsent)}</State>
  if (checkedAt === null) return <State is="none">{t('mail.not-read-yet')}</State>
  return <State is="met">{t('mail.read-at', { at: format.instant(checkedAt) })}</State>
}

function AccountActions({ account }: { readonly account: MailAccount }) {
  const t = useText()
  const cache = useQueryClient()
  const [busy, setBusy] = useState(false)
  const [said, setSaid] = useState<string | null>(null)
  const { id, version, paused, address } = account
  const params = { id }
  async function attempt() {
    setBusy(true)
    setSaid(null)
    try {
      const { imap, smtp } = await call(api.tryMailAccount, { params })
      const sentences = [imap, smtp].flatMap((standing) => standing?.sentence ?? [])
      if (sentences.length === 0) notify(t('mail.works', { address }))
      else setSaid(sentences.join(' '))
    } finally {
      setBusy(false)
    }
  }
  async function pause() {
    await call(api.changeMailAccount, { params, body: { paused: !paused }, match: version })
    await cache.invalidateQueries({ queryKey: ['mail'] })
  }
  return (
    <>
      <TextButton
        {...(!busy && { 'aria-label': t('mail.try-named', { address }) })}
        aria-busy={busy || undefined}
        onClick={() => void attempt()}
      >
        {t(busy ? 'mail.trying' : 'mail.try')}
      </TextButton>{' '}
      <TextButton
        aria-label={t(paused ? 'mail.resume-named' : 'mail.pause-named', { address })}
        onClick={() => void pause()}
      >
        {t(paused ? 'mail.resume' : 'mail.pause')}
      </TextButton>
      {said !== null && <Problem title={said} />}
    </>
  )
}
