import { notFound, refused } from '#core/failure.ts'
import { require } from '#core/may.ts'
import { requireCustomer } from '#modules/customers'
import { receiveLogo, receiveSlideMaster } from '#modules/organisation'
import { type FileReply, type Route, route } from '#platform/http.ts'
import type { ReviewSection } from '#platform/review-section.ts'
import { audit } from '#platform/history.ts'
import { issueReview, orderReview } from './actions.ts'
import { readingOf } from './reading.ts'
import * as api from './api.ts'
import { changeBrand, pictureBrand, readBrand, sendBrandLogo } from './brand-actions.ts'
import { tellInEach } from './chapters.ts'
import { getDocument, getPages, getReviewWithFacts, type KeptDocument, listReviews } from './queries.ts'
import { getComposition, resetStory, writeStory, writtenStory } from './compose.ts'
import { moveCycle, readCycle } from './cycle.ts'
import { barredFromMaking } from './may.ts'
import { previewSchedule } from './schedule-preview.ts'
import { endSchedule, listDeliveries, readSchedule, listSchedules, planSchedule } from './schedules.ts'
import { storyText } from './story-text.ts'
import { readText } from './text-queries.ts'
import { commentOn, confirmReading, listVoices } from './voices.ts'
import { say } from './wording.ts'

const mediaTypes: Readonly<Record<api.Format, string>> = {
  pptx: 'application/vnd.openxmlformats-officedocument.presentationml.presentation',
  pdf: 'application/pdf',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
}

/** @param sections What other modules tell of a month. */
export const reviewRoutes = (sections: readonly ReviewSection[]): readonly Route[] => [
  route(api.listReviews, async (context, { query: { customer, ...filter } }) => {
    const customerId = customer === undefined ? undefined : (await requireCustomer(context.db, customer)).id
    return listReviews(context.db, readingOf(context), { ...filter, customerId })
  }),
  route(api.getReview, (context, { params }) => getReviewWithFacts(context.db, readingOf(context), params.id)),
  route(api.getReviewStory, async (context, { params, query }) => {
    const { facts } = await getReviewWithFacts(context.db, readingOf(context), params.id)
    if (facts === null) throw refused('review.not-done')
    const language = query.language ?? context.actor.language
    const kept = await readText(context.db, params.id, language)
    const edited = kept === null ? undefined : writtenStory(kept.story, facts, language, sections)
    return storyText(facts, language, { told: tellInEach(sections, facts)[language], edited })
  }),
  route(api.getReviewPages, async ({ db }, { params }) => ({
    count: (await getPages(db, params.id, params.language)).length,
  })),
  route(api.getReviewPage, async ({ db }, { params }): Promise<FileReply> => {
    const { id, language, number } = params
    const picture = (await getPages(db, id, language))[number - 1]
    if (picture === undefined) throw notFound('review.page.not-found', { page: number })
    return { file: Buffer.from(picture), type: 'image/svg+xml', name: `${number}.svg` }
  }),
  route(api.makeReview, (context, { body }) => orderReview(context, body)),
  route(api.issueReview, (context, { params }) => issueReview(context, params.id, sections)),
  route(api.getComposition, (context, { params: { id, language } }) => getComposition(context, id, language, sections)),
  route(api.writeStory, (context, { params, body: { version, ...story } }) =>
    writeStory(context, { ...params, version, story }, sections),
  ),
  route(api.resetStory, (context, { params: { id, language } }) => resetStory(context, id, language, sections)),
  route(api.listSchedules, (context, { query }) => listSchedules(context, query)),
  route(api.addSchedule, (context, { body }) => planSchedule(context, body)),
  route(api.getSchedule, (context, { params }) => readSchedule(context, params.id)),
  route(api.endSchedule, (context, { params }) => endSchedule(context, params.id)),
  route(api.listDeliveries, (context, { params }) => listDeliveries(context, params.id)),
  route(api.previewSchedule, (outside, { params, ...door }) => previewSchedule(outside, door, params.id)),
  route(api.getBrand, (context, { params }) => readBrand(context, params.id)),
  route(api.setBrandColour, (context, { params, body }) => changeBrand(context, params.id, body)),
  route(api.setBrandLogo, async ({ actor }, { params, stream, inTransaction }) => {
    require(barredFromMaking(actor))
    await inTransaction('read only', (context) => readBrand(context, params.id))
    const logo = await receiveLogo(stream)
    return inTransaction('read write', (context) => changeBrand(context, params.id, { logo }))
  }),
  route(api.setBrandLogoPicture, async ({ actor }, { params, stream, inTransaction }) => {
    require(barredFromMaking(actor))
    await inTransaction('read only', (context) => readBrand(context, params.id))
    const picture = await receiveLogo(stream)
    return inTransaction('read write', (context) => pictureBrand(context, params.id, picture))
  }),
  route(api.removeBrandLogo, (context, { params }) => changeBrand(context, params.id, { logo: null })),
  route(api.getBrandLogo, (context, { params }) => sendBrandLogo(context, params.id)),
  route(api.setBrandSlides, async ({ actor }, { params, query, stream, inTransaction }) => {
    require(barredFromMaking(actor))
    await inTransaction('read only', (context) => readBrand(context, params.id))
    const slideMaster = await receiveSlideMaster(stream, query.name)
    return inTransaction('read write', (context) => changeBrand(context, params.id, { slideMaster }))
  }),
  route(api.removeBrandSlides, (context, { params }) => changeBrand(context, params.id, { slideMaster: null })),
  route(api.getCycle, (context, { params }) => readCycle(context, params.id)),
  route(api.moveCycle, (context, { params, body }) => moveCycle(context, params.id, body)),
  route(api.listVoices, (context, { params }) => listVoices(context, params.id)),
  route(api.commentReview, (_, { params, body, ...door }) => commentOn(door, params.id, body.text)),
  route(api.confirmReading, (_, { params, ...door }) => confirmReading(door, params.id)),
  route(api.getReviewDocument, (_, { params, inTransaction }) =>
    inTransaction('read write', async (context): Promise<FileReply> => {
      const document = await getDocument(context.db, params.id, params.file)
      const { content, format, sha256, customerId } = document
      await audit(context, {
        action: 'review.taken',
        subjectType: 'review',
        subjectId: params.id,
        customerId,
        facts: { document: params.file, sha256 },
      })
      return { file: content, type: mediaTypes[format], name: savedAs(document) }
    }),
  ),
]

/** What a document is called where it is saved. */
function savedAs({ language, format, customerName, month }: KeptDocument): string {
  const name = say(language, 'document.file', { customer: customerName.replace(/[\\/:*?"<>|]/g, ' '), month })
  return `${name}.${format}`
}
