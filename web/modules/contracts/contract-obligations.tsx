import { useSuspenseQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { barredFromTerms, type Contract, type Due, type Obligation } from '#api/contracts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Door } from '#web/ui/door.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { AddDialog, NoticeDialog, SettleDialog } from './obligation-dialogs.tsx'
import { obligationsQuery } from './queries.ts'
import { DueStateWord, useDay, useSide } from './words.tsx'

/** What one side owes on one of its days. */
export interface OpenDue {
  readonly obligation: Obligation
  readonly due: Due
}

/** What is open of each obligation now, or comes next. */
function openOf(obligation: Obligation): readonly OpenDue[] {
  const open = obligation.dues.filter(({ state }) => state === 'late' || state === 'due')
  const next = obligation.dues.find(({ state }) => state === 'upcoming')
  const last = obligation.dues.findLast(({ settledAt }) => settledAt !== null)
  return [...new Set([last, ...open, next])].flatMap((due) => (due === undefined ? [] : [{ obligation, due }]))
}

export function ContractObligations({ contract: { id } }: { readonly contract: Contract }) {
  const t = useText()
  const day = useDay()
  const asker = useAsker()
  const barred = barredFromTerms(asker)
  const side = useSide()
  const { data: obligations } = useSuspenseQuery(obligationsQuery(id))
  const [open, setOpen] = useState<{ readonly what: 'settle' | 'notice'; readonly of: OpenDue } | 'add' | null>(null)
  const close = () => setOpen(null)
  const columns: readonly Column<OpenDue>[] = [
    {
      key: 'text',
      head: t('contracts.obligation'),
      narrow: 'lead',
      cell: ({ obligation: { text, clause } }) => (
        <>
          {text} {clause && <span className="pl-quiet pl-nowrap">{t('contracts.clause', { clause })}</span>}
        </>
      ),
    },
    {
      key: 'party',
      head: t('contracts.party'),
      width: '110px',
      narrow: 'under',
      cell: ({ obligation }) => t(`contracts.party.${side(obligation.party)}`),
    },
    {
      key: 'on',
      head: t('contracts.due'),
      width: '140px',
      narrow: 'under',
      cell: ({ obligation, due }) => <DuesDoor of={obligation} label={day(due.dueOn)} />,
    },
    {
      key: 'state',
      head: t('contracts.state'),
      width: '120px',
      narrow: 'trail',
      cell: ({ due }) => <DueStateWord state={due.state} />,
    },
    {
      key: 'evidence',
      head: t('contracts.evidence'),
      width: '20%',
      narrow: 'under',
      cell: (row) => {
        const { settledAt, evidence, state, noticedAt } = row.due
        if (settledAt !== null) return evidence ?? '–'
        const acts = barred === null && state !== 'upcoming'
        return (
          <>
            {acts && (
              <TextButton onClick={() => setOpen({ what: 'settle', of: row })}>{t('contracts.settle')}</TextButton>
            )}{' '}
            {noticedAt !== null && <span className="pl-quiet">{t('contracts.noticed-short')}</span>}
            {acts && noticedAt === null && row.obligation.party === 'customer' && (
              <TextButton onClick={() => setOpen({ what: 'notice', of: row })}>
                {t('contracts.notice-short')}
              </TextButton>
            )}
          </>
        )
      },
    },
  ]
  return (
    <Section
      title={t('contracts.obligations')}
      hint={t('contracts.obligations-hint')}
      aside={
        asker.access !== 'customer' && (
          <Button barred={barred && t(barred)} onClick={() => setOpen('add')}>
            {t('contracts.add-obligation')}
          </Button>
        )
      }
    >
      <Table
        dense
        label={t('contracts.obligations')}
        columns={columns}
        rows={obligations.flatMap(openOf)}
        rowKey={({ obligation, due }) => `${obligation.id} ${due.dueOn}`}
        empty={t('contracts.no-obligations')}
      />
      {open === 'add' && <AddDialog contractId={id} onClose={close} />}
      {open !== null && open !== 'add' && open.what === 'settle' && <SettleDialog of={open.of} onClose={close} />}
      {open !== null && open !== 'add' && open.what === 'notice' && <NoticeDialog of={open.of} onClose={close} />}
    </Section>
  )
}

/** One day of an obligation that opens to all of them: what became of each, by what it is proven, what the other side was told. */
function DuesDoor({ of, label }: { readonly of: Obligation; readonly label: string }) {
  const t = useText()
  const day = useDay()
  const format = useFormat()
  const { text, clause, consequence, dues } = of
  return (
    <Door
      label={label}
      title={text}
      definition={[
        ...(clause === null ? [] : [t('contracts.clause', { clause })]),
        consequence ?? t('contracts.no-consequence'),
      ].join(': ')}
      period={t('contracts.dues-period')}
      sample={t('contracts.so-many-days', { days: dues.length })}
    >
      <ul>
        {dues.map(({ dueOn, state, evidence, settledAt, notice, noticedAt }) => (
          <li key={dueOn}>
            {day(dueOn)}: <DueStateWord state={state} />{' '}
            <span className="pl-quiet">
              {[
                settledAt && t('contracts.settled-on', { day: format.date(settledAt) }),
                evidence,
                noticedAt && t('contracts.noticed', { day: format.date(noticedAt) }),
                notice,
              ]
                .filter(Boolean)
                .join(', ')}
            </span>
          </li>
        ))}
      </ul>
    </Door>
  )
}
