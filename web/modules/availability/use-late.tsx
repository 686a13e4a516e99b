import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import type * as api from '#api/availability'
import * as corrections from '#api/corrections'
import { call, type Sent } from '#web/http/call.ts'
import { CallFailure } from '#web/http/call-failure.ts'
import { TextAreaField } from '#web/ui/field.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './service-page.module.css'

type Request = Sent<typeof corrections.requestCorrection>['body']

/** As each is written to an open month; what has a default may be left out. */
type LateFact =
  | { readonly of: 'downtime'; readonly downtime: Sent<typeof api.addDowntime>['body'] }
  | {
      readonly of: 'downtime-changed'
      readonly downtime: string
      readonly facts: Sent<typeof api.changeDowntime>['body']
    }
  | { readonly of: 'downtime-excluded'; readonly downtime: string; readonly reason: api.Exclusion }
  | { readonly of: 'maintenance'; readonly maintenance: Sent<typeof api.addMaintenance>['body'] }
  | { readonly of: 'maintenance-cancelled'; readonly maintenance: string }
  | { readonly of: 'gap'; readonly gap: Sent<typeof api.addGap>['body'] }
  | { readonly of: 'promise'; readonly promise: Sent<typeof api.addPromise>['body'] }

/** What becomes of a fact about a month that turns out to be locked. */
export interface Late {
  /** It is asked for as a correction now: why, and what shows it, is asked for beside it. */
  readonly asked: boolean
  /**
   * Writes by `write`. Where the month is locked, fails with the sentence that says so, and asks for a correction the next
   * time: true when that was sent, and its page is on its way.
   */
  readonly write: (write: () => Promise<unknown>, fact: () => LateFact) => Promise<boolean>
  /** The fields of the correction, with what is wrong of them. */
  readonly values: Why
  readonly set: (changed: Partial<Why>) => void
  readonly missing: boolean
}

interface Why {
  readonly reason: string
  readonly evidence: string
}

export function useLate(): Late {
  const client = useQueryClient()
  const navigate = useNavigate()
  const t = useText()
  const [asked, setAsked] = useState(false)
  const [missing, setMissing] = useState(false)
  const [values, setValues] = useState<Why>({ reason: '', evidence: '' })
  return {
    asked,
    values,
    missing,
    set: (changed) => setValues((before) => ({ ...before, ...changed })),
    async write(write, fact) {
      if (!asked) {
        try {
          await write()
          return false
        } catch (thrown) {
          if (thrown instanceof CallFailure && thrown.code === 'availability.locked') setAsked(true)
          throw thrown
        }
      }
      const why = { reason: values.reason.trim(), evidence: values.evidence.trim() }
      if (why.reason === '' || why.evidence === '') {
        setMissing(true)
        throw new CallFailure({ status: 0, code: 'availability.why-missing', message: t('availability.late.missing') })
      }
      // The type of what is sent does not tell apart the facts of which each has its own.
      const body = { ...why, change: { kind: 'availability', fact: fact() } } as unknown as Request
      const { id } = await call(corrections.requestCorrection, { body })
      const computing = await call(corrections.computeCorrection, { params: { id } })
      client.setQueryData(['corrections', id], computing)
      void client.invalidateQueries({ queryKey: ['corrections', 'list'] })
      void navigate({ to: '/corrections/$id', params: { id }, ignoreBlocker: true })
      return true
    },
  }
}

/** Why, and what shows it: of what is asked for as a correction, since its month is locked. */
export function LateFields({ late: { asked, values, set, missing } }: { readonly late: Late }) {
  const t = useText()
  if (!asked) return null
  const field = (name: keyof Why) => ({
    name,
    value: values[name],
    error: missing && values[name].trim() === '' ? t(`availability.late.${name}-missing`) : undefined,
    onChange: (value: string) => set({ [name]: value }),
  })
  return (
    <fieldset className={classes.late}>
      <legend>{t('availability.late.title')}</legend>
      <p className="pl-quiet">{t('availability.late.what')}</p>
      <TextAreaField
        field={field('reason')}
        label={t('availability.late.reason')}
        hint={t('availability.late.reason-hint')}
        rows={2}
        maxLength={2000}
      />
      <TextAreaField
        field={field('evidence')}
        label={t('availability.evidence')}
        hint={t('availability.evidence-hint')}
        rows={2}
        maxLength={2000}
      />
    </fieldset>
  )
}
