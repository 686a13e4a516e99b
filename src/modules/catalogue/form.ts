import type { Field, FieldKind, Words } from './item.ts'

/** What somebody answers: by kind of field a text, a number or yes and no. */
export type Given = Readonly<Record<string, string | number | boolean>>

/** An answer as it is kept: it says by itself what was asked, whatever becomes of the form. */
export interface Answer {
  readonly key: string
  readonly kind: FieldKind
  readonly label: Words
  readonly value: string | number | boolean
  /** Of a choice: what it was called. */
  readonly said: Words | null
}

/** The fields that are asked, given these answers: a field whose condition hangs on one that is not asked is not either. */
export function askedFields(fields: readonly Field[], given: Given): readonly Field[] {
  const asked: Field[] = []
  for (const field of fields) {
    const { when } = field
    const holds =
      when === null || (asked.some(({ key }) => key === when.field) && when.is.includes(comparable(given[when.field])))
    if (holds) asked.push(field)
  }
  return asked
}

function comparable(value: string | number | boolean | undefined): string {
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  return value === undefined ? '' : String(value)
}

/** Kept answers to what is asked, or the keys of those that are missing or do not fit. What is not asked is left out. */
export function answersOf(
  fields: readonly Field[],
  given: Given,
): { readonly answers: readonly Answer[]; readonly wrong: readonly string[] } {
  const answers: Answer[] = []
  const wrong: string[] = []
  for (const { key, kind, label, required, options } of askedFields(fields, given)) {
    const value = given[key]
    const isEmpty = value === undefined || (typeof value === 'string' && value.trim() === '')
    if (isEmpty) {
      if (required) wrong.push(key)
      continue
    }
    const option = options.find((each) => each.value === value)
    if (!fits(kind, value) || (kind === 'choice' && option === undefined)) {
      wrong.push(key)
      continue
    }
    answers.push({
      key,
      kind,
      label,
      value: typeof value === 'string' ? value.trim() : value,
      said: option?.label ?? null,
    })
  }
  return { answers, wrong }
}

const DAY = /^\d{4}-\d\d-\d\d$/
const LONGEST = 4000

function fits(kind: FieldKind, value: string | number | boolean): boolean {
  if (kind === 'number') return typeof value === 'number' && Number.isFinite(value)
  if (kind === 'yes-no') return typeof value === 'boolean'
  if (typeof value !== 'string' || value.length > LONGEST) return false
  return kind !== 'date' || (DAY.test(value) && !Number.isNaN(Date.parse(value)))
}
