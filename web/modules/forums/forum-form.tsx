import { useQuery } from '@tanstack/react-query'
import type { Forum } from '#api/forums'
import { barredFromContracting } from '#core/may.ts'
import { kpisQuery } from '#web/modules/kpis/index.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { ChosenMany } from '#web/ui/chosen-many.tsx'
import { CheckField, FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { PersonField } from '#web/ui/person-field.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { ZonePicker } from '#web/ui/zone-picker.tsx'
import { invitedQuery, suppliersQuery } from './queries.ts'
import { useWeekday } from './rhythm.ts'
import classes from './forums.module.css'

/** What is typed of a forum. */
export interface ForumValues {
  readonly name: string
  readonly purpose: string
  readonly customer: string
  /** Empty: none. */
  readonly supplier: string
  readonly tier: string
  readonly kind: 'weeks' | '1' | '2' | '3' | '4' | '-1'
  readonly weekdays: readonly string[]
  readonly every: number | null
  readonly startsOn: string
  readonly time: string
  readonly minutes: number | null
  readonly timeZone: string
  readonly chair: string
  readonly members: readonly string[]
  readonly quorum: number | null
  readonly agenda: string
  readonly inputs: string
  readonly kpis: readonly string[]
}

/** What there is of a forum, to be changed; of none a round on working days. */
export function valuesOf(
  forum: Forum | null,
  { chair, customer, supplier }: Pick<ForumValues, 'chair' | 'customer' | 'supplier'>,
): ForumValues {
  if (forum === null) {
    return {
      name: '',
      purpose: '',
      customer,
      supplier,
      tier: supplier === '' ? '1' : '3',
      // With a supplier once a month, of our own people each working day.
      kind: supplier === '' ? 'weeks' : '1',
      weekdays: supplier === '' ? ['1', '2', '3', '4', '5'] : ['2'],
      every: 1,
      startsOn: new Date().toISOString().slice(0, 10),
      time: supplier === '' ? '08:15' : '10:00',
      minutes: supplier === '' ? 15 : 60,
      timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      chair,
      members: [],
      quorum: 2,
      agenda: '',
      inputs: '',
      kpis: [],
    }
  }
  const { nth, atMinute } = forum
  const padded = (value: number) => String(value).padStart(2, '0')
  return {
    ...forum,
    purpose: forum.purpose ?? '',
    customer: forum.customer?.id ?? '',
    supplier: forum.supplier?.id ?? '',
    tier: String(forum.tier),
    kind: nth === null ? 'weeks' : (String(nth) as '1'),
    weekdays: forum.weekdays.map(String),
    every: nth === null ? forum.weeks : forum.months,
    time: `${padded(Math.floor(atMinute / 60))}:${padded(atMinute % 60)}`,
    chair: forum.chair?.id ?? '',
    members: forum.members.map(({ id }) => id),
    agenda: forum.agenda.join('\n'),
    inputs: forum.inputs.join('\n'),
  }
}

const linesOf = (text: string) =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '')

/** As it is sent, without whose it is. */
export function bodyOf(values: ForumValues) {
  const { name, kind, every, time, minutes, quorum, agenda, inputs, startsOn, timeZone } = values
  const [hours = '0', rest = '0'] = time.split(':')
  const weekly = kind === 'weeks'
  return {
    name: name.trim(),
    tier: Number(values.tier),
    weekdays: values.weekdays.map(Number),
    weeks: weekly ? (every ?? 1) : 1,
    nth: weekly ? null : (Number(kind) as 1),
    months: weekly ? 1 : (every ?? 1),
    startsOn,
    atMinute: Number(hours) * 60 + Number(rest),
    minutes: minutes ?? 15,
    timeZone,
    quorum: quorum ?? 2,
    agenda: linesOf(agenda),
    inputs: linesOf(inputs),
    kpis: [...values.kpis],
    members: [...values.members],
  }
}

const kinds = ['weeks', '1', '2', '3', '4', '-1'] as const
const days = ['1', '2', '3', '4', '5', '6', '7'] as const

/** What a forum is: about what, in which rhythm, with whom. */
export function ForumFields({ form }: { readonly form: FormState<ForumValues> }) {
  const t = useText()
  const weekday = useWeekday()
  const { values, set } = form
  const whose = values.customer === '' ? undefined : values.customer
  const { data: people = [] } = useQuery(invitedQuery(whose))
  const { data: kpis } = useQuery(kpisQuery(whose))
  const seesSuppliers = barredFromContracting(useAsker()) === null
  const { data: suppliers = [] } = useQuery({ ...suppliersQuery(), enabled: seesSuppliers })
  return (
    <>
      {seesSuppliers && suppliers.length > 0 && (
        <SearchField
          field={form.field('supplier')}
          label={t('forums.supplier')}
          placeholder={t('forums.no-supplier')}
          options={suppliers.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      <FieldRow>
        <TextField field={form.field('name')} label={t('forums.name')} maxLength={200} />
        <SelectField
          field={form.field('tier')}
          label={t('forums.tier')}
          options={(['1', '2', '3', '4'] as const).map((value) => ({ value, label: t(`forums.tier-of.${value}`) }))}
        />
      </FieldRow>
      <TextAreaField field={form.field('purpose')} label={t('forums.purpose')} rows={2} maxLength={2000} optional />
      <FieldRow>
        <SelectField
          field={form.field('kind')}
          label={t('forums.rhythm-kind')}
          options={kinds.map((value) => ({ value, label: t(`forums.kind.${value === '-1' ? 'last' : value}`) }))}
        />
        <NumberField
          field={form.field('every')}
          label={t(values.kind === 'weeks' ? 'forums.every-weeks' : 'forums.every-months')}
          min={1}
          max={12}
        />
      </FieldRow>
      <fieldset className={classes.days}>
        <legend>{t('forums.weekdays')}</legend>
        {days.map((value) => (
          <CheckField
            key={value}
            field={{
              name: `weekday-${value}`,
              value: values.weekdays.includes(value),
              onChange: (on) =>
                set({ weekdays: days.filter((day) => (day === value ? on : values.weekdays.includes(day))) }),
              error: undefined,
            }}
            label={weekday(Number(value))}
          />
        ))}
      </fieldset>
      <FieldRow>
        <TextField field={form.field('startsOn')} type="date" label={t('forums.starts-on')} />
        <TextField field={form.field('time')} type="time" label={t('forums.time')} />
        <NumberField field={form.field('minutes')} label={t('forums.length')} min={5} max={480} />
      </FieldRow>
      <ZonePicker field={form.field('timeZone')} label={t('forums.zone')} />
      <FieldRow>
        <PersonField field={form.field('chair')} label={t('forums.chair')} people={people} />
        <NumberField
          field={form.field('quorum')}
          label={t('forums.quorum')}
          hint={t('forums.quorum-hint')}
          min={1}
          max={50}
        />
      </FieldRow>
      <ChosenMany
        label={t('forums.members')}
        options={people.map(({ id, name }) => ({ value: id, label: name }))}
        value={values.members}
        onChange={(members) => set({ members })}
      />
      <ChosenMany
        label={t('forums.figures')}
        options={(kpis?.items ?? [])
          .filter(({ missing }) => missing === null)
          .map(({ key, name }) => ({ value: key, label: `${key} ${name}` }))}
        value={values.kpis}
        onChange={(chosen) => set({ kpis: chosen })}
      />
      <FieldRow>
        <TextAreaField
          field={form.field('agenda')}
          label={t('forums.agenda')}
          hint={t('forums.one-a-line')}
          rows={5}
          optional
        />
        <TextAreaField
          field={form.field('inputs')}
          label={t('forums.inputs')}
          hint={t('forums.inputs-hint')}
          rows={5}
          optional
        />
      </FieldRow>
    </>
  )
}
