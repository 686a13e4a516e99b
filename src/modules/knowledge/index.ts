/**
 * Knowledge: articles for everybody, for the provider's people, or for one customer's people. Owns `article`,
 * `article_vote`, `article_standing` (how each stood since when) and `incident_article` (which helped to resolve what). Who sees which is the database's affair; what readers say of one is written by the program.
 */
export { writeArticle } from './bulk.ts'
export { knowledgeSection } from './review-section.ts'
export { knowledgeRoutes } from './routes.ts'
