import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import * as api from '#api/imports'
import type { ImportView } from '#api/imports'
import { urlOf } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { ActionLink, Button, DownloadLink, LinkButton } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './imports.module.css'
import { rejectsQuery } from './queries.ts'
import { UndoDialog } from './undo-dialog.tsx'

/** What came of an import: counts, what was not taken and why, what to do next, and the way back. */
export function ImportResult({ view }: { readonly view: ImportView }) {
  const t = useText()
  const { state, dryRun, counts, failure, customer } = view
  const [undoing, setUndoing] = useState(false)
  const barred = api.barredFromImporting(useAsker())
  const wrote = !dryRun && state !== 'undone' && counts !== null && counts.tickets + counts.updated > 0
  return (
    <>
      {failure && (
        <div className={classes.failure}>
          <Problem title={t(dryRun ? 'imports.failed-try' : 'imports.failed')}>{failure.message}</Problem>
        </div>
      )}
      {state === 'undone' && (
        <p className={classes.again}>
          <LinkButton to="/imports" main>
            {t('imports.another')}
          </LinkButton>
        </p>
      )}
      {counts && state !== 'undone' && <Counts view={view} counts={counts} />}
      {counts && counts.rejected + counts.leftOut > 0 && state !== 'undone' && <Rejects view={view} />}
      {state === 'done' && !dryRun && customer && (
        <Section title={t('imports.next')}>
          <ul className={classes.next}>
            <li>
              <ActionLink to="/agreements/new" search={{ customer: customer.id }}>
                {t('imports.next-agree')}
              </ActionLink>
              <span className="pl-quiet">{t('imports.next-agree-why', { customer: customer.name })}</span>
            </li>
            <li>
              <ActionLink to="/attainment" search={{ customer: customer.id } as never}>
                {t('imports.next-attainment')}
              </ActionLink>
              <span className="pl-quiet">{t('imports.next-attainment-why')}</span>
            </li>
            <li>
              <ActionLink to="/incidents" search={{ customer: customer.id, state: 'all' } as never}>
                {t('imports.next-incidents')}
              </ActionLink>
              <span className="pl-quiet">{t('imports.next-incidents-why')}</span>
            </li>
          </ul>
        </Section>
      )}
      {wrote && (
        <Section title={t('imports.undo')} hint={t('imports.undo-hint')}>
          <Button barred={barred && t(barred)} onClick={() => setUndoing(true)}>
            {t('imports.undo-do')}
          </Button>
        </Section>
      )}
      {undoing && <UndoDialog view={view} onClose={() => setUndoing(false)} />}
    </>
  )
}

interface CountsProps {
  readonly view: ImportView
  readonly counts: NonNullable<ImportView['counts']>
}

function Counts({ view: { dryRun }, counts }: CountsProps) {
  const t = useText()
  const format = useFormat()
  const { rows, tickets, updated, events, rejected, leftOut, seconds, encoding, damaged } = counts
  const number = (value: number, about: string) => (
    <>
      <b>{format.number(value)}</b> <span className="pl-quiet">{about}</span>
    </>
  )
  return (
    <Section title={t(dryRun ? 'imports.result-try' : 'imports.result')}>
      <Facts
        facts={[
          {
            name: t('imports.rows'),
            value: number(rows, t('imports.rows-read', { duration: format.duration(Math.max(1, seconds) * 1000) })),
          },
          { name: t('imports.tickets'), value: number(tickets, t('imports.tickets-new')) },
          { name: t('imports.updated'), value: number(updated, t('imports.updated-known')) },
          { name: t('imports.events'), value: number(events, t('imports.events-meaning')) },
          {
            name: t('imports.rejected'),
            value: number(rejected, rejected === 0 ? t('imports.rejected-none') : t('imports.rejected-below')),
          },
          ...(leftOut > 0
            ? [{ name: t('imports.left-out'), value: number(leftOut, t('imports.left-out-meaning')) }]
            : []),
          ...(damaged ? [{ name: t('imports.encoding'), value: t('imports.damaged', { encoding }) }] : []),
        ]}
      />
    </Section>
  )
}

function Rejects({ view }: { readonly view: ImportView }) {
  const t = useText()
  const format = useFormat()
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(rejectsQuery(view.id))
  const remarks = data.pages.flatMap(({ items }) => items)
  type Remark = (typeof remarks)[number]
  const columns: readonly Column<Remark>[] = [
    { key: 'line', head: t('imports.line'), numeric: true, narrow: 'trail', cell: ({ line }) => format.number(line) },
    { key: 'why', head: t('imports.why'), narrow: 'lead', cell: ({ message }) => message },
    { key: 'column', head: t('imports.column'), narrow: 'under', cell: ({ column }) => column ?? '–' },
    {
      key: 'value',
      head: t('imports.value'),
      narrow: 'under',
      cell: ({ value }) => (value === null ? '–' : <span className={classes.value}>{value}</span>),
    },
    {
      key: 'taken',
      head: t('imports.row'),
      narrow: 'under',
      cell: ({ taken }) => t(taken ? 'imports.row-taken' : 'imports.row-not-taken'),
    },
  ]
  return (
    <Section
      title={t('imports.rejects')}
      hint={t(view.dryRun ? 'imports.rejects-hint-try' : 'imports.rejects-hint')}
      aside={
        <DownloadLink href={urlOf(api.downloadImportRejects, { params: { id: view.id } })}>
          {t('imports.rejects-csv')}
        </DownloadLink>
      }
    >
      <Table
        label={t('imports.rejects')}
        columns={columns}
        rows={remarks}
        rowKey={({ line, code }) => `${line} ${code}`}
        more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
      />
      {view.state === 'done' && !view.dryRun && (
        <p className={classes.again}>
          <ActionLink to="/imports">{t('imports.again-do')}</ActionLink>
        </p>
      )}
    </Section>
  )
}
