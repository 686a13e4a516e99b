import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { TextButton } from '#web/ui/button.tsx'
import { Door, DoorList } from '#web/ui/door.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type HandoverCases, handoverCasesQuery } from './handover-queries.ts'

/** What a figure counts, which also says what stands beside each incident under it. */
export type HandoverFigure =
  | 'incidents'
  | 'handed-on'
  | 'handed-on-twice'
  | 'ping-pong'
  | 'handovers'
  | 'working'
  | 'waiting'
  | 'wait'

interface HandoverDoorProps {
  readonly figure: HandoverFigure
  /** As it stands in the text. */
  readonly label: string
  /** Of whom or what it is. */
  readonly of: string
  readonly period: string
  /** How many incidents were looked at. */
  readonly sample: number
  readonly cases: HandoverCases
}

/** A figure of handovers or of time, opened to what it counts and to its incidents. */
export function HandoverDoor({ figure, label, of, period, sample, cases }: HandoverDoorProps) {
  const t = useText()
  return (
    <Door
      label={label}
      title={t('handovers.door', { of, figure: t(`handovers.figure.${figure}`), label })}
      definition={t(`handovers.means.${figure}`)}
      period={period}
      sample={t('handovers.sample', { count: sample })}
    >
      <Cases figure={figure} cases={cases} />
    </Door>
  )
}

function Cases({ figure, cases }: Pick<HandoverDoorProps, 'figure' | 'cases'>) {
  const t = useText()
  const format = useFormat()
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(handoverCasesQuery(cases))
  if (data === undefined) return error === null ? null : <Problem failure={error} />
  const items = data.pages.flatMap((page) => page.items)
  return (
    <>
      <DoorList
        lines={items.map(({ id, number, title, handovers, workingMs, waitingMs }) => ({
          id,
          link: (
            <Link to="/incidents/$id" params={{ id: number }}>
              {number}
            </Link>
          ),
          about: title,
          figure:
            figure === 'working'
              ? format.duration(workingMs)
              : figure === 'waiting' || figure === 'wait'
                ? format.duration(waitingMs)
                : t('handovers.times', { count: handovers.length }),
        }))}
      />
      {hasNextPage && (
        <p className="pl-small">
          <TextButton disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('handovers.more')}
          </TextButton>
        </p>
      )}
    </>
  )
}
