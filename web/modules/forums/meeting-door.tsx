import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { MeetingKind } from '#api/forums'
import { TextButton } from '#web/ui/button.tsx'
import { Door, DoorList } from '#web/ui/door.tsx'
import { Problem } from '#web/ui/problem.tsx'
import { useText } from '#web/ui/text.tsx'
import { useFormat } from '#web/ui/use-format.ts'
import { type Meetings, meetingsQuery } from './queries.ts'
import { RunState } from './run-state.tsx'

interface MeetingDoorProps {
  readonly kind: MeetingKind
  /** As it stands in the text. */
  readonly label: string
  /** Whose meetings they are: a forum, or a tier in a week. */
  readonly of: string
  readonly period: string
  readonly sample: string
  readonly meetings: Meetings
}

/** A figure of meetings, opened to what it counts and to the meetings themselves. */
export function MeetingDoor({ kind, label, of, period, sample, meetings }: MeetingDoorProps) {
  const t = useText()
  return (
    <Door
      label={label}
      title={t('forums.door', { of, kind: t(`forums.kind.${kind}`), label })}
      definition={t(`forums.kind-of.${kind}`)}
      period={period}
      sample={sample}
    >
      <Lines meetings={{ ...meetings, kind }} />
    </Door>
  )
}

function Lines({ meetings }: { readonly meetings: Meetings & { readonly kind: MeetingKind } }) {
  const t = useText()
  const format = useFormat()
  const { data, error, hasNextPage, isFetchingNextPage, fetchNextPage } = useInfiniteQuery(meetingsQuery(meetings))
  if (data === undefined) return error === null ? null : <Problem failure={error} />
  const items = data.pages.flatMap((page) => page.items)
  if (items.length === 0) return <p>{t('forums.door-none')}</p>
  return (
    <>
      <DoorList
        lines={items.map((run) => ({
          id: run.id,
          link: (
            <Link to="/forum-runs/$id" params={{ id: run.id }} className="pl-nowrap">
              {format.instant(run.plannedAt, run.timeZone)}
            </Link>
          ),
          about: <bdi>{run.forum.name}</bdi>,
          figure: <RunState of={run} />,
        }))}
      />
      {hasNextPage && (
        <p className="pl-small">
          <TextButton disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t('forums.door-more')}
          </TextButton>
        </p>
      )}
    </>
  )
}
