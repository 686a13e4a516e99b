import type { ServiceKey } from '../company.ts'
import { access } from './access.ts'
import { orders, production, weighing } from './aldermoor.ts'
import { collect, payment, tills } from './brackwater.ts'
import { email } from './email.ts'
import { files } from './files.ts'
import { finance, hr, rooms } from './headquarters.ts'
import { meetings } from './meetings.ts'
import { mobile } from './mobile.ts'
import { network } from './network.ts'
import { canteen, customs, yard } from './nordhafen-yard.ts'
import { scanning } from './nordhafen-scanning.ts'
import { labels, warehouse } from './nordhafen.ts'
import { printing } from './printing.ts'
import { remote } from './remote.ts'
import type { Subject } from './subject.ts'
import { telephony } from './telephony.ts'
import { lab } from './vistel-lab.ts'
import { analysers, results } from './vistel.ts'
import { workplace } from './workplace.ts'

export type { Case, Subject } from './subject.ts'

/** What goes wrong with each service. */
export const subjects: Readonly<Record<ServiceKey, readonly Subject[]>> = {
  workplace,
  email,
  telephony,
  network,
  remote,
  printing,
  access,
  files,
  meetings,
  mobile,
  scanning,
  warehouse,
  labels,
  yard,
  customs,
  canteen,
  production,
  weighing,
  orders,
  lab,
  analysers,
  results,
  tills,
  payment,
  collect,
  finance,
  hr,
  rooms,
}
