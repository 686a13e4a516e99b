import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import * as api from '#api/major-incidents'
import {
  type Attached,
  barredFromLeading,
  type Child,
  type MajorIncidentPage,
  type Suggestion,
} from '#api/major-incidents'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { childrenQuery, suggestionsQuery, useChanged } from './queries.ts'
import { zoneOf } from './words.ts'
import classes from './room.module.css'

/** Incidents that are part of it, and those that likely are. */
export function Children({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const barred = barredFromLeading(useAsker(), major)
  const { data } = useQuery(childrenQuery(major.id))
  const [resolving, setResolving] = useState(false)
  const columns = useColumns<Child>(major)
  const open = data?.open ?? 0
  return (
    <>
      {barred === null && <Suggested major={major} />}
      <Section
        title={t('major-incidents.children', { all: major.children.all, open: major.children.open })}
        aside={
          open > 0 && (
            <Button barred={barred && t(barred)} onClick={() => setResolving(true)}>
              {t('major-incidents.resolve-all', { count: open })}
            </Button>
          )
        }
      >
        <Table
          dense
          label={t('major-incidents.part.children', { count: major.children.all })}
          columns={columns}
          rows={data?.items ?? []}
          rowKey={({ id }) => id}
          loading={data === undefined}
          empty={<p className="pl-quiet">{t('major-incidents.children-none')}</p>}
        />
        {barred === null && <AttachNumbers major={major} />}
      </Section>
      {resolving && <ResolveDialog major={major} open={open} onClose={() => setResolving(false)} />}
    </>
  )
}

/** What is alike: chosen all at first, so that a storm is taken in at one stroke. */
function Suggested({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const { data = [] } = useQuery(suggestionsQuery(major.id))
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  const [busy, setBusy] = useState(false)
  const { attach, refused } = useAttach(major)
  const selected = new Set(data.map(({ id }) => id).filter((id) => !left.has(id)))
  const columns = useColumns<Suggestion>(major, (row) =>
    row.why.map((why) => t(`major-incidents.why.${why}`)).join(', '),
  )
  if (data.length === 0) return <Refused refused={refused} />
  async function attachChosen() {
    setBusy(true)
    await attach([...selected]).finally(() => setBusy(false))
  }
  return (
    <Section
      title={t('major-incidents.suggestions', { count: data.length })}
      hint={t('major-incidents.suggestions-hint')}
      aside={
        <Button
          main
          busy={busy}
          barred={selected.size === 0 ? t('major-incidents.none-chosen') : null}
          onClick={() => void attachChosen()}
        >
          {t('major-incidents.attach', { count: selected.size })}
        </Button>
      }
    >
      <Refused refused={refused} />
      <Table
        dense
        label={t('major-incidents.suggestions', { count: data.length })}
        columns={columns}
        rows={data}
        rowKey={({ id }) => id}
        rowName={({ number }) => number}
        selection={{
          selected,
          onChange: (chosen) => setLeft(new Set(data.map(({ id }) => id).filter((id) => !chosen.has(id)))),
          most: 500,
          actions: null,
        }}
      />
    </Section>
  )
}

function AttachNumbers({ major }: { readonly major: MajorIncidentPage }) {
  const t = useText()
  const { attach, refused } = useAttach(major)
  const form = useForm({
    initial: { numbers: '' },
    check: ({ numbers }) => ({ ...(split(numbers).length === 0 && { numbers: t('major-incidents.numbers-needed') }) }),
    submit: async ({ numbers }) => {
      await attach(split(numbers))
      form.reset({ numbers: '' })
    },
  })
  return (
    <div className={classes.oneLine}>
      <Form form={form} action={t('major-incidents.attach-numbers')} lesser label={t('major-incidents.numbers')}>
        <TextField
          field={form.field('numbers')}
          label={t('major-incidents.numbers')}
          hint={t('major-incidents.numbers-hint')}
        />
      </Form>
      <Refused refused={refused} />
    </div>
  )
}

function split(numbers: string): readonly string[] {
  return numbers.split(/[\s,;]+/).filter((word) => word !== '')
}

function useAttach({ id }: MajorIncidentPage) {
  const t = useText()
  const changed = useChanged()
  const [refused, setRefused] = useState<Attached['items']>([])
  return {
    refused,
    attach: async (incidents: readonly string[]) => {
      const reply = await call(api.attachChildren, { params: { id }, body: { incidents: [...incidents] } })
      setRefused(reply.items.filter((item) => !item.changed))
      await changed()
      if (reply.changed > 0) notify(t('major-incidents.attached', { count: reply.changed }))
    },
  }
}

function Refused({ refused }: { readonly refused: Attached['items'] }) {
  const t = useText()
  if (refused.length === 0) return null
  return (
    <div role="alert" className={classes.refused}>
      <p>{t('major-incidents.refused', { count: refused.length })}</p>
      <ul>
        {refused.map(({ incident, number, message }) => (
          <li key={incident}>
            {number ?? incident}: {message}
          </li>
        ))}
      </ul>
    </div>
  )
}

function useColumns<Row extends Child>(major: MajorIncidentPage, why?: (row: Row) => string): readonly Column<Row>[] {
  const t = useText()
  const format = useFormat()
  return [
    {
      key: 'number',
      head: t('major-incidents.number'),
      width: '110px',
      narrow: 'under',
      cell: ({ number }) => number,
    },
    {
      key: 'title',
      head: t('major-incidents.what'),
      narrow: 'lead',
      cell: ({ number, title }) => (
        <Link to="/incidents/$id" params={{ id: number }}>
          {title}
        </Link>
      ),
    },
    {
      key: 'from',
      head: t('major-incidents.from'),
      width: '16%',
      narrow: 'under',
      cell: ({ requester, site }) => requester?.name ?? site?.name ?? '–',
    },
    {
      key: 'at',
      head: t('major-incidents.logged'),
      width: '170px',
      narrow: 'under',
      cell: ({ openedAt }) => format.instant(openedAt, zoneOf(major)),
    },
    why === undefined
      ? {
          key: 'state',
          head: t('major-incidents.state'),
          width: '150px',
          narrow: 'trail',
          cell: ({ state }) => (
            <State is={['resolved', 'closed'].includes(state) ? 'met' : 'runs'}>{t(`incidents.state.${state}`)}</State>
          ),
        }
      : { key: 'why', head: t('major-incidents.alike'), width: '150px', narrow: 'under', cell: why },
  ]
}

interface ResolveDialogProps {
  readonly major: MajorIncidentPage
  readonly open: number
  readonly onClose: () => void
}

/** The words that everybody who reported it reads. */
function ResolveDialog({ major, open, onClose }: ResolveDialogProps) {
  const t = useText()
  const changed = useChanged()
  const [refused, setRefused] = useState<Attached['items']>([])
  const form = useForm({
    initial: { note: '' },
    check: ({ note }) => ({ ...(note.trim() === '' && { note: t('major-incidents.words-needed') }) }),
    submit: async ({ note }) => {
      const reply = await call(api.resolveChildren, { params: { id: major.id }, body: { note: note.trim() } })
      await changed()
      const left = reply.items.filter((item) => !item.changed)
      setRefused(left)
      if (reply.changed > 0) notify(t('major-incidents.resolved', { count: reply.changed }))
      if (left.length === 0) onClose()
    },
  })
  return (
    <Dialog title={t('major-incidents.resolve-all', { count: open })} onClose={onClose} width={560}>
      <Form form={form} action={t('major-incidents.resolve-do')} onCancel={onClose}>
        <TextAreaField
          field={form.field('note')}
          label={t('major-incidents.solution')}
          hint={t('major-incidents.solution-hint', { count: open })}
        />
        <Refused refused={refused} />
      </Form>
    </Dialog>
  )
}
