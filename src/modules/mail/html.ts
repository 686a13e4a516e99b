import { convert } from 'html-to-text'
import sanitize from 'sanitize-html'

/** In characters. Nobody writes so much; what is longer is kept in the raw mail alone. */
const LONGEST = 2 * 1024 ** 2
/** Elements within each other. Nobody nests so deep; parsers take long or break. */
const DEEPEST = 200

/** Elements that hold nothing, or that need no end. */
const SHALLOW =
  /^(area|base|br|col|embed|hr|img|input|link|meta|param|source|track|wbr|p|li|dt|dd|option|tr|td|th|thead|tbody|tfoot)$/i

/** Values that cannot reach out of their element or fetch anything. */
const COLOUR = [/^#[0-9a-f]{3,8}$/i, /^rgba?\([\d\s.,%]+\)$/i, /^[a-z]{3,20}$/i]
const LENGTH = [/^\d{1,4}(\.\d{1,3})?(px|pt|em|rem|%)?$/]

const TAGS =
  'p div span br hr h1 h2 h3 h4 h5 h6 blockquote pre code center b strong i em u s strike del ins sub sup small big font ' +
  'tt mark ul ol li dl dt dd table caption thead tbody tfoot tr td th a img'

const RULES: sanitize.IOptions = {
  allowedTags: TAGS.split(' '),
  allowedAttributes: {
    '*': ['style', 'dir', 'lang'],
    a: ['href', 'title', 'rel', 'target'],
    img: ['src', 'alt', 'width', 'height'],
    td: ['colspan', 'rowspan', 'align', 'valign'],
    th: ['colspan', 'rowspan', 'align', 'valign'],
    font: ['color'],
    ol: ['start', 'type'],
  },
  allowedSchemes: ['http', 'https', 'mailto', 'tel'],
  // A picture that is fetched tells its owner who read the mail and when; those that came with it are enough.
  allowedSchemesByTag: { img: ['cid'] },
  allowedSchemesAppliedToAttributes: ['href', 'src'],
  allowProtocolRelative: false,
  allowedStyles: {
    '*': {
      color: COLOUR,
      'background-color': COLOUR,
      'text-align': [/^(left|right|center|justify)$/],
      'font-weight': [/^(normal|bold|[1-9]00)$/],
      'font-style': [/^(normal|italic)$/],
      'text-decoration': [/^(none|underline|line-through)$/],
      'white-space': [/^(normal|pre|pre-wrap|pre-line)$/],
      'margin-left': LENGTH,
      'padding-left': LENGTH,
    },
  },
  nonTextTags: ['script', 'style', 'textarea', 'option', 'noscript', 'title', 'head', 'svg', 'math', 'template', 'xmp'],
  exclusiveFilter: ({ tag, attribs }) => tag === 'img' && attribs['src'] === undefined,
  transformTags: {
    a: sanitize.simpleTransform('a', { rel: 'noopener noreferrer nofollow', target: '_blank' }),
  },
  nestingLimit: DEEPEST,
}

/**
 * The HTML of a mail as it may stand in a page: no scripts, forms, frames or styles that reach out of their element, no
 * pictures but those that came with it (`cid:`). Null when it is longer or nested deeper than anybody writes.
 *
 * @param pictures Somebody asked for those from elsewhere, too; only over an encrypted connection.
 */
export function safeHtml(html: string, { pictures = false }: { readonly pictures?: boolean } = {}): string | null {
  if (html.length > LONGEST || deeperThan(html, DEEPEST)) return null
  return sanitize(html, pictures ? { ...RULES, allowedSchemesByTag: { img: ['cid', 'https'] } } : RULES).trim()
}

/** How many pictures it would fetch from elsewhere when it was asked to. */
export function remotePictures(html: string): number {
  const shown = (pictures: boolean) => (safeHtml(html, { pictures }) ?? '').match(/<img\b[^>]*\ssrc=/g)?.length ?? 0
  return shown(true) - shown(false)
}

/** What a reader sees of it, with what is quoted behind `>`. Never fails. */
export function textOfHtml(html: string): string {
  if (html.length > LONGEST || deeperThan(html, DEEPEST)) return bare(html.slice(0, LONGEST))
  try {
    return convert(html, {
      wordwrap: false,
      selectors: [
        { selector: 'img', format: 'skip' },
        { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: true } },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({ selector, options: { uppercase: false } })),
        { selector: 'blockquote', options: { trimEmptyLines: false } },
      ],
    })
  } catch {
    return bare(html)
  }
}

/** Without its tags, by the roughest of means: for what breaks the others. */
function bare(html: string): string {
  return html
    .replace(/<(script|style)\b[^>]{0,2000}>[^<]*<\/\1\s*>/gi, ' ')
    .replace(/<(br|\/p|\/div|\/tr)\b[^<>]{0,200}>/gi, '\n')
    .replace(/<[^<>]*>/g, ' ')
}

/** Plain text as HTML. */
export function htmlOfText(text: string): string {
  const escaped = text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`)
  return `<div style="white-space:pre-wrap">${escaped}</div>`
}

function deeperThan(html: string, most: number): boolean {
  let depth = 0
  for (const [, end, name] of html.matchAll(/<(\/?)([a-z][a-z0-9:-]{0,60})/gi)) {
    if (SHALLOW.test(name!)) continue
    depth = Math.max(depth + (end ? -1 : 1), 0)
    if (depth > most) return true
  }
  return false
}
