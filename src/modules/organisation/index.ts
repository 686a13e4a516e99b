/**
 * The installation itself: what it is called and looks like, its own words, how long things are kept, how it does. Owns
 * `setting`, which every module may read.
 */
export { receiveLogo } from './actions.ts'
export { findSlideMaster } from './queries.ts'
export { receiveSlideMaster } from './slides.ts'
export { organisationRoutes } from './routes.ts'
export { organisationJobs } from './worker.ts'
