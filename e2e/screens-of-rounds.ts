import { call, firstOf, type Identified } from './ask.ts'

/** With something to hang on a wall. */
export async function aSurvey(customer: string): Promise<string> {
  const asked = { name: 'At the tech bar', customer, trigger: 'event', scale: 'csat', anonymity: 'anonymous' }
  const { id } = await call<Identified>('POST', '/surveys', JSON.stringify(asked))
  await call('POST', `/surveys/${id}/links`, JSON.stringify({ name: 'Ground floor' }))
  return id
}

export async function aComplaint(customer: string): Promise<string> {
  const said = { kind: 'complaint', customer, text: 'It takes too long at night' }
  return (await call<Identified>('POST', '/feedback/cases', JSON.stringify(said))).id
}

/** Begun, and late. */
export async function anAction(customer: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const made = { customer, text: 'Hang up the number of the desk', owner: person.id, due: '2026-01-05' }
  const { id } = await call<Identified>('POST', '/actions', JSON.stringify(made))
  await call('POST', `/actions/${id}/transitions`, JSON.stringify({ to: 'in-progress' }))
  return id
}

export async function aDecision(customer: string): Promise<string> {
  const asked = { customer, question: 'Which printers?', options: ['New ones', 'Used ones'], criteria: 'Cost a page' }
  return (await call<Identified>('POST', '/decisions', JSON.stringify(asked))).id
}

/** With a figure that it is measured by. */
export async function anImprovement(customer: string): Promise<string> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const suggested = { customer, problem: 'Scanners wait at night', hypothesis: 'Spare ones help', owner: person.id }
  const measured = { ...suggested, kpi: { key: 'K05' }, targetValue: 14_400_000 }
  return (await call<Identified>('POST', '/improvements', JSON.stringify(measured))).id
}

export async function aFrictionPoint(customer: string): Promise<string> {
  const seen = { customer, title: 'The badge printer jams', perWeek: 6, minutes: 14, people: 12, place: 'Gate 3' }
  return (await call<Identified>('POST', '/friction-points', JSON.stringify(seen))).id
}

/** A round each day with a figure on its board and an action that it follows: its board, how it is changed, a meeting. */
export async function aForum(customer: string): Promise<readonly string[]> {
  const { person } = await call<{ person: Identified }>('GET', '/session')
  const rhythm = { weekdays: [1, 2, 3, 4, 5, 6, 7], startsOn: '2026-01-01', atMinute: 495, minutes: 15 }
  const about = {
    customer,
    name: 'Morning round',
    tier: 1,
    timeZone: 'Europe/Berlin',
    agenda: ['Safety'],
    kpis: ['K05'],
  }
  const order = JSON.stringify({ ...rhythm, ...about, members: [person.id] })
  const { id: forum } = await call<Identified>('POST', '/forums', order)
  const action = { customer, forum, text: 'Ask for spare scanners', owner: person.id, due: '2026-01-05' }
  await call('POST', '/actions', JSON.stringify(action))
  const span = `from=2026-01-01T00:00:00Z&to=2036-01-01T00:00:00Z&forum=${forum}&limit=1`
  return [`/forums/${forum}`, `/forums/${forum}/change`, `/forum-runs/${await firstOf(`/forum-runs?${span}`)}`]
}

/** Somebody was visited, and something is to be talked about. */
export async function aStakeholder(customer: string): Promise<string> {
  const about = { customer, name: 'Eva Brandt', role: 'CFO', level: 'cfo', influence: 5, support: -1, cadenceDays: 30 }
  const { id } = await call<Identified>('POST', '/stakeholders', JSON.stringify(about))
  const met = { kind: 'visit', faceToFace: true, onDay: '2026-01-05', notes: 'Wants fewer invoices' }
  await call('POST', `/stakeholders/${id}/interactions`, JSON.stringify(met))
  await call('POST', `/stakeholders/${id}/pulses`, JSON.stringify({ score: 6, sentence: 'Better' }))
  await call('POST', `/stakeholders/${id}/agenda`, JSON.stringify({ kind: 'ask', text: 'One invoice a quarter' }))
  return id
}
