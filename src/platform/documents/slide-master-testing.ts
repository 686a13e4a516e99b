import library from 'pptxgenjs'

const PptxGenJS = library as unknown as typeof library.default
/** One pixel, a PNG in Base64. */
export const PICTURE = 'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAADElEQVR4nGPgiukCAAFkAPGfwlHAAAAAAElFTkSuQmCC'

interface Sent {
  readonly layout?: 'LAYOUT_WIDE' | 'LAYOUT_16x9' | 'LAYOUT_4x3'
  readonly title?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number } | null
  readonly picture?: { readonly x: number; readonly y: number; readonly w: number; readonly h: number }
  readonly ground?: string
}

/** A presentation as a customer's department for communication would send it. */
export async function sent({
  layout = 'LAYOUT_WIDE',
  title = { x: 1.2, y: 0.5, w: 9, h: 1 },
  picture = { x: 8.4, y: 0.1, w: 1.4, h: 0.6 },
  ground = 'FFFFFF',
}: Sent = {}): Promise<Buffer> {
  const pptx = new PptxGenJS()
  pptx.layout = layout
  pptx.author = 'Somebody Private'
  pptx.theme = { headFontFace: 'Georgia', bodyFontFace: 'Georgia' }
  pptx.defineSlideMaster({
    title: 'Only a title',
    background: { color: ground },
    objects: [
      { image: { ...picture, data: `image/png;base64,${PICTURE}` } },
      ...(title === null
        ? []
        : [
            {
              placeholder: {
                options: { name: 'title', type: 'title' as const, ...title, fontSize: 30, color: '0A5C8A' },
                text: '',
              },
            },
          ]),
    ],
  })
  pptx.addSlide({ masterName: 'Only a title' }).addText('A secret of the last quarter', { x: 1, y: 3, w: 5, h: 1 })
  return (await pptx.write({ outputType: 'nodebuffer' })) as Buffer
}
