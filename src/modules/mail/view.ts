import type { FastifyReply } from 'fastify'
import { notFound } from '#core/failure.ts'
import type { Context } from '#platform/context.ts'
import type { FileReply } from '#platform/http.ts'
import { bodyOf, type MailFile } from './body.ts'
import { safeHtml } from './html.ts'
import { readMail } from './reading.ts'
import { rawOfReceived } from './received.ts'

/** In bytes; what is larger is among the files. */
const LARGEST_PICTURE = 2 * 1024 ** 2
const PICTURE = /^image\/(png|jpeg|gif|webp)$/

/**
 * `GET /received-mails/:id/view`: the mail as it was laid out, as a page of its own for a frame without rights. It says
 * itself that it may run nothing and fetch nothing but, when that was asked for, pictures.
 */
export async function viewMail(
  context: Context,
  { id, pictures }: { readonly id: string; readonly pictures: boolean },
  answer: FastifyReply,
): Promise<FileReply> {
  const { root, files } = await readMail(await rawOfReceived(context, id))
  const raw = bodyOf(root).html
  const safe = raw === null ? null : safeHtml(raw, { pictures })
  if (safe === null) throw notFound('mail.part.not-found')
  answer.headers({
    'content-security-policy':
      `default-src 'none'; img-src data:${pictures ? ' https:' : ''}; style-src 'unsafe-inline'; base-uri 'none'; ` +
      "form-action 'none'; frame-ancestors 'self'; sandbox allow-popups allow-popups-to-escape-sandbox",
    'x-frame-options': 'SAMEORIGIN',
    'referrer-policy': 'no-referrer',
  })
  const page = `<!doctype html><meta charset="utf-8"><style>${LOOK}</style>${withOwnPictures(safe, files)}`
  return { file: Buffer.from(page), type: 'text/html; charset=utf-8' }
}

/** Paper: a mail brings colours of its own, which were chosen for white. */
const LOOK =
  'body{margin:12px;background:#fff;color:#1a1a1a;font:14px/1.5 system-ui,sans-serif;overflow-wrap:anywhere}img{max-width:100%;height:auto}table{max-width:100%}'

/** With the pictures that came with it in their places. */
function withOwnPictures(html: string, files: readonly MailFile[]): string {
  return html.replace(/src="cid:([^"]{1,500})"/g, (_, id: string) => {
    const file = files.find(({ contentId }) => contentId === id.replaceAll('&amp;', '&'))
    if (file === undefined || !PICTURE.test(file.type) || file.content.length > LARGEST_PICTURE) return 'alt=""'
    return `src="data:${file.type};base64,${Buffer.from(file.content).toString('base64')}"`
  })
}
