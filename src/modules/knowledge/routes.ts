import { route } from '#platform/http.ts'
import { addArticle, changeArticle, openArticle, transitArticle, voteOnArticle } from './actions.ts'
import * as api from './api.ts'
import { helpfulArticles, sayHelped, takeBackHelped } from './helped.ts'
import { getArticle, listArticles } from './queries.ts'

export const knowledgeRoutes = [
  route(api.listArticles, (context, { query }) => listArticles(context, query)),
  route(api.getArticle, (context, { params }) => getArticle(context, params.id)),
  route(api.addArticle, (context, { body }) => addArticle(context, body)),
  route(api.changeArticle, (context, { params, body, matches }) => changeArticle(context, params.id, matches, body)),
  route(api.transitArticle, (context, { params, body }) => transitArticle(context, params.id, body.to)),
  route(api.openArticle, (_, { params, ...door }) => openArticle(door, params.id)),
  route(api.voteOnArticle, (_, { params, body, ...door }) => voteOnArticle(door, params.id, body.helpful)),
  route(api.listHelpfulArticles, (context, { params }) => helpfulArticles(context, params.id)),
  route(api.sayArticleHelped, (context, { params }) => sayHelped(context, params.id, params.article)),
  route(api.takeBackArticleHelped, (context, { params }) => takeBackHelped(context, params.id, params.article)),
]
