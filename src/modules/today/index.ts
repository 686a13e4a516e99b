/**
 * Today: what needs whoever asks now, over everything that exists, ordered by consequence. Owns no table: what it says is
 * read from those of others, and is as true as they are.
 */
export { todayRoutes } from './routes.ts'
