/**
 * Views: lists that people keep under a name and share. Owns `saved_view` and `default_view`. What a view holds is a page's
 * address, which this module does not look into but for the customer it shows.
 */
export { viewRoutes } from './routes.ts'
