/**
 * Rules of the desk: when something happens, if it is so, then this is done. Owns `rule`, `rule_version`, `rule_run`,
 * `assignment_profile` and `assignment_turn`. What is so is decided by src/core/rule.ts; what is done is done by the modules
 * whose it is, as the program, and only where the rule's owner may manage.
 */
export { addRule } from './actions.ts'
export { considerFact } from './jobs.ts'
export { ruleRoutes } from './routes.ts'
export { ruleJobs, ruleLoops } from './worker.ts'
