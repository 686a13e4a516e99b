import {
  barredFromConfided,
  barredFromDecidingPrivacy,
  barredFromPrivacy,
  barredFromWorksCouncil,
  require,
} from '#core/may.ts'
import { type Route, route } from '#platform/http.ts'
import { askForErasure, endHold, hold, listErasures, readErasure, readRetention, setPeriods } from './actions.ts'
import * as api from './api.ts'
import { listConfided, readConfided } from './confided.ts'
import { exportKnown, readKnown } from './known.ts'
import { findPeople } from './queries.ts'
import { countDue } from './retention.ts'
import { gatherPack, packPage } from './works-council.ts'

/**
 * Everything here is decided by role and then done as the program: officers for data protection and works councils see no
 * record of any customer by their role, and these pages are not about one.
 *
 * @param everything All that the product can do, for whoever has to know what is measured.
 */
export function privacyRoutes(everything: () => readonly Route[]): readonly Route[] {
  return [
    route(api.readOwnData, ({ actor }, { asProgram }) => asProgram((program) => readKnown(program, actor.personId!))),
    route(api.exportOwnData, ({ actor }, { asProgram }) => exportKnown(actor.personId!, asProgram)),
    route(api.readDataOf, ({ actor }, { params, asProgram }) => {
      require(barredFromPrivacy(actor))
      return asProgram((program) => readKnown(program, params.id))
    }),
    route(api.exportDataOf, ({ actor }, { params, asProgram }) => {
      require(barredFromDecidingPrivacy(actor))
      return exportKnown(params.id, asProgram)
    }),
    route(api.findForPrivacy, ({ actor }, { query, asProgram }) => {
      require(barredFromPrivacy(actor))
      return asProgram(async ({ db }) => ({ items: [...(await findPeople(db, query.q))], nextCursor: null }))
    }),
    route(api.readRetention, ({ actor }, { asProgram }) => {
      require(barredFromPrivacy(actor))
      return asProgram(readRetention)
    }),
    route(api.setRetentionPeriod, ({ actor }, { params, body, asProgram }) => {
      require(barredFromDecidingPrivacy(actor))
      return asProgram((program) => setPeriods(program, params.class, body))
    }),
    route(api.tryRetention, ({ actor }, { asProgram }) => {
      require(barredFromPrivacy(actor))
      return asProgram(async ({ db, now }) => ({ counts: await countDue(db, now) }))
    }),
    route(api.holdRetention, ({ actor }, { body, asProgram }) => {
      require(barredFromDecidingPrivacy(actor))
      return asProgram((program) => hold(program, body))
    }),
    route(api.endHold, ({ actor }, { params, asProgram }) => {
      require(barredFromDecidingPrivacy(actor))
      return asProgram((program) => endHold(program, params.id))
    }),
    route(api.listErasures, ({ actor }, { query, asProgram }) => {
      require(barredFromPrivacy(actor))
      return asProgram((program) => listErasures(program, query))
    }),
    route(api.readErasure, ({ actor }, { params, asProgram }) => {
      require(barredFromPrivacy(actor))
      return asProgram((program) => readErasure(program, params.id))
    }),
    route(api.askForErasure, ({ actor }, { body, asProgram }) => {
      require(barredFromDecidingPrivacy(actor))
      return asProgram((program) => askForErasure(program, body))
    }),
    route(api.listConfidedIncidents, ({ actor }, { query, asProgram }) => {
      require(barredFromConfided(actor))
      return asProgram((program) => listConfided(program, query))
    }),
    route(api.readConfidedIncident, ({ actor }, { params, asProgram }) => {
      require(barredFromConfided(actor))
      return asProgram((program) => readConfided(program, params.id))
    }),
    route(api.readWorksCouncil, ({ actor }, { asProgram }) => {
      require(barredFromWorksCouncil(actor))
      return asProgram((program) => gatherPack(program, everything()))
    }),
    route(api.exportWorksCouncil, ({ actor }, { asProgram }) => {
      require(barredFromWorksCouncil(actor))
      return asProgram(async (program) => packPage(await gatherPack(program, everything()), actor.language))
    }),
  ]
}
