import { useQueryClient, useSuspenseQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import * as api from '#api/suppliers'
import { poolUnits, type Supplier, tiers } from '#api/suppliers'
import { decimalsOf } from '#core/exchange.ts'
import { call } from '#web/http/call.ts'
import { contractsQuery } from '#web/modules/contracts/index.ts'
import { LeasingWarning } from './leasing-warning.tsx'
import { underpinningQuery } from './queries.ts'
import { Dialog } from '#web/ui/dialog.tsx'
import { FieldRow, NumberField, SelectField, TextAreaField, TextField } from '#web/ui/field.tsx'
import { Form, useForm } from '#web/ui/form.tsx'
import { useText } from '#web/ui/text.tsx'
import { useNow } from '#web/ui/use-now.ts'

const DAY = /^\d{4}-\d{2}-\d{2}$/
const orNull = (text: string) => (text.trim() === '' ? null : text.trim())

interface Described {
  readonly name: string
  readonly tier: (typeof tiers)[number]
  readonly contact: string
  readonly certifications: string
  readonly exitPlan: string
  readonly exitPlanTriedOn: string
}

/** Writes down a supplier, or anew what it is. */
export function NewSupplierDialog({
  supplier,
  onClose,
}: {
  readonly supplier?: Supplier
  readonly onClose: () => void
}) {
  const t = useText()
  const client = useQueryClient()
  const navigate = useNavigate()
  const initial: Described = {
    name: supplier?.name ?? '',
    tier: supplier?.tier ?? 'important',
    contact: supplier?.contact ?? '',
    certifications: supplier?.certifications ?? '',
    exitPlan: supplier?.exitPlan ?? '',
    exitPlanTriedOn: supplier?.exitPlanTriedOn ?? '',
  }
  const title = t(supplier === undefined ? 'suppliers.add' : 'suppliers.write')
  const form = useForm({
    initial,
    check: ({ name, exitPlanTriedOn }) => ({
      name: name.trim() === '' ? t('suppliers.name-missing') : undefined,
      exitPlanTriedOn: exitPlanTriedOn === '' || DAY.test(exitPlanTriedOn) ? undefined : t('suppliers.day-missing'),
    }),
    async submit({ name, tier, ...rest }) {
      const words = Object.fromEntries(Object.entries(rest).map(([key, text]) => [key, orNull(text)]))
      const body = { name, tier, ...(words as Record<keyof typeof rest, string | null>) }
      const { id } =
        supplier === undefined
          ? await call(api.addSupplier, { body })
          : await call(api.writeSupplier, { params: { id: supplier.id }, body, match: supplier.version })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      onClose()
      await navigate({ to: '/suppliers/$id', params: { id } })
    },
  })
  return (
    <Dialog title={title} onClose={onClose}>
      <Form form={form} action={title} onCancel={onClose}>
        <FieldRow>
          <TextField field={form.field('name')} label={t('suppliers.name')} maxLength={200} />
          <SelectField
            field={form.field('tier')}
            label={t('suppliers.tier')}
            options={tiers.map((value) => ({ value, label: t(`suppliers.tier.${value}`) }))}
          />
        </FieldRow>
        <TextField
          field={form.field('contact')}
          label={t('suppliers.contact')}
          hint={t('suppliers.contact-hint')}
          maxLength={400}
          optional
        />
        <TextField
          field={form.field('certifications')}
          label={t('suppliers.certifications')}
          maxLength={1000}
          optional
        />
        <TextAreaField field={form.field('exitPlan')} label={t('suppliers.exit-plan')} maxLength={4000} optional />
        <TextField field={form.field('exitPlanTriedOn')} label={t('suppliers.exit-tried')} type="date" optional />
      </Form>
    </Dialog>
  )
}

interface Agreed {
  readonly contract: string
  /** The agreement behind ours; empty: none. */
  readonly agreement: string
  readonly number: string
  readonly title: string
  readonly startsOn: string
  readonly endsOn: string
  readonly noticeDays: number | null
  readonly recovery: number | null
}

/** What was agreed with a supplier, behind one of our contracts. */
export function SupplierContractDialog({ id, onClose }: { readonly id: string; readonly onClose: () => void }) {
  const t = useText()
  const client = useQueryClient()
  const { data: contracts } = useSuspenseQuery(contractsQuery(undefined))
  const { data: behind } = useSuspenseQuery(underpinningQuery())
  const initial: Agreed = {
    contract: '',
    agreement: '',
    number: '',
    title: '',
    startsOn: useNow().toISOString().slice(0, 10),
    endsOn: '',
    noticeDays: 90,
    recovery: 0,
  }
  const form = useForm({
    initial,
    check: ({ contract, number, title, startsOn, endsOn }) => ({
      contract: contract === '' ? t('suppliers.contract-missing') : undefined,
      number: number.trim() === '' ? t('suppliers.number-missing') : undefined,
      title: title.trim() === '' ? t('suppliers.title-missing') : undefined,
      startsOn: DAY.test(startsOn) ? undefined : t('suppliers.day-missing'),
      endsOn: endsOn === '' || DAY.test(endsOn) ? undefined : t('suppliers.day-missing'),
    }),
    async submit({ contract, agreement, endsOn, noticeDays, recovery, ...rest }) {
      const ours = contracts.find((each) => each.id === contract)!
      const terms = { noticeDays: noticeDays ?? 0, recoveryBp: Math.round((recovery ?? 0) * 100) }
      const of = { contract, customer: ours.customer.id, currency: ours.currency, service: null }
      await call(api.addSupplierContract, {
        params: { id },
        body: { ...rest, ...terms, ...of, agreement: orNull(agreement), endsOn: orNull(endsOn) },
      })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      onClose()
    },
  })
  const customer = contracts.find((each) => each.id === form.values.contract)?.customer.id
  const promised = behind.filter((each) => each.customerId === customer)
  return (
    <Dialog title={t('suppliers.add-contract')} onClose={onClose}>
      <Form form={form} action={t('suppliers.add-contract')} onCancel={onClose}>
        <SelectField
          field={form.field('contract')}
          label={t('suppliers.our-contract')}
          options={[
            { value: '', label: '–' },
            ...contracts.map((each) => ({ value: each.id, label: `${each.customer.name}: ${each.title}` })),
          ]}
        />
        <SelectField
          field={form.field('agreement')}
          label={t('suppliers.behind')}
          hint={t('suppliers.behind-hint')}
          optional
          options={[{ value: '', label: '–' }, ...promised.map(({ id: value, name: label }) => ({ value, label }))]}
        />
        <FieldRow>
          <TextField field={form.field('title')} label={t('suppliers.contract-title')} maxLength={200} />
          <TextField field={form.field('number')} label={t('suppliers.number')} maxLength={60} />
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('startsOn')} label={t('suppliers.starts')} type="date" />
          <TextField field={form.field('endsOn')} label={t('suppliers.first-without')} type="date" optional />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('noticeDays')} label={t('suppliers.notice-days')} min={0} max={3650} />
          <NumberField field={form.field('recovery')} label={t('suppliers.recovery')} digits={2} min={0} max={100} />
        </FieldRow>
      </Form>
    </Dialog>
  )
}

interface Role {
  readonly name: string
  readonly skill: string
  readonly level: string
  readonly language: string
  readonly place: string
  readonly unit: (typeof poolUnits)[number]
  readonly committed: number | null
  readonly flex: number | null
  readonly leadDays: number | null
  readonly price: number | null
}

/** Capacity without names: a role at a place. */
export function PoolDialog({
  contract: { id, currency, startsOn },
  onClose,
}: {
  readonly contract: Supplier['contracts'][number]
  readonly onClose: () => void
}) {
  const t = useText()
  const client = useQueryClient()
  const initial: Role = {
    name: '',
    skill: '',
    level: '',
    language: '',
    place: '',
    unit: 'shift',
    committed: null,
    flex: 10,
    leadDays: 10,
    price: null,
  }
  const digits = decimalsOf(currency)
  const form = useForm({
    initial,
    check: ({ name, skill, committed, price }) => ({
      name: name.trim() === '' ? t('suppliers.name-missing') : undefined,
      skill: skill.trim() === '' ? t('suppliers.skill-missing') : undefined,
      committed: committed === null || committed < 1 ? t('suppliers.committed-missing') : undefined,
      price: price === null || price < 0 ? t('suppliers.price-missing') : undefined,
    }),
    async submit({ name, skill, level, language, place, unit, committed, flex, leadDays, price }) {
      const rate = { validFrom: startsOn.slice(0, 7), unitMinor: Math.round((price ?? 0) * 10 ** digits) }
      const role = { name, skill, unit, place: orNull(place), level: orNull(level), language: orNull(language) }
      const capacity = {
        committed: committed ?? 1,
        flexBp: Math.round((flex ?? 0) * 100),
        leadDays: leadDays ?? 0,
      }
      await call(api.addPool, { params: { id }, body: { ...role, ...capacity, rate } })
      await client.invalidateQueries({ queryKey: ['suppliers'] })
      onClose()
    },
  })
  return (
    <Dialog title={t('suppliers.add-pool')} onClose={onClose}>
      <Form form={form} action={t('suppliers.add-pool')} onCancel={onClose}>
        <p className="pl-quiet">{t('suppliers.pool-hint')}</p>
        <FieldRow>
          <TextField field={form.field('name')} label={t('suppliers.name')} maxLength={200} />
          <TextField field={form.field('skill')} label={t('suppliers.skill')} maxLength={120} />
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('level')} label={t('suppliers.role-level')} maxLength={60} optional />
          <TextField field={form.field('language')} label={t('suppliers.role-language')} maxLength={60} optional />
        </FieldRow>
        <FieldRow>
          <TextField field={form.field('place')} label={t('suppliers.place')} maxLength={200} optional />
          <SelectField
            field={form.field('unit')}
            label={t('suppliers.unit')}
            options={poolUnits.map((value) => ({ value, label: t(`suppliers.unit.${value}`) }))}
          />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('committed')} label={t('suppliers.committed')} min={1} />
          <NumberField field={form.field('flex')} label={t('suppliers.flex')} digits={2} min={0} max={100} />
        </FieldRow>
        <FieldRow>
          <NumberField field={form.field('leadDays')} label={t('suppliers.lead-days')} min={0} max={365} />
          <NumberField field={form.field('price')} label={t('suppliers.price')} digits={digits} min={0} />
        </FieldRow>
        <LeasingWarning words={[form.values.name, form.values.skill, form.values.level, form.values.place]} />
      </Form>
    </Dialog>
  )
}
