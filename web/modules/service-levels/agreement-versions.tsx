import type { Agreement, AgreementVersion } from '#api/service-levels'
import { Button } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { VersionState } from './agreement-state.tsx'

interface VersionsProps {
  readonly agreement: Agreement
  readonly shown: AgreementVersion
  readonly onShow: (id: string) => void
}

/** All that was ever promised, and which of it is shown. */
export function Versions({ agreement, shown, onShow }: VersionsProps) {
  const t = useText()
  const format = useFormat()
  const columns: readonly Column<AgreementVersion>[] = [
    {
      key: 'number',
      head: t('agreements.version'),
      narrow: 'lead',
      cell: ({ number }) => t('agreements.version-number', { number }),
    },
    {
      key: 'from',
      head: t('agreements.valid-from-short'),
      narrow: 'under',
      cell: ({ validFrom }) => format.day(validFrom),
    },
    { key: 'hours', head: t('agreements.hours'), narrow: 'under', cell: ({ calendarName }) => calendarName },
    {
      key: 'state',
      head: t('agreements.state'),
      narrow: 'trail',
      cell: (version) => <VersionState version={version} />,
    },
    {
      key: 'show',
      head: <span className="pl-hidden">{t('agreements.show')}</span>,
      numeric: true,
      narrow: 'under',
      cell: (version) =>
        version.id === shown.id ? (
          <span className="pl-quiet">{t('agreements.shown')}</span>
        ) : (
          <Button
            onClick={() => onShow(version.id)}
            aria-label={t('agreements.show-named', { number: version.number })}
          >
            {t('agreements.show')}
          </Button>
        ),
    },
  ]
  return (
    <Section title={t('agreements.versions')} hint={t('agreements.versions-hint')}>
      <Table label={t('agreements.versions')} columns={columns} rows={agreement.versions} rowKey={({ id }) => id} />
    </Section>
  )
}
