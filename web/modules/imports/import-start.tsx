import { useMutation, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/imports'
import type { ImportMapping, ImportView } from '#api/imports'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './imports.module.css'
import { type ChosenCustomer, isChosen } from './import-customer.tsx'

interface ImportStartProps {
  readonly view: ImportView
  readonly customer: ChosenCustomer
  /** As it was shown, with the zone that was shown. */
  readonly mapping: ImportMapping
  /** How many questions are not answered. */
  readonly open: number
}

/** Tries it, or takes the file in. */
export function ImportStart({ view, customer, mapping, open }: ImportStartProps) {
  const t = useText()
  const cache = useQueryClient()
  const { id } = view
  const start = useMutation({
    mutationFn: (dryRun: boolean) => {
      const known = customer.id ? { customer: customer.id } : undefined
      const added =
        customer.id === undefined && isChosen(customer) ? { newCustomer: customer.newName.trim() } : undefined
      return call(api.startImport, { params: { id }, body: { dryRun, mapping, ...known, ...added } })
    },
    onSuccess: (started) => cache.setQueryData(['imports', id], started),
    onSettled: async () => {
      await Promise.all(
        ['imports', 'customers', 'choices', 'what-is'].map((key) => cache.invalidateQueries({ queryKey: [key] })),
      )
    },
  })
  const unanswered = open > 0 ? t('imports.start-open') : null
  const nobody = isChosen(customer) ? null : t('imports.start-customer')
  return (
    <fieldset className={classes.start} aria-label={t('imports.step.start')}>
      {start.isError && <Problem failure={start.error} />}
      <Buttons>
        <Button
          main
          busy={start.isPending && !start.variables}
          barred={unanswered ?? nobody}
          onClick={() => start.mutate(false)}
        >
          {t('imports.start')}
        </Button>
        {unanswered === null && (
          <Button busy={start.isPending && start.variables} onClick={() => start.mutate(true)}>
            {t('imports.try')}
          </Button>
        )}
      </Buttons>
      <p className="pl-small pl-quiet">{t('imports.start-hint')}</p>
    </fieldset>
  )
}
