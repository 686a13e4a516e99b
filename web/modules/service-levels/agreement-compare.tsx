import { useState } from 'react'
import type { Agreement } from '#api/service-levels'
import { CheckField } from '#web/ui/field.tsx'
import { Section } from '#web/ui/page.tsx'
import { Pick, Sentence } from '#web/ui/sentence.tsx'
import { Glyph } from '#web/ui/state.tsx'
import { type Column, Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import { beside, useTermLines } from './agreement-lines.ts'
import { useServiceNames } from './use-service-names.ts'

type Line = ReturnType<typeof beside>[number]

interface CompareProps {
  readonly agreement: Agreement
  readonly zone: string
}

/** Two versions side by side; what differs is marked. */
export function CompareVersions({ agreement: { versions, customerId }, zone }: CompareProps) {
  const t = useText()
  const lines = useTermLines({ customer: customerId, services: useServiceNames(customerId), zone })
  const [oneId, setOne] = useState(versions[1]!.id)
  const [otherId, setOther] = useState(versions[0]!.id)
  const [onlyDifferent, setOnlyDifferent] = useState(true)
  const [one, other] = [oneId, otherId].map((id) => versions.find((version) => version.id === id))
  if (one === undefined || other === undefined) return null
  const all = beside(lines(one), lines(other))
  const different = all.filter((line) => line.one !== line.other)
  const options = versions.map(({ id, number }) => ({ value: id, label: t('agreements.version-number', { number }) }))
  const value = (line: Line, text: string) =>
    line.one === line.other ? <span className="pl-quiet">{text}</span> : <b>{text}</b>
  const columns: readonly Column<Line>[] = [
    {
      key: 'name',
      head: t('ui.conflict.field'),
      narrow: 'lead',
      cell: (line) => (
        <>
          {line.name}{' '}
          {!onlyDifferent && line.one !== line.other && <Glyph is="soon" label={t('agreements.compare.differs')} />}
        </>
      ),
    },
    {
      key: 'one',
      head: t('agreements.version-number', { number: one.number }),
      width: '36%',
      narrow: 'under',
      cell: (line) => value(line, line.one),
    },
    {
      key: 'other',
      head: t('agreements.version-number', { number: other.number }),
      width: '36%',
      narrow: 'under',
      cell: (line) => value(line, line.other),
    },
  ]
  return (
    <Section title={t('agreements.compare')} hint={t('agreements.compare.count', { count: different.length })}>
      <Sentence>
        <Text
          id="agreements.compare.sentence"
          components={{
            one: <Pick label={t('agreements.compare.one')} options={options} value={one.id} onChange={setOne} />,
            other: (
              <Pick label={t('agreements.compare.other')} options={options} value={other.id} onChange={setOther} />
            ),
          }}
        />
      </Sentence>
      <CheckField
        field={{ name: 'only', value: onlyDifferent, error: undefined, onChange: setOnlyDifferent }}
        label={t('agreements.compare.only')}
      />
      <Table
        dense
        label={t('agreements.compare')}
        columns={columns}
        rows={onlyDifferent ? different : all}
        rowKey={({ key }) => key}
        empty={<p className="pl-quiet">{t('agreements.compare.same')}</p>}
      />
    </Section>
  )
}
