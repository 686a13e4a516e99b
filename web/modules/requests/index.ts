/** What other modules show of requests: what waits for somebody's yes or no, and answers in words. */
export { ApprovalList } from './approval-list.tsx'
export { useAnswerWords, useSaid } from './answers.tsx'
export { RequestTabs } from './request-tabs.tsx'
export { PromiseClock } from './promise-clock.tsx'
export { requestApprovalsQuery, requestQuery, requestTasksQuery, requestTimelineQuery } from './queries.ts'
