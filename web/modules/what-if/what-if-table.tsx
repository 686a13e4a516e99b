import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import type { WhatIf } from '#api/what-if'
import { type Standing, State } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { periodWords } from './what-if-words.ts'

interface WhatIfTableProps {
  readonly label: string
  readonly whatIfs: readonly WhatIf[]
  readonly more: { readonly has: boolean; readonly busy: boolean; readonly load: () => void }
  readonly empty: ReactNode
}

/** What was tried, the latest first; each opens. */
export function WhatIfTable({ label, whatIfs, more, empty }: WhatIfTableProps) {
  const t = useText()
  const format = useFormat()
  const columns: readonly Column<WhatIf>[] = [
    {
      key: 'what',
      head: t('what-if.what'),
      narrow: 'lead',
      cell: ({ id, agreement, version }) => (
        <Link to="/what-ifs/$id" params={{ id }}>
          {t('what-if.version-of', { name: agreement.name, number: version.number })}
        </Link>
      ),
    },
    { key: 'customer', head: t('what-if.customer'), narrow: 'under', cell: ({ customer }) => customer.name },
    {
      key: 'period',
      head: t('what-if.period'),
      narrow: 'under',
      cell: (whatIf) => periodWords(t, format, whatIf),
    },
    {
      key: 'flips',
      head: t('what-if.flips'),
      width: '190px',
      numeric: true,
      narrow: 'under',
      cell: ({ counts }) =>
        counts === null ? '–' : t('what-if.better-worse', { better: counts.better, worse: counts.worse }),
    },
    {
      key: 'when',
      head: t('what-if.asked-at'),
      width: '150px',
      narrow: 'hidden',
      cell: ({ requestedAt }) => format.instant(requestedAt),
    },
    {
      key: 'state',
      head: t('what-if.state'),
      width: '150px',
      narrow: 'trail',
      cell: (whatIf) => <WhatIfState whatIf={whatIf} />,
    },
  ]
  return (
    <Table
      dense
      keys
      label={label}
      columns={columns}
      rows={whatIfs}
      rowKey={({ id }) => id}
      more={more}
      empty={empty}
    />
  )
}

const standings: Readonly<Record<WhatIf['state'], Standing>> = {
  computing: 'runs',
  done: 'met',
  cancelled: 'none',
  failed: 'miss',
}

/** How far it is, and whether the draft still says what was tried. */
export function WhatIfState({ whatIf: { state, outOfDate } }: { readonly whatIf: WhatIf }) {
  const t = useText()
  if (state === 'done' && outOfDate) return <State is="soon">{t('what-if.out-of-date')}</State>
  return <State is={standings[state]}>{t(`what-if.state.${state}`)}</State>
}
