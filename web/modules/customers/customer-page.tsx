import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { useState } from 'react'
import type { Customer } from '#api/customers'
import { barredFromManaging, barredFromWorking } from '#core/may.ts'
import { customerQuery } from '#web/app/customers.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { Button } from '#web/ui/button.tsx'
import { Facts } from '#web/ui/facts.tsx'
import { Page, SideSection } from '#web/ui/page.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { ChangeCustomerDialog, closesWords } from './change-customer-dialog.tsx'
import { CustomerAgreements } from './customer-agreements.tsx'
import { CustomerMail } from './customer-mail.tsx'
import { CustomerServices } from './customer-services.tsx'
import { CustomerSites } from './customer-sites.tsx'
import classes from './customers.module.css'
import { useLanguageName } from './language-name.ts'

const route = getRouteApi('/shell/customers/$id')

/** A customer: what was agreed, where its people work, what they use. */
export function CustomerPage() {
  const t = useText()
  const { id } = route.useParams()
  const { data: customer } = useSuspenseQuery(customerQuery(id))
  const [changing, setChanging] = useState(false)
  const barred = barredFromManaging(useAsker())
  return (
    <Page
      title={customer.name}
      crumb={<Link to="/customers">{t('customers.list.title')}</Link>}
      actions={barred === null && <Button onClick={() => setChanging(true)}>{t('customers.change')}</Button>}
      side={<CustomerFacts customer={customer} />}
    >
      <CustomerAgreements customer={customer} />
      <CustomerSites customer={customer} />
      <CustomerServices customer={customer} />
      {changing && <ChangeCustomerDialog customer={customer} onClose={() => setChanging(false)} />}
    </Page>
  )
}

function CustomerFacts({ customer }: { readonly customer: Customer }) {
  const t = useText()
  const format = useFormat()
  const languageName = useLanguageName()
  const inside = barredFromWorking(useAsker()) === null
  const { id, key, kind, timeZone, language, closeAfterDays } = customer
  return (
    <>
      <SideSection title={t('customers.facts')}>
        <Facts
          small
          facts={[
            { name: t('customers.key'), value: key },
            { name: t('customers.kind'), value: t(`customers.kind.${kind}`) },
            { name: t('customers.zone'), value: format.zone(timeZone) },
            { name: t('customers.language'), value: languageName(language) },
            { name: t('customers.closes-short'), value: closesWords(closeAfterDays, t) },
          ]}
        />
      </SideSection>
      {inside && <CustomerMail customer={customer} />}
      <SideSection title={t('customers.go-on')}>
        <p className={classes.link}>
          <Link to="/incidents" search={{ customer: id } as never}>
            {t('customers.to-incidents')}
          </Link>
        </p>
        <p className={classes.link}>
          <Link to="/reviews" search={{ customer: id }}>
            {t('customers.to-reviews')}
          </Link>
        </p>
        {inside && (
          <p className={classes.link}>
            <Link to="/customers/$id/brand" params={{ id }}>
              {t('customers.to-brand')}
            </Link>
          </p>
        )}
      </SideSection>
    </>
  )
}
