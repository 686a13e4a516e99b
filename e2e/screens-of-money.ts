import { call, firstOf, type Identified } from './ask.ts'
import { ADMIN } from './program.ts'

/** Somebody with an account, by their address alone. */
interface Somebody {
  readonly id: string
  readonly email: string
}

/** Screens about money. Whoever only administers sees none, so the role for it is given first. */
export async function screensOfMoney(customer: string): Promise<readonly string[]> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  await call('POST', `/people/${person.id}/roles`, JSON.stringify({ role: 'service-manager' }))
  const contract = `/contracts/${await firstOf('/contracts?limit=1')}`
  const { items: renewals } = await call<{ items: readonly { readonly renewal: Identified | null }[] }>(
    'GET',
    '/renewals',
  )
  const renewal = renewals.flatMap((each) => each.renewal ?? [])[0]!
  return [
    '/contracts',
    '/contracts/new',
    contract,
    `${contract}/trial`,
    `${contract}/lines`,
    `${contract}/regime`,
    `${contract}/invoicing`,
    `${contract}/profit`,
    `${contract}/changes/new`,
    `/credits/${await firstOf(`${contract}/credits`)}`,
    '/portfolio',
    '/contract-changes',
    `/contract-changes/${await firstOf('/contract-changes')}`,
    `/closing?customer=${customer}`,
    '/renewals',
    `/renewals/${renewal.id}`,
    `/opportunities/${await firstOf('/opportunities')}`,
    '/suppliers',
    `/suppliers/${await firstOf('/suppliers')}`,
    '/budget',
    '/budget/rules',
    `/appropriations/${await firstOf('/appropriations')}`,
  ]
}

async function joined(email: string, role: string): Promise<Somebody> {
  const { link } = await call<{ link: string }>('POST', '/invitations', JSON.stringify({ email, role }))
  const token = link.split('#')[1]
  await call('POST', '/invitations/accept', JSON.stringify({ token, name: email, password: ADMIN.password }))
  const { items } = await call<{ items: readonly Somebody[] }>('GET', `/people?q=${email}`)
  return items.find((each) => each.email === email)!
}

/** Whoever coordinates at a supplier, and whoever keeps the books of all customers: what each comes to, and may open. */
export async function peopleOfMoney(): Promise<readonly (readonly [string, readonly string[]])[]> {
  const coordinator = await joined('sven@supplier.example', 'supplier')
  const supplier = await firstOf('/suppliers')
  await call('POST', `/suppliers/${supplier}/people`, JSON.stringify({ person: coordinator.id }))
  const finance = await joined('fina@provider.example', 'finance')
  const contract = `/contracts/${await firstOf('/contracts?limit=1')}`
  return [
    [coordinator.email, ['/own-suppliers', '/account']],
    [finance.email, ['/portfolio', contract, `${contract}/profit`, `/suppliers/${supplier}`, '/budget', '/incidents']],
  ]
}
