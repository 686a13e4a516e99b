import { useSuspenseQuery } from '@tanstack/react-query'
import { getRouteApi, Link } from '@tanstack/react-router'
import { Fragment } from 'react'
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
      <div className={classes.guide}>
        {blocks.map((block, index) => block.kind !== 'title' && <Part key={index} block={block} />)}
      </div>
    </Page>
  )
}

// Nothing in a chapter moves: the place of a part is its key.

function Part({ block }: { readonly block: Block }) {
  switch (block.kind) {
    case 'title':
    case 'heading':
      return (
        <h2>
          <Run words={block.words} />
        </h2>
      )
    case 'paragraph':
      return (
        <p>
          <Run words={block.words} />
        </p>
      )
    case 'code':
      return (
        <pre>
          <code>{block.text}</code>
        </pre>
      )
    case 'picture':
      return <img src={block.file} alt={block.text} width={1440} height={900} loading="lazy" decoding="async" />
    case 'list': {
      const List = block.ordered ? 'ol' : 'ul'
      return (
        <List>
          {block.items.map((item, index) => (
            <li key={index}>
              <Run words={item} />
            </li>
          ))}
        </List>
      )
    }
    case 'table':
      break
  }
  return <Rows {...block} />
}

function Rows({ head, rows }: Pick<Extract<Block, { kind: 'table' }>, 'head' | 'rows'>) {
  return (
    <div className={classes.wide}>
      <table>
        <thead>
          <tr>
            {head.map((cell, index) => (
              <th key={index} scope="col">
                <Run words={cell} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, index) => (
            <tr key={index}>
              {row.map((cell, column) => (
                <td key={column}>
                  <Run words={cell} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function Run({ words }: { readonly words: readonly Words[] }) {
  return words.map(({ text, as, to }, index) => {
    if (as === 'code') return <code key={index}>{text}</code>
    if (as === 'strong') return <b key={index}>{text}</b>
    if (as === 'em') return <em key={index}>{text}</em>
    if (as !== 'link') return <Fragment key={index}>{text}</Fragment>
    return (
      <a key={index} href={to}>
        {text}
      </a>
    )
  })
}
