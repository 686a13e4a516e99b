import may from '../../../src/locales/en/may.json'
import app from './app.json'
import today from './today.json'
import ui from './ui.json'

/** What comes with the program: the shell, the kit, why somebody may not, and the page that most people open first. */
export const base = { ...app, ...ui, ...may, ...today }
