/** Sharp on every screen. */
const SCALE = 2

/** Saves a picture that stands by itself as dots. */
export async function savePicture(address: string, name: string): Promise<void> {
  const reply = await fetch(address)
  if (!reply.ok) throw new Error(await reply.text())
  const drawing = URL.createObjectURL(new Blob([await reply.text()], { type: 'image/svg+xml' }))
  const image = new Image()
  image.src = drawing
  await image.decode()
  URL.revokeObjectURL(drawing)
  const canvas = document.createElement('canvas')
  canvas.width = image.naturalWidth * SCALE
  canvas.height = image.naturalHeight * SCALE
  const pen = canvas.getContext('2d')!
  pen.fillStyle = '#fff'
  pen.fillRect(0, 0, canvas.width, canvas.height)
  pen.drawImage(image, 0, 0, canvas.width, canvas.height)
  const link = document.createElement('a')
  link.href = canvas.toDataURL('image/png')
  link.download = name
  link.click()
}
