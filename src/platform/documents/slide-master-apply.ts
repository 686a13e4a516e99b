import JSZip from 'jszip'
import type { SlideMaster } from './slide-master.ts'
import { xmlTree } from './xml-tree.ts'

/** Where a master's parts are in a presentation that takes it: beside the presentation's own, which have the same names. */
const FOLDER = 'ppt/brand'
const OWN_LAYOUTS = /^ppt\/(slideMasters|slideLayouts)\//

/**
 * Gives a presentation of ours somebody else's master: slides have its layout, its theme and its pictures; titles take
 * their font and colour from it. Notes keep our theme.
 */
export async function withMaster(zip: JSZip, master: SlideMaster): Promise<void> {
  const theirs = await JSZip.loadAsync(Buffer.from(master.content, 'base64'))
  const moved = (path: string) => `${FOLDER}/${path}`
  for (const path of Object.keys(zip.files)) if (OWN_LAYOUTS.test(path)) zip.remove(path)
  for (const { name, dir } of Object.values(theirs.files)) {
    if (dir || name === '[Content_Types].xml') continue
    const file = theirs.file(name)!
    if (!name.endsWith('.rels')) zip.file(moved(name), await file.async('nodebuffer'))
    else zip.file(moved(name), (await file.async('string')).replaceAll(' Target="/', ` Target="/${FOLDER}/`))
  }
  const change = async (path: string, mend: (text: string) => string) =>
    void zip.file(path, mend(await zip.file(path)!.async('string')))
  await change('[Content_Types].xml', (types) =>
    types.replace(/<Override PartName="\/ppt\/slide(Master|Layout)s\/[^>]*>/g, ''),
  )
  const added = xmlTree(await theirs.file('[Content_Types].xml')!.async('string')).children.map(
    ({ attributes: { PartName, ContentType } }) =>
      `<Override PartName="/${FOLDER}${PartName}" ContentType="${ContentType}"/>`,
  )
  await change('[Content_Types].xml', (types) => types.replace('</Types>', `${added.join('')}</Types>`))
  await change('ppt/_rels/presentation.xml.rels', (relations) =>
    relations
      .replace(/Target="slideMasters\/[^"]*"/, `Target="/${moved(master.master)}"`)
      .replace(/Target="theme\/[^"]*"/, `Target="/${moved(master.theme)}"`),
  )
  await change('ppt/presentation.xml', (xml) =>
    xml.replace(/<p:sldMasterId id="\d+"/, `<p:sldMasterId id="${master.masterId}"`),
  )
  for (const { name: path, dir } of Object.values(zip.files)) {
    if (dir) continue
    if (path.startsWith('ppt/slides/_rels/'))
      await change(path, (relations) =>
        relations.replace(/Target="\.\.\/slideLayouts\/[^"]*"/, `Target="/${moved(master.layout)}"`),
      )
    if (/^ppt\/slides\/slide\d+\.xml$/.test(path)) await change(path, withTheirTitle)
  }
}

/** The title without font, weight and colour of ours; large letters are not made of small ones, which are measured. */
function withTheirTitle(slide: string): string {
  return slide.replace(/<p:sp>(?:(?!<\/p:sp>).)*type="title"(?:(?!<\/p:sp>).)*<\/p:sp>/s, (shape) =>
    shape
      .replaceAll(/<a:rPr([^>]*)>.*?<\/a:rPr>/gs, (_, attributes: string) => {
        const others = attributes.replace(/ b="\d"/, '')
        return `<a:rPr${others} cap="none"/>`
      })
      .replace(/\s*idx="100"/, '')
      .replace(/\s*hasCustomPrompt="1"/, ''),
  )
}
