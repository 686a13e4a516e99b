import { expect, test } from 'vitest'
import { type ClockStep, clockPicture } from '#web/ui/clock-stretches.ts'

const at = (time: string) => new Date(`2026-11-10T${time}:00Z`)
const hours = (count: number) => count * 3600

function run(from: string, to: string, elapsedHours: number): ClockStep {
  const countedSeconds = (at(to).getTime() - at(from).getTime()) / 1000
  return {
    kind: 'run',
    from: at(from),
    to: at(to),
    countedSeconds,
    elapsedSeconds: hours(elapsedHours),
    sentence: 'Ran.',
  }
}
function gap(kind: 'pause' | 'closed', from: string, to: string, elapsedHours: number): ClockStep {
  return {
    kind,
    from: at(from),
    to: at(to),
    countedSeconds: 0,
    elapsedSeconds: hours(elapsedHours),
    sentence: 'Did not count.',
  }
}

test('stretches are numbered, closed ones are not', () => {
  const steps = [run('08:00', '10:00', 2), gap('closed', '10:00', '11:00', 2), gap('pause', '11:00', '12:00', 2)]
  const { stretches } = clockPicture({ steps, targetSeconds: hours(2), dueAt: null, stoppedAt: null })
  expect(stretches.map(({ kind, number }) => [kind, number])).toEqual([
    ['run', 1],
    ['closed', null],
    ['pause', 2],
  ])
})

test('a run that crosses the target is drawn in two and told in one', () => {
  const { stretches, lines } = clockPicture({
    steps: [run('08:00', '11:00', 3)],
    targetSeconds: hours(2),
    dueAt: at('10:00'),
    stoppedAt: at('11:00'),
  })
  expect(stretches.map(({ kind, countedSeconds }) => [kind, countedSeconds])).toEqual([
    ['run', hours(2)],
    ['over', hours(1)],
  ])
  expect(stretches[1]!.from).toEqual(at('10:00'))
  expect(lines).toHaveLength(1)
})

test('reaching the target to the second is not over', () => {
  const { stretches } = clockPicture({
    steps: [run('08:00', '10:00', 2)],
    targetSeconds: hours(2),
    dueAt: at('10:00'),
    stoppedAt: at('10:00'),
  })
  expect(stretches.map(({ kind }) => kind)).toEqual(['run'])
})

test('what comes after the target is over as a whole', () => {
  const { lines } = clockPicture({
    steps: [run('08:00', '10:00', 2), run('12:00', '13:00', 3)],
    targetSeconds: hours(2),
    dueAt: at('10:00'),
    stoppedAt: null,
  })
  expect(lines.map(({ kind }) => kind)).toEqual(['run', 'over'])
})

test('while it runs, what is left is a stretch and a line of its own; once stopped it is unused', () => {
  const running = clockPicture({
    steps: [run('08:00', '09:00', 1)],
    targetSeconds: hours(4),
    dueAt: at('12:00'),
    stoppedAt: null,
  })
  expect(running.lines.at(-1)).toMatchObject({
    kind: 'left',
    number: 2,
    countedSeconds: hours(3),
    sumSeconds: hours(4),
  })
  const met = clockPicture({
    steps: [run('08:00', '09:00', 1)],
    targetSeconds: hours(4),
    dueAt: at('12:00'),
    stoppedAt: at('09:00'),
  })
  expect(met.stretches.at(-1)!.kind).toBe('unused')
  expect(met.lines).toHaveLength(1)
})

test('while it is paused nothing is due and nothing is left to draw', () => {
  const { stretches } = clockPicture({
    steps: [run('08:00', '09:00', 1), gap('pause', '09:00', '10:00', 1)],
    targetSeconds: hours(4),
    dueAt: null,
    stoppedAt: null,
  })
  expect(stretches.map(({ kind }) => kind)).toEqual(['run', 'pause'])
})
