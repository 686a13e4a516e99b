import { useBlocker } from '@tanstack/react-router'
import { type ReactNode, type SyntheticEvent, useState } from 'react'
import { CallFailure } from '#web/http/call-failure.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './form.module.css'

/** What a field needs to show one value of a form. */
export interface Field<Value> {
  readonly name: string
  readonly value: Value
  readonly onChange: (value: Value) => void
  readonly error: string | undefined
}

type Errors<Values> = Partial<Record<keyof Values & string, string | undefined>>

interface FormOptions<Values> {
  readonly initial: Values
  /** What is wrong before anything is sent: a sentence for each field that is. */
  readonly check?: (values: Values) => Errors<Values>
  /** Sends it. What it throws is shown: at the fields that a `CallFailure` names, else above the buttons. */
  readonly submit: (values: Values) => Promise<unknown>
  /** Where the server calls a field otherwise than the form: `{ 'body.name': 'name' }`. */
  readonly paths?: Readonly<Record<string, keyof Values & string>>
}

/** What somebody is filling in. */
export interface FormState<Values> {
  readonly values: Values
  readonly busy: boolean
  /** Something was typed that is not sent. */
  readonly dirty: boolean
  /** What went wrong and belongs to no field. */
  readonly problem: unknown
  /** Sentences of the server about things the form has no field for. */
  readonly stray: readonly string[]
  readonly field: <Name extends keyof Values & string>(name: Name) => Field<Values[Name]>
  readonly set: (values: Partial<Values>) => void
  readonly reset: (values?: Values) => void
  readonly onSubmit: (event: SyntheticEvent<HTMLFormElement>) => void
}

export function useForm<Values extends object>({
  initial,
  check,
  submit,
  paths = {},
}: FormOptions<Values>): FormState<Values> {
  const [values, setValues] = useState(initial)
  const [saved, setSaved] = useState(initial)
  const [errors, setErrors] = useState<Errors<Values>>({})
  const [stray, setStray] = useState<readonly string[]>([])
  const [problem, setProblem] = useState<unknown>(null)
  const [busy, setBusy] = useState(false)
  const dirty = (Object.keys(values) as (keyof Values)[]).some((name) => values[name] !== saved[name])

  function change(changed: Partial<Values>) {
    setValues((before) => ({ ...before, ...changed }))
    setErrors((before) => ({ ...before, ...Object.fromEntries(Object.keys(changed).map((name) => [name, undefined])) }))
  }

  async function send(form: HTMLFormElement) {
    const wrong = check?.(values) ?? {}
    const found = Object.values(wrong).some((sentence) => sentence !== undefined)
    setErrors(wrong)
    setStray([])
    setProblem(null)
    if (found) return focusFirstError(form)
    setBusy(true)
    try {
      await submit(values)
      setSaved(values)
    } catch (thrown) {
      const { atFields, others } = placed(thrown, values, paths)
      setErrors(atFields)
      setStray(others)
      const allPlaced = Object.keys(atFields).length > 0 && others.length === 0
      setProblem(allPlaced ? null : thrown)
      focusFirstError(form)
    } finally {
      setBusy(false)
    }
  }

  return {
    values,
    busy,
    dirty,
    problem,
    stray,
    field: (name) => ({
      name,
      value: values[name],
      error: errors[name],
      onChange: (value) => change({ [name]: value } as unknown as Partial<Values>),
    }),
    set: change,
    reset(next = initial) {
      setValues(next)
      setSaved(next)
      setErrors({})
      setStray([])
      setProblem(null)
    },
    onSubmit(event) {
      event.preventDefault()
      if (!busy) void send(event.currentTarget)
    },
  }
}

interface FormProps<Values> {
  readonly form: FormState<Values>
  readonly children: ReactNode
  /** Asks before leaving the page with something typed and not sent. */
  readonly guard?: boolean
  readonly label?: string
}

interface OneAction {
  /** What sending it does: the words on the button. */
  readonly action: string
  /** Why it cannot be sent now. */
  readonly barred?: string | null
  /** Among other forms on the screen, none of which is what the screen is for. */
  readonly lesser?: boolean
  readonly onCancel?: () => void
  /** What else can be done. */
  readonly beside?: ReactNode
}

interface SeveralActions {
  /** The buttons, where it can be sent in more than one way; the first one submits. */
  readonly actions: ReactNode
}

/** Fields above each other, what went wrong, then the buttons. */
export function Form<Values>({
  form,
  children,
  guard = false,
  label,
  ...sending
}: FormProps<Values> & (OneAction | SeveralActions)) {
  const t = useText()
  return (
    <form className={classes.form} onSubmit={form.onSubmit} noValidate aria-label={label}>
      {children}
      {form.problem !== null && (
        <Problem failure={form.problem}>
          {form.stray.length > 0 && (
            <ul>
              {form.stray.map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
          )}
        </Problem>
      )}
      <Buttons>{'action' in sending ? <FormButtons busy={form.busy} {...sending} /> : sending.actions}</Buttons>
      {guard && <UnsavedGuard dirty={form.dirty && !form.busy} title={t('ui.form.unsaved')} />}
    </form>
  )
}

function FormButtons({
  busy,
  action,
  barred = null,
  lesser = false,
  onCancel,
  beside,
}: OneAction & { readonly busy: boolean }) {
  const t = useText()
  return (
    <>
      <Button main={!lesser} type="submit" busy={busy} barred={barred}>
        {action}
      </Button>
      {onCancel && <Button onClick={onCancel}>{t('ui.cancel')}</Button>}
      {beside}
    </>
  )
}

function UnsavedGuard({ dirty, title }: { readonly dirty: boolean; readonly title: string }) {
  const t = useText()
  const blocked = useBlocker({ shouldBlockFn: () => dirty, enableBeforeUnload: () => dirty, withResolver: true })
  if (blocked.status !== 'blocked') return null
  return (
    <Dialog title={title} onClose={blocked.reset}>
      <p className={classes.unsaved}>{t('ui.form.unsaved-why')}</p>
      <Buttons>
        <Button main onClick={blocked.reset} data-autofocus>
          {t('ui.form.stay')}
        </Button>
        <Button onClick={blocked.proceed}>{t('ui.form.leave')}</Button>
      </Buttons>
    </Dialog>
  )
}

/** Sorts what the server found by the field it belongs to. */
function placed<Values extends object>(thrown: unknown, values: Values, paths: Readonly<Record<string, string>>) {
  const atFields: Record<string, string> = {}
  const others: string[] = []
  for (const { path, message } of thrown instanceof CallFailure ? thrown.errors : []) {
    const name = paths[path] ?? path
    if (name in values) atFields[name] ??= message
    else others.push(path ? `${path}: ${message}` : message)
  }
  return { atFields: atFields as Errors<Values>, others }
}

/** After the errors are shown. */
function focusFirstError(form: HTMLFormElement): void {
  requestAnimationFrame(() => form.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
}
