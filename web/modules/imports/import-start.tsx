import { useMutation, useQueryClient } from '@tanstack/react-query'
import * as api from '#api/imports'
import type { ImportMapping, ImportView } from '#api/imports'
import { call } from '#web/http/call.ts'
import { Button, Buttons } from '#web/ui/button.tsx'
import { Section } from '#web/ui/page.tsx'
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
      const whose = customer.id === undefined ? customer.newName.trim() && { newCustomer: customer.newName.trim() } : customer.id && { customer: customer.id }
      return call(api.startImport, { params: { id }, body: { dryRun, mapping, ...(whose || {}) } })
    },
    onSuccess: (started) => cache.setQueryData(['imports', id], started),
    onSettled: async () => {
      await Promise.all(['imports', 'customers', 'choices', 'what-is'].map((key) => cache.invalidateQueries({ queryKey: [key] })))
    },
  })
  const unanswered = open > 0 ? t('imports.start-open') : null
  const nobody = isChosen(customer) ? null : t('imports.start-customer')
  return (
    <div className={classes.start}>
    <Section title={t('imports.step.start')} hint={t('imports.start-hint')}>
      {start.isError && <Problem failure={start.error} />}
      <Buttons>
        <Button main busy={start.isPending && start.variables === false} barred={unanswered ?? nobody} onClick={() => start.mutate(false)}>
          {t('imports.start')}
        </Button>
        <Button busy={start.isPending && start.variables === true} barred={unanswered} onClick={() => start.mutate(true)}>
          {t('imports.try')}
        </Button>
      </Buttons>
    </Section>
    </div>
  )
}
