import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import * as api from '#api/imports'
import type { ImportMapping, ImportView } from '#api/imports'
import { call } from '#web/http/call.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { Progress } from '#web/ui/progress.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import classes from './imports.module.css'
import { ImportColumns } from './import-columns.tsx'
import { CustomerChoice, type ChosenCustomer } from './import-customer.tsx'
import { DateOrderDoubt, ReadingSentence } from './import-dates.tsx'
import { ImportRows } from './import-rows.tsx'
import { ImportStart } from './import-start.tsx'
import { ImportWords, withRejected } from './import-words.tsx'
import { ownersQuery, previewQuery, rejectsQuery } from './queries.ts'

interface ImportReadingProps {
  readonly view: ImportView
  readonly customer: ChosenCustomer
  readonly onCustomer: (customer: ChosenCustomer) => void
}

/** How a file is read, step by step below each other; what is changed shows at once in the rows. */
export function ImportReading({ view, customer, onCustomer }: ImportReadingProps) {
  const t = useText()
  const format = useFormat()
  const cache = useQueryClient()
  const { id } = view
  const barred = api.barredFromImporting(useAsker())
  const preview = useQuery({ ...previewQuery(id), enabled: barred === null })
  const { data: owners } = useQuery(ownersQuery())
  // The whole file has been read already: it may have words that its first rows have not.
  const rejected = useInfiniteQuery({
    ...rejectsQuery(id),
    enabled: (view.counts?.rejected ?? 0) + (view.counts?.leftOut ?? 0) > 0,
  })
  const map = useMutation({
    mutationFn: (mapping: ImportMapping) => call(api.mapImport, { params: { id }, body: mapping }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['imports', id, 'preview'] }),
  })
  if (barred !== null) return <Problem title={t(barred)} />
  if (preview.isError) {
    return (
      <div className={classes.failure}>
        <Problem failure={preview.error} actions={<LinkButton to="/imports">{t('imports.another')}</LinkButton>}>
          {t('imports.preview-failed')}
        </Problem>
      </div>
    )
  }
  if (!preview.data || owners === undefined)
    return <Progress label={t('imports.looking', { name: view.fileName })} share={null} />
  const { lacks, sampled, rows, columns, mapping } = preview.data
  // What was just chosen stands there before the server has answered.
  const shown = map.isPending ? map.variables : mapping
  const words = withRejected(preview.data.unknownWords, rejected.data?.pages.flatMap(({ items }) => items) ?? [], shown)
  const change = (changed: Partial<ImportMapping>) => map.mutate({ ...shown, ...changed })
  const zone = shown.timeZone ?? preview.data.timeZone
  function choose(next: ChosenCustomer) {
    onCustomer(next)
    const owner = owners?.find((each) => each.id === next.id)
    // Its zone is where its tickets were written, unless somebody says otherwise.
    if (owner !== undefined && shown.timeZone === undefined && owner.timeZone !== zone)
      change({ timeZone: owner.timeZone })
  }
  const doubt = lacks.find(({ lack }) => lack === 'date-order')
  const others = lacks.filter((lack) => lack !== doubt)
  return (
    <>
      <Section title={t('imports.step.what')}>
        <p>
          {t('imports.what', {
            source: view.source.replaceAll('-', '_'),
            columns: columns.length,
            rows: format.number(sampled.rows),
            packing: view.source === 'hp-service-manager' ? 'zip_both' : preview.data.packing,
            inside: preview.data.inside ?? '',
          })}{' '}
          <Link to="/imports" search={{ as: view.source === 'csv' ? 'servicenow' : 'csv' }}>
            {t(`imports.other-source.${view.source}`)}
          </Link>
        </p>
        {map.isError && <Problem failure={map.error} />}
        <ReadingSentence source={view.source} mapping={shown} preview={preview.data} onChange={change} />
        {doubt?.readings && (
          <DateOrderDoubt
            readings={doubt.readings}
            column={doubt.column}
            onChoose={(dateOrder) => change({ dateOrder })}
          />
        )}
        {others.map(({ message }) => (
          <Problem key={message} title={message}>
            {t('imports.lack-hint')}
          </Problem>
        ))}
      </Section>
      <Section title={t('imports.step.customer')} hint={t('imports.step.customer-hint')}>
        <CustomerChoice customers={owners} value={customer} onChange={choose} />
      </Section>
      <Section title={t('imports.step.columns')} hint={t('imports.step.columns-hint')}>
        <ImportColumns columns={columns} mapping={shown} onChange={(chosen) => change({ columns: chosen })} />
      </Section>
      {words.length > 0 && (
        <Section
          title={t('imports.step.words')}
          hint={t(api.isActivityLog(view.source) ? 'imports.step.words-hint-log' : 'imports.step.words-hint')}
        >
          <ImportWords words={words} mapping={shown} onChange={change} />
        </Section>
      )}
      {rows.length > 0 && (
        <Section
          title={t('imports.step.rows')}
          hint={t('imports.step.rows-hint', {
            taken: format.number(sampled.taken),
            rows: format.number(sampled.rows),
            tickets: format.number(sampled.tickets),
            zone: format.zone(zone),
          })}
        >
          <ImportRows rows={rows} zone={zone} />
        </Section>
      )}
      <ImportStart view={view} customer={customer} mapping={{ ...shown, timeZone: zone }} open={lacks.length} />
    </>
  )
}
