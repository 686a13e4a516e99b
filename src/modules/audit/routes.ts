import { barredFromAudit, require } from '#core/may.ts'
import type { Actor } from '#platform/context.ts'
import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { askForCheck } from './check.ts'
import { exportEntries } from './export.ts'
import { listEntries, readChain } from './queries.ts'

/** Administrators see that something was done, not what exactly (DOMAIN §5.2). */
const seesAll = ({ access }: Actor) => access === 'auditor'

// The audit is nobody's row: it is read as the program, once it is decided that the asker may.
export const auditRoutes = [
  route(api.listAudit, ({ actor }, { query, asProgram }) => {
    require(barredFromAudit(actor))
    return asProgram((program) => listEntries(program, query, seesAll(actor)))
  }),
  route(api.exportAudit, ({ actor }, { query, asProgram }) => {
    require(barredFromAudit(actor))
    return exportEntries(query, seesAll(actor), asProgram)
  }),
  route(api.readAuditChain, ({ actor }, { asProgram }) => {
    require(barredFromAudit(actor))
    return asProgram(readChain)
  }),
  route(api.checkAuditChain, ({ actor }, { asProgram }) => {
    require(barredFromAudit(actor))
    return asProgram(async (program) => {
      await askForCheck(program)
      return readChain(program)
    })
  }),
]
