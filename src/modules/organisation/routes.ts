import { barredFromAdministering, require } from '#core/may.ts'
import { route } from '#platform/http.ts'
import {
  barredFromReadingSettings,
  changeSettings,
  readAllSettings,
  readAppearance,
  receiveLogo,
  removeLogo,
  sendLogo,
  takeLogo,
  takeLogoPicture,
} from './actions.ts'
import * as api from './api.ts'
import { healthReport } from './health.ts'
import { customerNumbers } from './queries.ts'
import { changeSlideMaster, readSlides, receiveSlideMaster } from './slides.ts'
import { retentionOutlook } from './retention.ts'

// Those that look at what no person's role may read have transactions of their own: their `db` is the owner's.
export const organisationRoutes = [
  route(api.getAppearance, (context) => readAppearance(context)),
  route(api.getSettings, (context) => readAllSettings(context)),
  route(api.changeSettings, (context, { matches, body }) => changeSettings(context, matches, body)),
  route(api.getLogo, (context) => sendLogo(context)),
  route(api.setLogo, async ({ actor }, { stream, inTransaction }) => {
    require(barredFromAdministering(actor))
    const logo = await receiveLogo(stream)
    return inTransaction('read write', (context) => takeLogo(context, logo))
  }),
  route(api.setLogoPicture, async ({ actor }, { stream, inTransaction }) => {
    require(barredFromAdministering(actor))
    const picture = await receiveLogo(stream)
    return inTransaction('read write', (context) => takeLogoPicture(context, picture))
  }),
  route(api.removeLogo, (context) => removeLogo(context)),
  route(api.getSlideMaster, (context) => readSlides(context)),
  route(api.setSlideMaster, async ({ actor }, { query, stream, inTransaction }) => {
    require(barredFromAdministering(actor))
    const master = await receiveSlideMaster(stream, query.name)
    return inTransaction('read write', (context) => changeSlideMaster(context, master))
  }),
  route(api.removeSlideMaster, async (context) => {
    await changeSlideMaster(context, null)
    return null
  }),
  route(api.listNumbering, async ({ db, actor }) => {
    require(barredFromReadingSettings(actor))
    return { items: await customerNumbers(db), nextCursor: null }
  }),
  route(api.getRetention, async ({ db, actor, now }) => {
    require(barredFromReadingSettings(actor))
    return retentionOutlook(db, now)
  }),
  route(api.getHealth, async ({ db, actor, now }) => {
    require(barredFromReadingSettings(actor))
    return { at: now, findings: await healthReport(db, actor.language) }
  }),
]
