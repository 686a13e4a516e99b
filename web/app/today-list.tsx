import { Link } from '@tanstack/react-router'
import { useRef } from 'react'
import type { TodayLine } from '#web/app/today-words.ts'
import { ActionLink, LinkButton } from '#web/ui/button.tsx'
import { useKeys } from '#web/ui/keys.ts'
import { Glyph } from '#web/ui/state.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './today-list.module.css'

/** What needs somebody, one line each with its next step; `j` and `k` go through it. */
export function TodayList({ lines }: { readonly lines: readonly TodayLine[] }) {
  const t = useText()
  const list = useRef<HTMLOListElement>(null)
  function move(by: number) {
    const links = [...(list.current?.querySelectorAll<HTMLAnchorElement>('[data-line]') ?? [])]
    const at = links.findIndex((link) => link.closest('li')?.contains(document.activeElement))
    links[Math.max(0, Math.min(links.length - 1, at + by))]?.focus()
  }
  useKeys(t('today.keys'), [
    { keys: 'j', label: t('today.keys.next'), run: () => move(1) },
    { keys: 'k', label: t('today.keys.before'), run: () => move(-1) },
  ])
  return (
    <ol className={classes.list} ref={list}>
      {lines.map((line, index) => (
        <Line key={line.key} line={line} main={index === 0} />
      ))}
    </ol>
  )
}

function Line({ line, main }: { readonly line: TodayLine; readonly main: boolean }) {
  const { is, title, to, about, time, timeNote, urgent, act } = line
  const name = `${act}: ${title}`
  return (
    <li className={classes.line}>
      <span className={classes.glyph}>{is === 'write' ? <Pen /> : <Glyph is={is} />}</span>
      <div className={classes.words}>
        <Link to={to} className={classes.title} data-line>
          {title}
        </Link>
        <div className={classes.about}>{about.join(' · ')}</div>
      </div>
      <div className={classes.when}>
        {time !== '' && <b data-urgent={urgent ?? undefined}>{time}</b>}
        <span>{timeNote}</span>
      </div>
      <div className={classes.act}>
        {main ? (
          <LinkButton to={to} main aria-label={name}>
            {act}
          </LinkButton>
        ) : (
          <ActionLink to={to} aria-label={name}>
            {act}
          </ActionLink>
        )}
      </div>
    </li>
  )
}

/** Something to be written or decided: paper. */
function Pen() {
  return (
    <svg viewBox="0 0 13 13" aria-hidden>
      <path d="M.8 12.2h11.4M2 9.6l.6-2.8L9 .6l2.2 2.2-6.4 6.2z" fill="none" stroke="currentColor" strokeWidth="1.5" />
    </svg>
  )
}
