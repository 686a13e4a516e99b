import { type ImportMapping, type ImportPreview, isActivityLog, type Source } from '#api/imports'
import { useMemo } from 'react'
import { RadioField } from '#web/ui/field.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { Glyph } from '#web/ui/state.tsx'
import classes from './imports.module.css'

const encodings = ['utf-8', 'utf-16le', 'utf-16be', 'windows-1252', 'iso-8859-15', 'windows-1250', 'macintosh'] as const
const delimiters = [',', ';', '\t', '|'] as const
const delimiterName = { ',': 'comma', ';': 'semicolon', '\t': 'tab', '|': 'bar' } as const

interface ReadingSentenceProps {
  readonly source: Source
  /** As it is shown: with what was just chosen. */
  readonly mapping: ImportMapping
  readonly preview: Pick<ImportPreview, 'encoding' | 'delimiter' | 'timeZone' | 'lacks'>
  readonly onChange: (changed: Partial<ImportMapping>) => void
}

/** Encoding, separator, zone and order of dates as a sentence; each blue part can be chosen otherwise. */
export function ReadingSentence({ source, mapping, preview, onChange }: ReadingSentenceProps) {
  const t = useText()
  const format = useFormat()
  const zones = useMemo(() => ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')], [])
  const zone = mapping.timeZone ?? preview.timeZone
  const encoding = mapping.encoding ?? encodings.find((each) => each === preview.encoding) ?? 'utf-8'
  const delimiter = mapping.delimiter ?? delimiters.find((each) => each === preview.delimiter) ?? ','
  const ordered = mapping.dateOrder !== undefined
  return (
    <Sentence>
      <Text
        id={isActivityLog(source) ? 'imports.read-as-log' : ordered ? 'imports.read-as-ordered' : 'imports.read-as'}
        components={{
          encoding: (
            <Pick
              label={t('imports.encoding')}
              value={encoding}
              options={encodings.map((value) => ({ value, label: t(`imports.encoding.${value}`) }))}
              onChange={(value) => onChange({ encoding: value })}
            />
          ),
          delimiter: (
            <Pick
              label={t('imports.delimiter')}
              value={delimiter}
              options={delimiters.map((value) => ({ value, label: t(`imports.delimiter.${delimiterName[value]}`) }))}
              onChange={(value) => onChange({ delimiter: value })}
            />
          ),
          zone: (
            <Pick
              label={t('imports.zone')}
              value={zone}
              options={(zones.includes(zone) ? zones : [zone, ...zones]).map((value) => ({
                value,
                label: value.replaceAll('_', ' '),
                inSentence: format.zone(value),
              }))}
              onChange={(value) => onChange({ timeZone: value })}
            />
          ),
          form: (
            <Pick
              label={t('imports.form')}
              value={mapping.form}
              options={(['tickets', 'changes'] as const).map((value) => ({
                value,
                label: t(`imports.form.${value}`),
                inSentence: t(`imports.form.${value}-short`),
              }))}
              onChange={(form) => onChange({ form })}
            />
          ),
          order: (
            <Pick
              label={t('imports.order')}
              value={mapping.dateOrder ?? 'dmy'}
              options={(['dmy', 'mdy'] as const).map((value) => ({ value, label: t(`imports.order.${value}`) }))}
              onChange={(dateOrder) => onChange({ dateOrder })}
            />
          ),
        }}
      />
    </Sentence>
  )
}

interface DoubtProps {
  readonly readings: { readonly example: string; readonly dmy: string; readonly mdy: string }
  readonly column: string | null
  readonly onChoose: (order: 'dmy' | 'mdy') => void
}

/** Dates that could be read both ways: somebody has to know. */
export function DateOrderDoubt({ readings, column, onChoose }: DoubtProps) {
  const t = useText()
  const format = useFormat()
  const day = (date: string) => format.date(new Date(`${date}T00:00:00Z`), 'UTC')
  return (
    <div className={classes.doubt}>
      <p>
        <Glyph is="soon" /> <b>{t('imports.doubt', { example: readings.example, column: column ?? '' })}</b>
      </p>
      <RadioField
        field={{ name: 'order', value: '' as 'dmy' | 'mdy', error: undefined, onChange: onChoose }}
        label={t('imports.doubt-which')}
        options={[
          { value: 'dmy', label: day(readings.dmy), hint: t('imports.order.dmy') },
          { value: 'mdy', label: day(readings.mdy), hint: t('imports.order.mdy') },
        ]}
      />
    </div>
  )
}
