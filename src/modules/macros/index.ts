/**
 * Macros: words and steps that are used again and again, somebody's own, a team's or everybody's. Owns `text_template` and
 * `macro`. What one does is done by the incidents' own actions, in one transaction.
 */
export { addMacro, addTemplate } from './actions.ts'
export { macroRoutes } from './routes.ts'
