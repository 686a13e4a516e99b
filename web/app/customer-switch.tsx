import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { customerQuery, customersQuery } from '#web/app/customers.ts'
import { useSession } from '#web/modules/people/session.ts'
import { Floating } from '#web/ui/floating.tsx'
import { OptionList } from '#web/ui/option-list.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './customer-switch.module.css'

/** Stands for all customers in the list; no id looks like it. */
const ALL = ''

/** Chooses whose figures and records are shown. The choice stands in the address and stays when going elsewhere. */
export function CustomerSwitch() {
  const t = useText()
  const navigate = useNavigate()
  const { customer: chosen } = useSearch({ from: '/shell' })
  const { customers: own, access } = useSession()
  const [open, setOpen] = useState(false)
  const [words, setWords] = useState('')
  const sought = useDeferredValue(words.trim())
  const { data: found } = useQuery({ ...customersQuery(sought), enabled: open })
  const name = useCustomerName(chosen)

  // Whoever has one customer has nothing to choose.
  if (access === 'customer' && own.length === 1) return <p className={classes.only}>{own[0]!.name}</p>

  const customers = (found?.items ?? []).map((customer) => ({ value: customer.id, label: customer.name }))
  function choose(customer: string) {
    setOpen(false)
    void navigate({
      to: '.',
      search: (before: object) => ({ ...before, customer: customer === ALL ? undefined : customer }),
    })
  }
  function toggle(next: boolean) {
    setOpen(next)
    setWords('')
  }
  return (
    <Floating
      open={open}
      onOpenChange={toggle}
      width={280}
      label={t('app.customer.choose')}
      button={
        <button type="button" className={classes.scope}>
          <span className="pl-hidden">{t('app.customer.scope')} </span>
          <span className={classes.name}>{chosen === undefined ? t('app.customer.all') : (name ?? '…')}</span>
          <span className={classes.change}>{t('app.customer.change')}</span>
        </button>
      }
    >
      <OptionList
        label={t('app.customer.choose')}
        options={words === '' ? [{ value: ALL, label: t('app.customer.all') }, ...customers] : customers}
        isChosen={(id) => id === (chosen ?? ALL)}
        onPick={choose}
        search={{ words, onWords: setWords }}
      />
    </Floating>
  )
}

/** The name of a customer; undefined until it is known. */
function useCustomerName(id: string | undefined): string | undefined {
  const t = useText()
  const { data, isError } = useQuery({ ...customerQuery(id ?? ''), enabled: id !== undefined })
  return isError ? t('app.customer.unknown') : data?.name
}
