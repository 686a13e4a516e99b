/** How each browser says that a part of the program did not come: Chromium, Firefox, Safari. */
const SAID = /dynamically imported module|Importing a module script failed/

/** Whether a part of the program is not there: without a network, or because the server has another version by now. */
export function codeIsMissing(error: unknown): boolean {
  return error instanceof TypeError && SAID.test(error.message)
}
