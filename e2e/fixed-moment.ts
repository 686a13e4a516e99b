/**
 * Loaded before anything else (`node --import`), lets a process live in one moment, `PLUMBLINE_MOMENT`: its clock says
 * nothing else, its timers go on. What a program shows is then the same every day.
 */
const moment = Date.parse(process.env['PLUMBLINE_MOMENT'] ?? '')
if (Number.isNaN(moment)) throw new Error('PLUMBLINE_MOMENT names no moment.')

globalThis.Date = new Proxy(Date, {
  construct: (target, given, as) => Reflect.construct(target, given.length === 0 ? [moment] : given, as) as object,
  apply: (target) => new target(moment).toString(),
  get: (target, name) => (name === 'now' ? () => moment : (Reflect.get(target, name) as unknown)),
})
