import { route } from '#platform/http.ts'
import * as api from './api.ts'
import { readToday } from './today.ts'

export const todayRoutes = [route(api.getToday, (context, given) => readToday(context, given))]
