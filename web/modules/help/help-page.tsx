import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Fragment, type ReactNode } from 'react'
import { Page, SideSection } from '#web/ui/page.tsx'
import { useLanguage, useText } from '#web/ui/text.tsx'
import { loadChapter } from './guide.ts'
import type { Block, Words } from './markdown.ts'
import { chapters } from './topics.ts'
import classes from './help.module.css'

const route = getRouteApi('/shell/help/$chapter')

/** A chapter of the guide. */
export function HelpPage() {
  const t = useText()
  const language = useLanguage()
  const { chapter } = route.useParams()
  const { data: blocks } = useSuspenseQuery({
    queryKey: ['guide', language, chapter],
    queryFn: () => loadChapter(language, chapter),
    staleTime: Infinity,
  })
  return (
    <Page
      title={t(`help.chapter.${chapter}`)}
      side={
        <SideSection title={t('help.chapters')}>
          <ul className={classes.chapters}>
            {chapters.map((each) => (
              <li key={each}>
                <Link to="/help/$chapter" params={{ chapter: each }}>
                  {t(`help.chapter.${each}`)}
                </Link>
              </li>
            ))}
          </ul>
        </SideSection>
      }
    >
      <div className={classes.guide}>{keyed(blocks.filter(({ kind }) => kind !== 'title').map(blockOf))}</div>
    </Page>
  )
}

/** Nothing in a chapter moves: its place is its key. */
function keyed(shown: readonly ReactNode[]): ReactNode {
  return shown.map((each, index) => <Fragment key={index}>{each}</Fragment>)
}

function blockOf(block: Block): ReactNode {
  switch (block.kind) {
    case 'title':
    case 'heading':
      return <h2>{wordsOf(block.words)}</h2>
    case 'paragraph':
      return <p>{wordsOf(block.words)}</p>
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      )
    case 'list': {
      const items = keyed(block.items.map((item) => <li>{wordsOf(item)}</li>))
      return block.ordered ? <ol>{items}</ol> : <ul>{items}</ul>
    }
    case 'table':
      return (
        <div className={classes.wide}>
          <table>
            <thead>
              <tr>{keyed(block.head.map((cell) => <th scope="col">{wordsOf(cell)}</th>))}</tr>
            </thead>
            <tbody>
              {keyed(block.rows.map((row) => <tr>{keyed(row.map((cell) => <td>{wordsOf(cell)}</td>))}</tr>))}
            </tbody>
          </table>
        </div>
      )
  }
}

function wordsOf(words: readonly Words[]): ReactNode {
  return keyed(
    words.map(({ text, as, to }) => {
      if (as === 'code') return <code>{text}</code>
      if (as === 'strong') return <b>{text}</b>
      if (as === 'em') return <em>{text}</em>
      return as === 'link' ? <a href={to}>{text}</a> : text
    }),
  )
}
