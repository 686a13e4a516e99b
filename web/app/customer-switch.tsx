import { useQuery } from '@tanstack/react-query'
import { useLocation, useNavigate, useSearch } from '@tanstack/react-router'
import { useDeferredValue, useState } from 'react'
import { barredBeyondPortal } from '#core/may.ts'
import { customerQuery, customersQuery, siteQuery, sitesQuery } from '#web/app/customers.ts'
import { isBySite } from '#web/app/places.ts'
import { useAsker, useSession } from '#web/modules/people/session.ts'
import { Floating } from '#web/ui/floating.tsx'
import { OptionList } from '#web/ui/option-list.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './customer-switch.module.css'

/** Stands for all of them in the list; no id looks like it. */
const ALL = ''

/** Chooses whose figures and records are shown: a customer, and one of its sites. The choice stands in the address and stays when going elsewhere. */
export function CustomerSwitch() {
  const { customer, site } = useSearch({ from: '/shell' })
  const { customers: own, access } = useSession()
  // Whoever has one customer has nothing to choose.
  const only = access === 'customer' && own.length === 1 ? own[0]! : null
  const chosen = only?.id ?? customer
  const bySites = barredBeyondPortal(useAsker()) === null
  return (
    <div className={classes.switch}>
      {only === null ? <Customers chosen={customer} /> : <p className={classes.only}>{only.name}</p>}
      {chosen !== undefined && bySites && <Sites customer={chosen} chosen={site} />}
    </div>
  )
}

function Customers({ chosen }: { readonly chosen: string | undefined }) {
  const t = useText()
  const navigate = useNavigate()
  const { words, sought, setWords } = useWords()
  const { data: found } = useQuery(customersQuery(sought))
  const { data: customer, isError } = useQuery({ ...customerQuery(chosen ?? ''), enabled: chosen !== undefined })
  const name = chosen === undefined ? t('app.customer.all') : isError ? t('app.customer.unknown') : customer?.name
  const customers = (found?.items ?? []).map(({ id, name: label }) => ({ value: id, label }))
  return (
    <Switch
      scope={t('app.customer.scope')}
      name={name}
      label={t('app.customer.choose')}
      all={t('app.customer.all')}
      options={customers}
      chosen={chosen}
      search={{ words, onWords: setWords }}
      onChoose={(id) =>
        void navigate({ to: '.', search: (before: object) => ({ ...before, customer: id, site: undefined }) })
      }
    />
  )
}

/** With how many sites a field to find one by words is worth its place. */
const MANY = 10

function Sites({ customer, chosen }: { readonly customer: string; readonly chosen: string | undefined }) {
  const t = useText()
  const navigate = useNavigate()
  const path = useLocation({ select: ({ pathname }) => pathname })
  const { words, sought, setWords } = useWords()
  const { data: all } = useQuery(sitesQuery(customer, ''))
  const { data: found } = useQuery(sitesQuery(customer, sought))
  const { data: site, isError } = useQuery({ ...siteQuery(chosen ?? ''), enabled: chosen !== undefined })
  // A customer at one place has no place to choose.
  if (chosen === undefined && (all === undefined || all.items.length < 2)) return null
  const name = chosen === undefined ? t('app.site.all') : isError ? t('app.site.unknown') : site?.name
  const sites = (found?.items ?? []).map(({ id, name: label }) => ({ value: id, label }))
  return (
    <>
      <Switch
        scope={t('app.site.scope')}
        name={name}
        label={t('app.site.choose')}
        all={t('app.site.all')}
        options={sites}
        chosen={chosen}
        search={(all?.items.length ?? 0) > MANY ? { words, onWords: setWords } : undefined}
        onChoose={(id) => void navigate({ to: '.', search: (before: object) => ({ ...before, site: id }) })}
      />
      {chosen !== undefined && !isBySite(path) && <p className={classes.whole}>{t('app.site.whole')}</p>}
    </>
  )
}

function useWords() {
  const [words, setWords] = useState('')
  return { words, sought: useDeferredValue(words.trim()), setWords }
}

interface SwitchProps {
  readonly scope: string
  /** What is chosen; undefined until its name is known. */
  readonly name: string | undefined
  /** What is chosen here. */
  readonly label: string
  readonly all: string
  readonly options: readonly { readonly value: string; readonly label: string }[]
  readonly chosen: string | undefined
  readonly search?: { readonly words: string; readonly onWords: (words: string) => void } | undefined
  /** Undefined: all of them. */
  readonly onChoose: (id: string | undefined) => void
}

function Switch({ scope, name, label, all, options, chosen, search, onChoose }: SwitchProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  function toggle(next: boolean) {
    setOpen(next)
    search?.onWords('')
  }
  function choose(id: string) {
    toggle(false)
    onChoose(id === ALL ? undefined : id)
  }
  return (
    <Floating
      open={open}
      onOpenChange={toggle}
      width={280}
      label={label}
      button={
        <button type="button" className={classes.scope}>
          <span className="pl-hidden">{scope} </span>
          <span className={classes.name} title={name}>
            {name ?? '…'}
          </span>
          <span className="pl-hidden"> {t('app.customer.change')}</span>
          <svg viewBox="0 0 10 10" className={classes.change} aria-hidden>
            <path d="M2 4l3 3 3-3" fill="none" stroke="currentColor" strokeWidth="1.4" />
          </svg>
        </button>
      }
    >
      <OptionList
        label={label}
        options={(search?.words ?? '') === '' ? [{ value: ALL, label: all }, ...options] : options}
        isChosen={(id) => id === (chosen ?? ALL)}
        onPick={choose}
        {...(search && { search })}
      />
    </Floating>
  )
}
