import { capacitySources } from './sources-capacity.ts'
import { deskSources } from './sources-desk.ts'
import { feltSources } from './sources-felt.ts'
import { incidentSources } from './sources-incidents.ts'
import { knowledgeSources } from './sources-knowledge.ts'
import { moneySources } from './sources-money.ts'
import { nearnessSource } from './source-nearness.ts'
import { steeredSources } from './sources-steered.ts'
import type { KpiSource } from './source.ts'

/** How each figure that is computed is computed. */
export const sources: Readonly<Record<string, KpiSource>> = {
  ...incidentSources,
  ...feltSources,
  ...deskSources,
  ...steeredSources,
  ...moneySources,
  ...capacitySources,
  ...knowledgeSources,
  K78: nearnessSource,
}
