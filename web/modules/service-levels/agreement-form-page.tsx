import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { barredFromManaging } from '#core/may.ts'
import { useAsker } from '#web/modules/people/index.ts'
import { LinkButton } from '#web/ui/button.tsx'
import { Empty } from '#web/ui/empty.tsx'
import { Page } from '#web/ui/page.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { rowsOf } from '#web/ui/rows.ts'
import { useText } from '#web/ui/text.tsx'
import { AgreementForm } from './agreement-form.tsx'
import { kindOf, withCustomer } from './agreement-kind.ts'
import { agreeableCustomersQuery, agreementQuery } from './agreements-queries.ts'

const route = getRouteApi('/shell/agreements/new')

/** Says what was agreed: a new agreement, another version of one, or changes in a draft. */
export function AgreementFormPage() {
  const t = useText()
  const barred = barredFromManaging(useAsker())
  const { of, from, copy } = route.useSearch()
  if (barred !== null) {
    return (
      <Page title={t('agreements.new')} crumb={<Link to="/agreements">{t('agreements.list.title')}</Link>}>
        <Problem title={t(barred)} />
      </Page>
    )
  }
  if (copy !== undefined) return <Copy key={`${copy} ${from}`} id={copy} from={from} />
  return of === undefined ? <New /> : <Another key={`${of} ${from}`} id={of} from={from} />
}

/** The terms of an agreement once more, for the same customer or another. */
function Copy({ id, from }: { readonly id: string; readonly from: string | undefined }) {
  const t = useText()
  const { data: customers } = useSuspenseQuery(agreeableCustomersQuery())
  const { data: agreement } = useSuspenseQuery(agreementQuery(id))
  const version = agreement.versions.find((each) => each.id === from) ?? agreement.versions[0] ?? null
  return (
    <Page
      title={t('agreements.copy-of', { name: agreement.name })}
      lede={t('agreements.copy.lede')}
      crumb={
        <>
          <Link to="/agreements">{t('agreements.list.title')}</Link>
          <Link to="/agreements/$id" params={{ id }}>
            {agreement.name}
          </Link>
        </>
      }
    >
      <AgreementForm
        customers={customers}
        customer={agreement.customerId}
        agreement={null}
        version={version}
        name={t('agreements.copy.name', { name: agreement.name })}
        kind={kindOf(agreement)}
      />
    </Page>
  )
}

function New() {
  const t = useText()
  const { customer, behind } = route.useSearch()
  const { data: customers } = useSuspenseQuery(agreeableCustomersQuery())
  return (
    <Page
      title={t('agreements.new')}
      lede={t('agreements.new.lede')}
      crumb={<Link to="/agreements">{t('agreements.list.title')}</Link>}
    >
      {customers.length === 0 ? (
        <Empty
          title={t('agreements.new.no-customer')}
          actions={
            <>
              <LinkButton to="/imports" main>
                {t('agreements.new.import')}
              </LinkButton>
              <LinkButton to="/customers/new">{t('agreements.new.add-customer')}</LinkButton>
            </>
          }
        >
          {t('agreements.new.no-customer-more')}
        </Empty>
      ) : (
        <AgreementForm
          customers={customers}
          customer={customer ?? (customers.length === 1 ? customers[0]!.id : '')}
          agreement={null}
          version={null}
          {...(behind !== undefined && {
            kind: { ...withCustomer, type: 'ola', behind: rowsOf([{ agreement: behind, step: 1 }]) },
          })}
        />
      )}
    </Page>
  )
}

function Another({ id, from }: { readonly id: string; readonly from: string | undefined }) {
  const t = useText()
  const { data: agreement } = useSuspenseQuery(agreementQuery(id))
  const version = agreement.versions.find((each) => each.id === from) ?? agreement.versions[0] ?? null
  const draft = version?.state === 'draft'
  return (
    <Page
      title={t(draft ? 'agreements.change-draft' : 'agreements.new-version', { name: agreement.name })}
      lede={t(draft ? 'agreements.change-draft.lede' : 'agreements.new-version.lede')}
      crumb={
        <>
          <Link to="/agreements">{t('agreements.list.title')}</Link>
          <Link to="/agreements/$id" params={{ id }}>
            {agreement.name}
          </Link>
        </>
      }
    >
      <AgreementForm
        customers={[{ id: agreement.customerId, name: agreement.customerName }]}
        customer={agreement.customerId}
        agreement={agreement}
        version={version}
      />
    </Page>
  )
}
