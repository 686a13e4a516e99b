import { Readable } from 'node:stream'
import { compileCalendar } from '#core/calendar.ts'
import { barredFromInside, require } from '#core/may.ts'
import { dayReadings, promisedDue, type WrittenPromise } from '#core/promised-due.ts'
import { route } from '#platform/http.ts'
import { holidayPlaces, holidaysOf } from '#platform/holidays.ts'
import {
  activateAgreementVersion,
  addAgreement,
  addAgreementVersion,
  changeAgreementVersion,
  getAgreement,
  listAgreements,
} from './agreements.ts'
import { exportAgreement, importAgreement } from './agreement-file.ts'
import { changeBehind } from './agreement-behind.ts'
import { changeKind } from './agreement-kind.ts'
import { removeAgreementVersion } from './agreement-removal.ts'
import { agreementSheet } from './agreement-sheet.ts'
import { endAgreementVersion, foreseeActivation } from './agreement-end.ts'
import { listAdjustments, listKeptResults } from './adjustments.ts'
import * as api from './api.ts'
import type { FileText } from './files-api.ts'
import { exportCalendar, importCalendar } from './calendar-file.ts'
import { listCalendarUses } from './calendar-uses.ts'
import { listAttainmentCases } from './attainment-cases.ts'
import { reportAttainment } from './attainment.ts'
import { addCalendar, addCalendarVersion, getCalendar, listCalendars, requireRules } from './calendars.ts'
import { listOrderable } from './fulfilment.ts'
import { reportChain } from './chain-report.ts'
import { withSides } from './chains.ts'

import { listPeriods, listPeriodSteps, transitPeriod } from './periods.ts'

const fileOf = ({ name, text }: FileText) => ({
  file: Readable.from([text]),
  type: 'application/yaml; charset=utf-8',
  name: `${name.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}.yaml`,
})

export const serviceLevelRoutes = [
  route(api.listCalendars, ({ db }, { query }) => listCalendars(db, query)),
  route(api.getCalendar, ({ db }, { params }) => getCalendar(db, params.id)),
  route(api.addCalendar, (context, { body }) => addCalendar(context, body)),
  route(api.addCalendarVersion, (context, { params, body, matches }) =>
    addCalendarVersion(context, params.id, matches, body),
  ),
  route(api.listCalendarUses, (context, { params }) => listCalendarUses(context, params.id)),
  route(api.listHolidays, async ({ actor }, { query }) => ({
    items: await holidaysOf({ ...query, language: actor.language }),
  })),
  route(api.listHolidayPlaces, async ({ actor }, { query }) => ({
    items: await holidayPlaces({ ...query, language: actor.language }),
  })),
  route(api.exportCalendar, async ({ db }, { params }) => fileOf(await exportCalendar(db, params.id))),
  route(api.importCalendar, (context, { body }) => importCalendar(context, body.text)),
  route(api.exportAgreement, async (context, { params }) => fileOf(await exportAgreement(context, params.id))),
  route(api.importAgreement, (context, { body }) => importAgreement(context, body.text)),
  route(api.listAgreements, async (context, { query }) => {
    const { items, nextCursor } = await listAgreements(context.db, query)
    return { items: await withSides(context, items), nextCursor }
  }),
  route(api.getAgreement, async (context, { params }) => {
    const [agreement] = await withSides(context, [await getAgreement(context.db, params.id)])
    return agreement!
  }),
  route(api.listOrderable, (context, { query }) => {
    require(barredFromInside(context.actor))
    return listOrderable(context.db, query.customer, context.actor.language)
  }),
  route(api.addAgreement, async (context, { body }) => {
    const [agreement] = await withSides(context, [await addAgreement(context, body)])
    return agreement!
  }),
  route(api.checkAgreementChain, (context, { params, query }) => reportChain(context, params, query)),
  route(api.addAgreementVersion, (context, { params, body, matches }) =>
    addAgreementVersion(context, params.id, matches, body),
  ),
  route(api.changeAgreementVersion, (context, { params, body, matches }) =>
    changeAgreementVersion(context, params.id, { versionId: params.versionId, version: matches }, body),
  ),
  route(api.removeAgreementVersion, (context, { params, matches }) =>
    removeAgreementVersion(context, params.id, { versionId: params.versionId, version: matches }),
  ),
  route(api.changeBehind, async (context, { params, body, matches }) => {
    const { behind } = body
    const [agreement] = await withSides(context, [await changeBehind(context, params.id, { version: matches, behind })])
    return agreement!
  }),
  route(api.changeKind, async (context, { params, body, matches }) => {
    const [agreement] = await withSides(context, [await changeKind(context, params.id, { version: matches, ...body })])
    return agreement!
  }),
  route(api.printAgreement, (_, { params, query, inTransaction }) =>
    agreementSheet(inTransaction, { ...params, lang: query.lang }),
  ),
  route(api.activateAgreementVersion, (context, { params, matches }) =>
    activateAgreementVersion(context, params.id, { versionId: params.versionId, version: matches }),
  ),
  route(api.endAgreementVersion, (context, { params, body, matches }) =>
    endAgreementVersion(context, params.id, { versionId: params.versionId, version: matches, at: body.at }),
  ),
  route(api.foreseeActivation, (context, { params }) => foreseeActivation(context, params.id, params.versionId)),
  route(api.previewTarget, async ({ actor }, { body }) => {
    requireRules(body.rules, actor.language)
    const { targetSeconds, days, boundary } = body
    const open = compileCalendar(body.rules)
    const dueAt = (promise: WrittenPromise) => {
      const due = promisedDue(open, body.from.getTime(), promise, boundary)
      return due === null ? null : new Date(due)
    }
    return {
      dueAt: dueAt(days === undefined ? { targetMs: targetSeconds! * 1000 } : { days }),
      readings:
        days === undefined
          ? []
          : dayReadings.map((reading) => ({ reading, dueAt: dueAt({ days: { count: days.count, reading } }) })),
    }
  }),
  route(api.reportAttainment, (context, { query }) => reportAttainment(context, query)),
  route(api.listAttainmentCases, (context, { query }) => listAttainmentCases(context, query)),
  route(api.listAdjustments, (context, { query }) => listAdjustments(context, query)),
  route(api.listKeptResults, (context, { params, query }) => listKeptResults(context, params.id, query)),
  route(api.listPeriods, (context, { query }) => listPeriods(context, query)),
  route(api.listPeriodSteps, (context, { params }) => listPeriodSteps(context, params.customer, params.month)),
  route(api.transitPeriod, (context, { params, body }) => transitPeriod(context, params.customer, params.month, body)),
]
