import * as api from '#api/incidents'
import { urlOf } from '#web/http/call.ts'
import { DownloadLink } from '#web/ui/button.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { useReaderZone } from '#web/ui/use-format.ts'
import type { ListColumn } from './list-column.ts'
import type { IncidentFilter } from './list-filter.ts'
import classes from './incident-list-page.module.css'

interface ListExportProps {
  readonly filter: IncidentFilter
  readonly columns: readonly ListColumn[]
}

/** Takes along what is seen: the whole list as it is filtered, its columns in their order. */
export function ListExport({ filter, columns }: ListExportProps) {
  const t = useText()
  const language = useLanguage()
  const zone = useReaderZone()
  const address = (format: 'csv' | 'xlsx') =>
    urlOf(api.exportIncidents, { query: { ...filter, columns: [...columns], format, zone, language } })
  return (
    <div className={classes.export}>
      <p className="pl-small pl-quiet">{t('incidents.export.hint')}</p>
      <DownloadLink href={address('xlsx')}>{t('incidents.export.xlsx')}</DownloadLink>
      <DownloadLink href={address('csv')}>{t('incidents.export.csv')}</DownloadLink>
    </div>
  )
}
