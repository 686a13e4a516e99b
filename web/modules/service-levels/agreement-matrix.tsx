import { type Level, levels, priorities, type Priority, type Terms } from '#api/service-levels'
import { Input } from '@mantine/core'
import { useText } from '#web/ui/text.tsx'
import classes from './agreement-matrix.module.css'

type Matrix = Terms['priorityMatrix']

interface MatrixProps {
  readonly matrix: Matrix
  /** Without it the matrix is only read. */
  readonly onChange?: (matrix: Matrix) => void
}

/** Which priority an incident gets, by impact and urgency. */
export function PriorityMatrix({ matrix, onChange }: MatrixProps) {
  const t = useText()
  const name = (level: Level) => t(`agreements.level.${level}`)
  const set = (impact: Level, urgency: Level, priority: Priority) =>
    onChange?.({ ...matrix, [impact]: { ...matrix[impact], [urgency]: priority } })
  return (
    <table className={classes.matrix} aria-label={t('agreements.matrix')}>
      <thead>
        <tr>
          <th scope="col">{t('agreements.matrix-corner')}</th>
          {levels.map((urgency) => (
            <th key={urgency} scope="col">
              {name(urgency)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {levels.map((impact) => (
          <tr key={impact}>
            <th scope="row">{name(impact)}</th>
            {levels.map((urgency) => (
              <td key={urgency}>
                {onChange === undefined ? (
                  <b>{matrix[impact][urgency].toUpperCase()}</b>
                ) : (
                  <Input
                    component="select"
                    pointer
                    aria-label={t('agreements.matrix-cell', { impact: name(impact), urgency: name(urgency) })}
                    value={matrix[impact][urgency]}
                    onChange={({ currentTarget }) => set(impact, urgency, currentTarget.value as Priority)}
                  >
                    {priorities.map((priority) => (
                      <option key={priority} value={priority}>
                        {priority.toUpperCase()}
                      </option>
                    ))}
                  </Input>
                )}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
