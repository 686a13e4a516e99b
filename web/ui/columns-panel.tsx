import { type ReactNode, useState } from 'react'
import { Button, TextButton } from '#web/ui/button.tsx'
import { Floating } from '#web/ui/floating.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './columns-panel.module.css'

interface ColumnsPanelProps {
  readonly label: string
  /** All there are, in their usual order. */
  readonly all: readonly {
    readonly key: string
    readonly name: string
    /** Always there. */ readonly fixed?: boolean
  }[]
  /** Those that are shown, in their order. */
  readonly shown: readonly string[]
  /** Null for as it usually is. */
  readonly onChange: (shown: readonly string[] | null) => void
  /** What else is there about the list as a table: to take it along. */
  readonly children?: ReactNode
}

/** Which columns of a list are shown, and in which order. Each change is seen at once. */
export function ColumnsPanel({ label, all, shown, onChange, children }: ColumnsPanelProps) {
  const t = useText()
  const [open, setOpen] = useState(false)
  const chosen = shown.flatMap((key) => all.find((each) => each.key === key) ?? [])
  const others = all.filter(({ key }) => !shown.includes(key))
  function move(key: string, step: number) {
    const at = shown.indexOf(key)
    const next = [...shown]
    next.splice(at, 1)
    next.splice(at + step, 0, key)
    onChange(next)
  }
  return (
    <Floating
      open={open}
      onOpenChange={setOpen}
      label={label}
      position="bottom-end"
      width={300}
      button={<Button>{label}</Button>}
    >
      <ul className={classes.list} aria-label={t('ui.columns.title')}>
        {chosen.map(({ key, name, fixed = false }, index) => (
          <li key={key}>
            <Choice name={name} checked fixed={fixed} onChange={() => onChange(shown.filter((each) => each !== key))} />
            <span className={classes.moves}>
              <button
                type="button"
                aria-label={t('ui.columns.earlier', { name })}
                aria-disabled={index === 0 || undefined}
                onClick={() => index > 0 && move(key, -1)}
              >
                ↑
              </button>
              <button
                type="button"
                aria-label={t('ui.columns.later', { name })}
                aria-disabled={index === chosen.length - 1 || undefined}
                onClick={() => index < chosen.length - 1 && move(key, 1)}
              >
                ↓
              </button>
            </span>
          </li>
        ))}
        {others.map(({ key, name }) => (
          <li key={key}>
            <Choice name={name} checked={false} onChange={() => onChange([...shown, key])} />
          </li>
        ))}
      </ul>
      <div className={classes.foot}>
        <TextButton onClick={() => onChange(null)}>{t('ui.columns.usual')}</TextButton>
      </div>
      {children && <div className={classes.more}>{children}</div>}
    </Floating>
  )
}

interface ChoiceProps {
  readonly name: string
  readonly checked: boolean
  readonly fixed?: boolean
  readonly onChange: () => void
}

function Choice({ name, checked, fixed = false, onChange }: ChoiceProps) {
  return (
    <label className={classes.choice}>
      <input type="checkbox" checked={checked} disabled={fixed} onChange={onChange} />
      {name}
    </label>
  )
}
