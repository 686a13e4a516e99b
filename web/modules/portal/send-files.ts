import * as api from '#api/portal'
import { upload } from '#web/http/upload.ts'

/** A file on its way, and how much of it has left. */
export interface Sending {
  readonly name: string
  readonly share: number
}

/** Adds files to a report, one after the other. What has arrived is taken away, so that it is not sent again when a later one fails. */
export async function sendFiles(
  report: string,
  files: readonly File[],
  { onSending, onArrived }: { onSending: (sending: Sending | null) => void; onArrived: (file: File) => void },
): Promise<void> {
  try {
    for (const file of files) {
      const { name } = file
      onSending({ name, share: 0 })
      await upload(api.addReportFile, { params: { id: report }, query: { name } }, file, {
        onProgress: (share) => onSending({ name, share }),
      })
      onArrived(file)
    }
  } finally {
    onSending(null)
  }
}
