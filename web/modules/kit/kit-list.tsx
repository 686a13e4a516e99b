import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { TextKey } from '#web/locales/catalogue.ts'
import { TextButton } from '#web/ui/button.tsx'
import { notify } from '#web/ui/notices.tsx'
import { Section } from '#web/ui/page.tsx'
import { Pick, PickMany, Sentence } from '#web/ui/sentence.tsx'
import { UsedBar } from '#web/ui/share-bar.tsx'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

interface Row {
  readonly number: string
  readonly title: TextKey
  readonly standing: Standing & ('runs' | 'soon' | 'miss' | 'paused')
  readonly left: number
  readonly share: number
  readonly priority: string
  readonly site: string
  readonly team: string
}

const HOUR_MS = 3_600_000
const rows: readonly Row[] = [
  {
    number: 'INC-48102',
    title: 'kit.list.printers',
    standing: 'miss',
    left: -2.33,
    share: 1.12,
    priority: 'P3',
    site: 'Bremen Überseehafen',
    team: 'Print EU',
  },
  {
    number: 'INC-48213',
    title: 'kit.list.scanners',
    standing: 'soon',
    left: 2.97,
    share: 0.81,
    priority: 'P2',
    site: 'Hamburg Altenwerder',
    team: 'Altmark Netze',
  },
  {
    number: 'INC-48190',
    title: 'kit.list.display',
    standing: 'soon',
    left: 3.67,
    share: 0.77,
    priority: 'P3',
    site: 'Poznań Franowo',
    team: 'Warehouse apps',
  },
  {
    number: 'INC-48219',
    title: 'kit.list.invoices',
    standing: 'runs',
    left: 5.2,
    share: 0.63,
    priority: 'P2',
    site: 'Headquarters',
    team: 'Finance apps',
  },
  {
    number: 'INC-48156',
    title: 'kit.list.notes',
    standing: 'paused',
    left: 6.17,
    share: 0.42,
    priority: 'P4',
    site: 'Bremen Überseehafen',
    team: 'Document service',
  },
  {
    number: 'INC-48224',
    title: 'kit.list.forklift',
    standing: 'runs',
    left: 7.3,
    share: 0.52,
    priority: 'P3',
    site: 'Poznań Franowo',
    team: 'Warehouse apps',
  },
]

/** A list: its filters as a sentence, sorting, selection, and what to do with what is selected. */
export function KitList() {
  const t = useText()
  const format = useFormat()
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set(['INC-48190']))
  const [sort, setSort] = useState('dueAt')
  const [shown, setShown] = useState(4)
  const due = ({ standing, left }: Row) => {
    const duration = format.duration(left * HOUR_MS)
    if (standing === 'paused') return t('ui.state.paused')
    return standing === 'miss' ? t('kit.list.late', { by: duration }) : duration
  }
  const columns: readonly Column<Row>[] = [
    {
      key: 'due',
      head: t('kit.list.due'),
      width: '164px',
      sort: 'dueAt',
      narrow: 'trail',
      cell: (row) => <State is={row.standing}>{due(row)}</State>,
    },
    {
      key: 'used',
      head: t('kit.list.used'),
      width: '104px',
      narrow: 'hidden',
      cell: ({ share, standing }) => (
        <UsedBar
          share={share}
          standing={standing}
          label={t('kit.list.used-label', { percent: Math.round(share * 100) })}
        />
      ),
    },
    {
      key: 'number',
      head: t('kit.list.number'),
      width: '92px',
      sort: 'number',
      narrow: 'under',
      cell: ({ number }) => number,
    },
    { key: 'title', head: t('kit.list.what'), narrow: 'lead', cell: ({ title }) => <Link to="/kit">{t(title)}</Link> },
    { key: 'priority', head: t('kit.list.priority'), width: '36px', narrow: 'under', cell: ({ priority }) => priority },
    { key: 'site', head: t('kit.list.site'), width: '170px', narrow: 'under', cell: ({ site }) => site },
    { key: 'team', head: t('kit.list.team'), width: '144px', narrow: 'hidden', cell: ({ team }) => team },
  ]
  const ordered = sort.startsWith('-') ? rows.toReversed() : rows
  return (
    <Section title={t('kit.list')} hint={t('kit.list.hint')}>
      <FilterSentence />
      <Table
        dense
        keys
        label={t('kit.list')}
        columns={columns}
        rows={ordered.slice(0, shown)}
        rowKey={({ number }) => number}
        rowName={({ number }) => number}
        flagged={({ standing }) => standing === 'miss'}
        sort={sort}
        onSort={setSort}
        selection={{
          selected,
          onChange: setSelected,
          actions: <TextButton onClick={() => notify(t('kit.work.done'))}>{t('kit.list.assign')}</TextButton>,
        }}
        more={{ has: shown < rows.length, busy: false, load: () => setShown(rows.length), total: rows.length }}
      />
    </Section>
  )
}

const sites = [
  'Bremen Überseehafen',
  'Gdańsk Terminal',
  'Hamburg Altenwerder',
  'Headquarters',
  'Leeds',
  'Poznań Franowo',
  'Rotterdam Waalhaven',
  'Wien',
  'Zürich',
]

function FilterSentence() {
  const t = useText()
  const [site, setSite] = useState('')
  const [states, setStates] = useState<readonly ('open' | 'held')[]>(['open'])
  const [order, setOrder] = useState<'soonest' | 'newest'>('soonest')
  return (
    <Sentence>
      <Text
        id="kit.list.sentence"
        components={{
          site: (
            <Pick
              label={t('kit.list.site')}
              value={site}
              onChange={setSite}
              options={[
                { value: '', label: t('kit.list.any-site') },
                ...sites.map((name) => ({ value: name, label: name })),
              ]}
            />
          ),
          states: (
            <PickMany
              label={t('kit.list.state')}
              any={t('kit.list.any-state')}
              value={states}
              onChange={setStates}
              options={[
                { value: 'open', label: t('kit.list.open') },
                { value: 'held', label: t('kit.list.held') },
              ]}
            />
          ),
          order: (
            <Pick
              label={t('kit.list.order')}
              value={order}
              onChange={setOrder}
              options={[
                { value: 'soonest', label: t('kit.list.soonest') },
                { value: 'newest', label: t('kit.list.newest') },
              ]}
            />
          ),
        }}
      />
    </Sentence>
  )
}
