import { useState } from 'react'
import { Button } from '#web/ui/button.tsx'
import { ColumnsPanel } from '#web/ui/columns-panel.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { MomentField } from '#web/ui/moment-field.tsx'
import { Section } from '#web/ui/page.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { type Period, PickPeriod, PickWords } from '#web/ui/sentence-fields.tsx'
import { Sentence } from '#web/ui/sentence.tsx'
import { Table } from '#web/ui/table.tsx'
import { Text, useText } from '#web/ui/text.tsx'
import classes from './kit-page.module.css'

const people = [
  { id: '1', name: 'Agnieszka Wrona', about: 'Desk Poznań', timeZone: 'Europe/Warsaw' },
  { id: '2', name: 'Arun Nair', about: 'Desk Bengaluru', timeZone: 'Asia/Kolkata' },
  { id: '3', name: 'Jo Martens' },
]

/** People and moments with their zones, words and days in a sentence, columns; a table on its way, empty, and failed. */
export function KitPickers() {
  const t = useText()
  const [person, setPerson] = useState('2')
  const [moment, setMoment] = useState<Date | null>(new Date('2026-11-09T04:00Z'))
  const [skipped, setSkipped] = useState<Date | null>(new Date('2026-03-29T01:30Z'))
  const [words, setWords] = useState('')
  const [days, setDays] = useState<Period>({ from: '2026-11-01', to: '2026-11-10' })
  const [columns, setColumns] = useState<readonly string[]>(['due', 'what'])
  const all = [
    { key: 'due', name: t('kit.list.due') },
    { key: 'what', name: t('kit.list.what'), fixed: true },
    { key: 'site', name: t('kit.list.site') },
    { key: 'team', name: t('kit.list.team') },
  ]
  const shown = columns.flatMap((key) => all.find((each) => each.key === key) ?? [])
  const table = {
    columns: shown.map(({ key, name }) => ({ key, head: name, cell: () => null })),
    rows: [],
    rowKey: () => '',
    dense: true,
  }
  return (
    <Section title={t('kit.pickers')} hint={t('kit.pickers.hint')}>
      <div className={classes.fields}>
        <div className={classes.stack}>
          <PersonField
            field={{ name: 'person', value: person, onChange: setPerson, error: undefined }}
            label={t('kit.pickers.person')}
            people={people}
            nobody={t('kit.pickers.nobody')}
          />
          <MomentField
            field={{ name: 'moment', value: moment, onChange: setMoment, error: undefined }}
            label={t('kit.pickers.moment')}
            zone="Asia/Kolkata"
          />
          <MomentField
            field={{ name: 'skipped', value: skipped, onChange: setSkipped, error: t('kit.pickers.moment-wrong') }}
            label={t('kit.pickers.moment')}
            zone="Europe/Berlin"
          />
        </div>
        <div className={classes.stack}>
          <Sentence>
            <Text
              id="kit.pickers.sentence"
              components={{
                words: (
                  <PickWords
                    label={t('kit.pickers.words')}
                    any={t('kit.pickers.any-words')}
                    known={all.map(({ name }) => name)}
                    value={words}
                    onChange={setWords}
                  />
                ),
                days: (
                  <PickPeriod
                    label={t('kit.pickers.days')}
                    any={t('kit.pickers.any-days')}
                    value={days}
                    onChange={setDays}
                  />
                ),
              }}
            />
          </Sentence>
          <div>
            <ColumnsPanel
              label={t('ui.columns.title')}
              all={all}
              shown={columns}
              onChange={(next) => setColumns(next ?? ['due', 'what'])}
            />
          </div>
          <Table {...table} label={t('kit.pickers.loading')} loading />
          <Table
            {...table}
            label={t('kit.pickers.empty')}
            empty={
              <Empty title={t('kit.pickers.empty')} actions={<Button>{t('kit.empty.first')}</Button>}>
                {t('kit.pickers.empty-more')}
              </Empty>
            }
          />
        </div>
      </div>
    </Section>
  )
}
