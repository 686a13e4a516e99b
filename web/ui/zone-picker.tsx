import { type ReactNode, useMemo } from 'react'
import type { Field } from '#web/ui/form.tsx'
import { SearchField } from '#web/ui/search-field.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'

interface ZonePickerProps {
  /** An IANA name, as Europe/Berlin; empty for none. */
  readonly field: Field<string>
  readonly label: string
  readonly hint?: ReactNode
}

/** A time zone, found by a part of its name or by how far it is from UTC now. */
export function ZonePicker({ field, label, hint }: ZonePickerProps) {
  const t = useText()
  const format = useFormat()
  const options = useMemo(
    () =>
      zonesWith(field.value).map((zone) => ({
        value: zone,
        label: `${zone.replaceAll('_', ' ')}, ${offset(format.zone(zone))}`,
      })),
    [field.value, format],
  )
  return (
    <SearchField field={field} label={label} hint={hint} placeholder={t('ui.zone.placeholder')} options={options} />
  )
}

/** The zones this browser knows, UTC first; `known` too, should it be an older name for one. */
function zonesWith(known: string): string[] {
  const zones = ['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]
  return known === '' || zones.includes(known) ? zones : [known, ...zones]
}

function offset(zone: string): string {
  return zone.split(', ').at(-1) ?? zone
}
