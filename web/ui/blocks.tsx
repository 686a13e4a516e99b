import { Fragment } from 'react'
import { type Block, isPlainAddress, type Words } from '#web/ui/markdown.ts'
import classes from './blocks.module.css'

/** Text with headings, lists, tables and pictures, as `readMarkdown` reads it. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }) {
  return (
    <div className={classes.blocks}>
      {blocks.map((block, index) => (
        <Part key={index} block={block} />
      ))}
    </div>
  )
}

// Nothing in a text moves: the place of a part is its key.

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
    // Whoever wrote it may be anybody: an address that does something is not one.
    if (to === undefined || !isPlainAddress(to)) return <Fragment key={index}>{text}</Fragment>
    return (
      <a key={index} href={to} rel="noreferrer">
        {text}
      </a>
    )
  })
}
