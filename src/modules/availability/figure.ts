import type { AvailabilityFigure, AvailabilityOfService } from './api.ts'

/** What of a month is told and compared. */
export function figureOf({
  agreedSeconds,
  maintenanceSeconds,
  downSeconds,
  excludedSeconds,
  blindSeconds,
  availability,
  met,
}: Pick<AvailabilityOfService, keyof AvailabilityFigure>): AvailabilityFigure {
  return { agreedSeconds, maintenanceSeconds, downSeconds, excludedSeconds, blindSeconds, availability, met }
}

export function isSameFigure(one: AvailabilityFigure | null, other: AvailabilityFigure | null): boolean {
  if (one === null || other === null) return one === other
  return (
    one.agreedSeconds === other.agreedSeconds &&
    one.maintenanceSeconds === other.maintenanceSeconds &&
    one.downSeconds === other.downSeconds &&
    one.excludedSeconds === other.excludedSeconds &&
    one.blindSeconds === other.blindSeconds &&
    one.met === other.met &&
    one.availability?.numerator === other.availability?.numerator
  )
}
