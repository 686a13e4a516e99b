import { useSyncExternalStore } from 'react'
import * as api from '#api/imports'
import { queryClient } from '#web/app/query-client.ts'
import { upload, type UploadOptions } from '#web/http/upload.ts'

/** A file that is on its way. */
interface Upload {
  /** 0 to 1. */
  readonly share: number
  /** What was thrown, when it did not arrive. */
  readonly failure: unknown
  readonly stop: () => void
}

const uploads = new Map<string, Upload>()
const listeners = new Set<() => void>()

/** Sends the file of an import that was announced; goes on while other pages are shown. */
export function beginUpload(id: string, file: File): void {
  const stopped = new AbortController()
  const stop = () => {
    stopped.abort()
    set(id, undefined)
  }
  set(id, { share: 0, failure: null, stop })
  const onProgress = (share: number) => !stopped.signal.aborted && set(id, { share, failure: null, stop })
  void send(id, file, { signal: stopped.signal, onProgress }).catch((failure: unknown) => {
    if (!stopped.signal.aborted) set(id, { share: 0, failure, stop })
  })
}

async function send(id: string, file: File, options: UploadOptions): Promise<void> {
  await upload(api.sendImportFile, { params: { id } }, file, options)
  await queryClient.invalidateQueries({ queryKey: ['imports'] })
  set(id, undefined)
}

/** The file that is on its way to an import, if one is. */
export function useUpload(id: string): Upload | undefined {
  return useSyncExternalStore(subscribe, () => uploads.get(id))
}

function set(id: string, upload_: Upload | undefined): void {
  if (upload_ === undefined) uploads.delete(id)
  else uploads.set(id, upload_)
  for (const listener of listeners) listener()
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}
