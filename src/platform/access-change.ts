import { EventEmitter } from 'node:events'

/*
 * That somebody's access may have changed: a role, an account, a session, a token. The database says so where it is written
 * (db/migrations/0120_access_changes.sql), and whoever remembers who somebody is forgets it.
 */

/** The words of the notice that a statement brings which changed what access is read from. */
export const ACCESS_CHANGED = 'plumbline: access changed'

const emitter = new EventEmitter<{ changed: [] }>().setMaxListeners(0)

export function tellAccessChanged(): void {
  emitter.emit('changed')
}

export function onAccessChanged(heard: () => void): void {
  emitter.on('changed', heard)
}
