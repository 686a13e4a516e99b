import type { IncidentPage } from '#api/incidents'
import { lackingToResolve, type ResolvingNeed } from '#core/resolution.ts'
import { CheckField, SelectField, TextField } from '#web/ui/field.tsx'
import type { FormState } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useServices } from './choices.ts'
import { useResolving } from './resolving.ts'

/** What is said of how something ended, beside the words. */
export interface Ending {
  readonly resolutionCode: string
  readonly workaround: boolean
  /** Given where the incident has none and one is asked for. */
  readonly category: string
  readonly service: string
}

export function endingOf({ resolutionCode, workaround }: IncidentPage): Ending {
  return { resolutionCode: resolutionCode ?? '', workaround, category: '', service: '' }
}

interface ResolveFieldsProps<Values extends Ending> {
  readonly incident: IncidentPage
  readonly form: FormState<Values>
}

/** How it ended, whether the cause is still there, and what of the incident is still asked for. */
export function ResolveFields<Values extends Ending>({ incident, form }: ResolveFieldsProps<Values>) {
  const t = useText()
  const { resolving } = useResolving()
  const services = useServices(incident.customer.id)
  const lacking = lackingToResolve(resolving, { ...incident, code: null })
  return (
    <>
      {lacking.includes('service') && (
        <SearchField
          field={form.field('service')}
          label={t('incidents.service')}
          options={services.map(({ id, name }) => ({ value: id, label: name }))}
        />
      )}
      {lacking.includes('category') && (
        <TextField field={form.field('category')} label={t('incidents.category')} maxLength={200} />
      )}
      <CodeField field={form.field('resolutionCode')} />
      <CheckField
        field={form.field('workaround')}
        label={t('incidents.workaround')}
        hint={t('incidents.workaround.hint')}
      />
    </>
  )
}

type CodeFieldProps = Pick<Parameters<typeof SelectField<string>>[0], 'field'>

/** How it ended, of the codes that there are; what was chosen before stays to be seen when it is retired. */
export function CodeField({ field }: CodeFieldProps) {
  const t = useText()
  const { options, nameOf } = useResolving()
  const { value } = field
  if (options.length === 0 && value === '') return null
  const old = value !== '' && options.every((option) => option.value !== value)
  return (
    <SelectField
      field={field}
      label={t('incidents.resolution-code')}
      options={[
        { value: '', label: t('incidents.resolution-code.choose') },
        ...options,
        ...(old ? [{ value, label: nameOf(value) }] : []),
      ]}
    />
  )
}

/** What of an ending is asked for and missing, as sentences for its fields. */
export function useEndingProblems() {
  const t = useText()
  const { resolving } = useResolving()
  return (
    incident: Pick<IncidentPage, 'category' | 'service'>,
    { resolutionCode, category, service }: Ending,
  ): Partial<Record<keyof Ending, string>> => {
    const field = { code: 'resolutionCode', category: 'category', service: 'service' } as const
    const lacking = lackingToResolve(resolving, {
      code: resolutionCode,
      category: incident.category ?? category.trim(),
      service: incident.service ?? service,
    })
    return Object.fromEntries(lacking.map((need: ResolvingNeed) => [field[need], t(`incidents.resolve.needs.${need}`)]))
  }
}
