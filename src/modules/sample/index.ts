/**
 * The sample company: customers, sites, services, agreements, people and a year of tickets, for whoever looks at Plumbline
 * for the first time and for measurements. Made by the generator in `db/sample`, written here through the doors of those
 * who own the records. Owns nothing but the setting `sample`, which says how far it has got.
 */
export { sampleJobs } from './worker.ts'
export { removeSample } from './remove.ts'
export { sampleRoutes } from './routes.ts'
export { startSample } from './start.ts'
export { countCustomers } from './state.ts'
export { type SampleCounts, type SampleOptions, writeSample } from './write.ts'
