import { CallFailure } from '#web/http/call-failure.ts'
import { type HoursDraft, readHours } from './calendar-draft.ts'

/** Hours as the server takes them. They have been checked: what cannot be read here is a defect of the form. */
export function sentHours(draft: HoursDraft) {
  const { rules } = readHours(draft)
  if (rules === null) throw new CallFailure({ status: 0, code: 'unreadable', message: '' })
  const { country, state, region } = draft
  return {
    rules: {
      timeZone: rules.timeZone,
      week: rules.week.map((windows) => windows.map((window) => ({ ...window }))),
      exceptions: rules.exceptions.map(({ date, windows, label = '' }) => ({ date, label, windows: [...windows] })),
    },
    ...(country !== '' && { holidays: { country, ...(state !== '' && { state }), ...(region !== '' && { region }) } }),
  }
}
