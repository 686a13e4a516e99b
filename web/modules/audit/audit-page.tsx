import { useSuspenseInfiniteQuery } from '@tanstack/react-query'
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router'
import type { AuditEntry } from '#api/audit'
import { barredFromAudit } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { DownloadLink } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page, Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Chain } from './chain.tsx'
import { type Asked, entriesQuery, exportAddress } from './queries.ts'
import { things } from './things.ts'
import { actionWords, type Thing, thingWords } from './words.ts'

const route = getRouteApi('/shell/audit')

/** Who did what to what, and that nobody changed that since. */
export function AuditPage() {
  const t = useText()
  const barred = barredFromAudit(useAsker())
  const { thing, subject, actor } = route.useSearch()
  if (barred !== null) {
    return (
      <Page title={t('audit.title')}>
        <Empty title={t('audit.title')}>{t(barred)}</Empty>
      </Page>
    )
  }
  const asked = { thing, subject, actor }
  return (
    <Page
      title={t('audit.title')}
      lede={t('audit.lede')}
      actions={<DownloadLink href={exportAddress(asked)}>{t('audit.export')}</DownloadLink>}
    >
      <Chain />
      <Section title={t('audit.entries')}>
        <Sentence>
          <Text id="audit.sentence" components={{ thing: <PickThing asked={asked} /> }} />
        </Sentence>
        {(subject !== undefined || actor !== undefined) && (
          <p>
            {t(subject === undefined ? 'audit.of-actor' : 'audit.of-subject')}{' '}
            <Link to="/audit" search={{}}>
              {t('audit.all')}
            </Link>
          </p>
        )}
        <Entries asked={asked} />
      </Section>
    </Page>
  )
}

/** Types of subjects that no action begins with. */
const SUBJECTS_ONLY: ReadonlySet<Thing> = new Set(['friction-point', 'received-mail', 'service-credit'])

/** What entries are about, in the order of its words. */
function PickThing({ asked }: { readonly asked: Asked }) {
  const t = useText()
  const navigate = useNavigate()
  const options = things
    .filter((value) => !SUBJECTS_ONLY.has(value))
    .map((value) => ({ value, label: t(`audit.thing.${value}`) }))
    .toSorted((one, other) => one.label.localeCompare(other.label))
  return (
    <Pick<Thing | ''>
      label={t('audit.about')}
      options={[{ value: '', label: t('audit.anything') }, ...options]}
      value={asked.thing ?? ''}
      onChange={(thing) =>
        void navigate({ to: '/audit', search: { ...asked, thing: thing === '' ? undefined : thing }, replace: true })
      }
    />
  )
}

function Entries({ asked }: { readonly asked: Asked }) {
  const t = useText()
  const format = useFormat()
  const seesFacts = useAsker().access === 'auditor'
  const { data, hasNextPage, isFetchingNextPage, fetchNextPage } = useSuspenseInfiniteQuery(entriesQuery(asked))
  const columns: readonly Column<AuditEntry>[] = [
    { key: 'at', head: t('audit.at'), width: '150px', narrow: 'under', cell: ({ at }) => format.instant(at) },
    {
      key: 'actor',
      head: t('audit.actor'),
      width: '18%',
      narrow: 'under',
      cell: ({ actor }) =>
        actor === null ? (
          t('audit.program')
        ) : (
          <Link to="/audit" search={{ actor: actor.id }}>
            {actor.name}
          </Link>
        ),
    },
    { key: 'action', head: t('audit.action'), narrow: 'lead', cell: ({ action }) => actionWords(t, action) },
    {
      key: 'subject',
      head: t('audit.subject'),
      width: '16%',
      narrow: 'under',
      cell: ({ subjectType, subjectId }) =>
        subjectId === null ? (
          subjectType === null ? (
            '–'
          ) : (
            thingWords(t, subjectType)
          )
        ) : (
          <Link to="/audit" search={{ subject: subjectId }}>
            {subjectType === null ? t('audit.something') : thingWords(t, subjectType)} …{subjectId.slice(-6)}
          </Link>
        ),
    },
    {
      key: 'customer',
      head: t('audit.customer'),
      width: '14%',
      narrow: 'under',
      cell: ({ customer }) => customer?.name ?? '–',
    },
    ...(seesFacts
      ? [
          {
            key: 'facts',
            head: t('audit.facts'),
            width: '24%',
            narrow: 'under' as const,
            cell: ({ facts }: AuditEntry) => wordsOf(facts),
          },
        ]
      : []),
    {
      key: 'number',
      head: t('audit.number'),
      width: '80px',
      numeric: true,
      narrow: 'hidden',
      cell: ({ number }) => (number === null ? '–' : format.number(number)),
    },
  ]
  return (
    <Table
      dense
      keys
      label={t('audit.entries')}
      columns={columns}
      rows={data.pages.flatMap(({ items }) => items)}
      rowKey={({ id }) => id}
      more={{ has: hasNextPage, busy: isFetchingNextPage, load: () => void fetchNextPage() }}
      empty={<Empty title={t('audit.none')}>{t('audit.none-more')}</Empty>}
    />
  )
}

/** `role: agent, customer: …`: names of fields as they were written down. */
function wordsOf(facts: AuditEntry['facts']): string {
  const words = Object.entries(facts ?? {}).map(
    ([name, value]) => `${name}: ${typeof value === 'string' ? value : JSON.stringify(value)}`,
  )
  return words.length === 0 ? '–' : words.join(', ')
}
