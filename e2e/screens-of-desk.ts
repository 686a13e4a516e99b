import { call, firstOf, type Identified } from './ask.ts'

/** A major incident in which something was suspected and told. */
export async function aMajorIncident(incident: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const declared = { incident, criteria: ['standstill'], commander: person.id, bridge: 'https://bridge.example/7' }
  const { id } = await call<Identified>('POST', '/major-incidents', JSON.stringify(declared))
  const suspected = { kind: 'hypothesis', text: 'A certificate ran out' }
  await call('POST', `/major-incidents/${id}/log`, JSON.stringify(suspected))
  const update = { audiences: ['customer', 'users'], language: 'en', text: 'We are on it' }
  await call('POST', `/major-incidents/${id}/updates`, JSON.stringify(update))
  return id
}

/** Raised by the customer, and by now with a plan. */
export async function anEscalation(incident: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const raised = { incident, source: 'customer', direction: 'inbound', kind: 'hierarchic', level: 2, reason: 'Again' }
  const order = JSON.stringify({ ...raised, owner: person.id, nextUpdateDue: '2026-01-05T09:00:00Z' })
  const { id } = await call<Identified>('POST', '/escalations', order)
  const rule = { name: 'P1 at nine tenths', trigger: 'share', threshold: 90, level: 2, kind: 'hierarchic' }
  await call('POST', '/escalation-rules', JSON.stringify({ ...rule, owner: person.id }))
  for (const step of [{ to: 'acknowledged' }, { to: 'plan-agreed', agreedOutcome: 'A spare scanner by Friday' }])
    await call('POST', `/escalations/${id}/transitions`, JSON.stringify(step))
  return id
}

/** Somebody outside who is told something and does not answer, and what was to be sent there. */
export async function aWebhook(): Promise<{ readonly id: string; readonly delivery: string }> {
  const asked = { name: 'Pager', url: 'https://pager.invalid/in', kinds: ['incident.opened'] }
  const { id } = await call<Identified>('POST', '/webhooks', JSON.stringify(asked))
  return { id, ...(await call<{ delivery: string }>('POST', `/webhooks/${id}/trial`)) }
}

/** Something to order at every customer with everything that can be asked, and an order of it that waits for a decision. */
export async function aRequest(customer: string): Promise<{ readonly item: string; readonly number: string }> {
  const words = (de: string, en: string) => ({ de, en })
  const models = [
    { value: 'light', label: words('Leicht', 'Light') },
    { value: 'strong', label: words('Stark', 'Strong') },
  ]
  const kinds = ['choice', 'text', 'date', 'number', 'person', 'yes-no'] as const
  const fields = kinds.map((kind) => ({
    key: kind,
    kind,
    label: words(`Frage ${kind}`, `Question ${kind}`),
    purpose: words('Damit es passt', 'So that it fits'),
    options: kind === 'choice' ? models : [],
  }))
  const team = await firstOf('/teams?limit=1')
  const task = (title: string, stage: number) => ({
    kind: 'people',
    title: words(title, title),
    team,
    stage,
    seconds: 7200,
  })
  const item = await call<Identified>(
    'POST',
    '/catalogue-items',
    JSON.stringify({
      name: words('Bürostuhl', 'Office chair'),
      description: words('Ein Stuhl für lange Tage.', 'A chair for long days.'),
      fields,
      price: { amountMinor: 24_900, currency: 'EUR' },
      approval: [{ by: 'service-manager' }],
      plan: [{ ...task('Bestellen', 1), uses: ['choice'] }, task('Montieren', 2)],
    }),
  )
  await call('POST', `/catalogue-items/${item.id}/transitions`, JSON.stringify({ to: 'published' }))
  const answers = { choice: 'light', text: 'Am Fenster', date: '2026-02-01' }
  const order = JSON.stringify({ item: item.id, customer, for: 'eva.brandt@customer.example', answers })
  const { number } = await call<{ number: string }>('POST', '/requests', order)
  return { item: item.id, number }
}

/** What everybody reads. */
export async function anArticle(): Promise<string> {
  const text = 'Often it is **the roll**.\n\n## Look\n\n- Open the hood\n- Turn the roll'
  const written = JSON.stringify({ title: 'The label printer prints nothing', text, language: 'en', audience: 'user' })
  const { id } = await call<Identified>('POST', '/articles', written)
  for (const to of ['review', 'published']) await call('POST', `/articles/${id}/transitions`, JSON.stringify({ to }))
  return id
}

/** Somebody called, and nobody has settled it yet; with words to use again, and work on an incident that is planned. */
export async function aContact(customer: string): Promise<string> {
  const taken = { customer, channel: 'phone', subject: 'The label printer', details: 'Since this morning' }
  return (await call<Identified>('POST', '/contacts', JSON.stringify(taken))).id
}

/** What is planned and counted of an incident. */
export async function planned(incident: string): Promise<void> {
  const from = new Date(Date.now() + 86_400_000).toISOString()
  const to = new Date(Date.now() + 90_000_000).toISOString()
  const appointment = { from, to, zone: 'Europe/Berlin' }
  const add = (path: string, body: object) => call('POST', `/incidents/${incident}/${path}`, JSON.stringify(body))
  await add('tasks', { title: 'Bring a spare one', appointment })
  await add('tasks', { title: 'Allow a spare one', kind: 'approval' })
  await add('checklist', { items: ['Spare one prepared', 'Old one back'] })
}
