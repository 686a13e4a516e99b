// Loaded when the palette first searches: what is here is in no first load.
import { queryClient } from '#web/app/query-client.ts'
import type { Finder, Found } from '#web/app/pages.ts'
import { call } from '#web/http/call.ts'
import { folded } from '#web/ui/search-field.tsx'

/** So many of a kind are shown. */
const LIMIT = 5
/** Lists without a search of their own are short, or it is their newest that somebody means: so many are looked through. */
const NEWEST = 100
const KEPT_MS = 60_000

/** Finds by words among what a list begins with, which is asked for once. */
function among(name: string, list: (signal: AbortSignal) => Promise<readonly Found[]>): Finder {
  return async (words) => {
    const all = await queryClient.fetchQuery({
      queryKey: ['palette', name],
      queryFn: ({ signal }) => list(signal),
      staleTime: KEPT_MS,
    })
    const wanted = folded(words).split(/\s+/)
    return all.filter(({ title }) => wanted.every((word) => folded(title).includes(word))).slice(0, LIMIT)
  }
}

export const findReviews = among('reviews', async (signal) => {
  const { listReviews } = await import('#api/reviews')
  const { items } = await call(listReviews, { query: { limit: NEWEST } }, signal)
  return items.map(({ id, customerName, month, version }) => ({
    to: `/reviews/${id}`,
    title: `${customerName}, ${month}`,
    kind: 'app.kind.review',
    about: String(version),
  }))
})

export const findImports = among('imports', async (signal) => {
  const { listImports } = await import('#api/imports')
  const { items } = await call(listImports, { query: { limit: NEWEST } }, signal)
  return items.map(({ id, fileName }) => ({
    to: `/imports/${id}`,
    title: fileName,
    kind: 'app.kind.import',
    about: '',
  }))
})

export const findMajorIncidents = among('major-incidents', async (signal) => {
  const { listMajorIncidents } = await import('#api/major-incidents')
  const { items } = await call(listMajorIncidents, { query: { limit: NEWEST } }, signal)
  return items.map(({ id, incident: { number, title } }) => ({
    to: `/major-incidents/${id}`,
    title,
    kind: 'app.kind.major-incident',
    about: number,
  }))
})

export const findEscalations = among('escalations', async (signal) => {
  const { listEscalations } = await import('#api/escalations')
  const { items } = await call(listEscalations, { query: { limit: NEWEST } }, signal)
  return items.map(({ id, incident: { number, title } }) => ({
    to: `/escalations/${id}`,
    title,
    kind: 'app.kind.escalation',
    about: number,
  }))
})

export const findTasks = among('tasks', async (signal) => {
  const { listTasks } = await import('#api/tasks')
  const { items } = await call(listTasks, { query: { limit: NEWEST } }, signal)
  return items.map(({ title, incident: { number } }) => ({
    to: `/incidents/${encodeURIComponent(number)}`,
    title,
    kind: 'app.kind.task',
    about: number,
  }))
})

export const findCorrections = among('corrections', async (signal) => {
  const { listCorrections } = await import('#api/corrections')
  const { items } = await call(listCorrections, { query: { limit: NEWEST } }, signal)
  return items.map(({ id, reason, about, customer }) => ({
    to: `/corrections/${id}`,
    title: reason,
    kind: 'app.kind.correction',
    about: about?.name ?? customer?.name ?? '',
  }))
})

export const findWhatIfs = among('what-ifs', async (signal) => {
  const { listWhatIfs } = await import('#api/what-if')
  const { items } = await call(listWhatIfs, { query: { limit: NEWEST } }, signal)
  return items.map(({ id, agreement, customer }) => ({
    to: `/what-ifs/${id}`,
    title: agreement.name,
    kind: 'app.kind.what-if',
    about: customer.name,
  }))
})

export const findFeedbackCases = among('feedback-cases', async (signal) => {
  const { listFeedbackCases } = await import('#api/feedback')
  const { items } = await call(listFeedbackCases, { query: { limit: NEWEST } }, signal)
  return items.map(({ id, kind, text, customer }) => ({
    to: `/feedback/cases/${id}`,
    title: firstWords(text),
    kind: `app.kind.${kind}` as const,
    about: customer.name,
  }))
})

export const findSurveys = among('surveys', async (signal) => {
  const { listSurveys } = await import('#api/feedback')
  const { items } = await call(listSurveys, { query: {} }, signal)
  return items.map(({ id, name, customer }) => ({
    to: `/feedback/surveys/${id}`,
    title: name,
    kind: 'app.kind.survey',
    about: customer?.name ?? '',
  }))
})

export const findKpis = among('kpis', async (signal) => {
  const { listKpis } = await import('#api/kpis')
  const { items } = await call(listKpis, { query: {} }, signal)
  return items.map(({ key, name }) => ({ to: `/kpis/${key}`, title: name, kind: 'app.kind.kpi', about: key }))
})

export const findRules = among('rules', async (signal) => {
  const { listRules } = await import('#api/rules')
  const { items } = await call(listRules, {}, signal)
  return items.map(({ id, name, customer }) => ({
    to: `/rules/${id}`,
    title: name,
    kind: 'app.kind.rule',
    about: customer?.name ?? '',
  }))
})

export const findWebhooks = among('webhooks', async (signal) => {
  const { listWebhooks } = await import('#api/webhooks')
  const { items } = await call(listWebhooks, {}, signal)
  return items.map(({ id, name, customer }) => ({
    to: `/webhooks/${id}`,
    title: name,
    kind: 'app.kind.webhook',
    about: customer?.name ?? '',
  }))
})

export const findMacros = among('macros', async (signal) => {
  const { listMacros, listTextTemplates } = await import('#api/macros')
  const [macros, words] = await Promise.all([call(listMacros, {}, signal), call(listTextTemplates, {}, signal)])
  const found = (kind: 'app.kind.macro' | 'app.kind.words', name: string, team: string | undefined): Found => ({
    to: '/macros',
    title: name,
    kind,
    about: team ?? '',
  })
  return [
    ...macros.items.map(({ name, team }) => found('app.kind.macro', name, team?.name)),
    ...words.items.map(({ name, team }) => found('app.kind.words', name, team?.name)),
  ]
})

/** Of a text without a name, what fits a line. */
function firstWords(text: string): string {
  const line = text.trim().split('\n')[0] ?? ''
  return line.length > 80 ? `${line.slice(0, 79).trimEnd()}…` : line
}
