/** In pixels: sharp on a slide of a large screen, and far from what a logo may weigh. */
const LONGER_SIDE = 1200

/** The drawing at an address as a PNG, drawn by the browser; null where it cannot. */
export async function pictureOf(address: string): Promise<Blob | null> {
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const { naturalWidth, naturalHeight } = image
    const scale = LONGER_SIDE / Math.max(naturalWidth, naturalHeight, 1)
    const canvas = document.createElement('canvas')
    canvas.width = Math.max(1, Math.round((naturalWidth || LONGER_SIDE) * scale))
    canvas.height = Math.max(1, Math.round((naturalHeight || LONGER_SIDE) * scale))
    canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve) => canvas.toBlob(resolve, 'image/png'))
  } catch {
    return null
  }
}
