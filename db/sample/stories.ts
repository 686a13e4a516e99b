import { DAY_MS, weekdayOf } from '#core/calendar-rules.ts'
import { instantAt, localAt } from '#core/zone.ts'
import type { Subject } from './subjects/subject.ts'

const HOUR_MS = 3_600_000

/** Something that many tickets have in common, and that figures show. */
export interface Story {
  readonly key: 'roaming' | 'outage'
  readonly from: number
  readonly to: number
  /** Keys of the sites where it is felt. */
  readonly sites: 'all' | readonly string[]
  /** Share of all tickets that it makes. */
  readonly share: number
  /** How strong it is at an instant, and at the hour of the site's day. */
  readonly strength: (at: number, localHour: number) => number
  readonly service: 'scanning' | 'access'
  readonly subject: Subject
}

/**
 * What happened in the period: scanners in Hamburg that lose the Wi-Fi after a firmware, from the first Monday of the
 * month that ended before the last two whole months, until it was found three and a half weeks later; and a morning on
 * which nobody could sign in, on a Tuesday past the middle. Each only when the period holds it.
 */
export function storiesOf(from: number, to: number): readonly Story[] {
  const stories: Story[] = []
  const roaming = roamingFrom(to)
  if (roaming >= from + 21 * DAY_MS) {
    stories.push({
      key: 'roaming',
      from: roaming,
      to: roaming + 25 * DAY_MS,
      sites: ['hamburg'],
      share: 0.0058,
      // Worst when a shift begins and everybody logs on at once.
      strength: (_, localHour) => (localHour === 6 || localHour === 14 ? 3 : 1),
      service: 'scanning',
      subject: roamingSubject,
    })
  }
  const outage = outageFrom(from, to)
  if (to - from >= 28 * DAY_MS) {
    stories.push({
      key: 'outage',
      from: outage,
      to: outage + 3 * HOUR_MS,
      sites: 'all',
      share: 0.0075,
      strength: (at) => (at < outage + HOUR_MS ? 2 : 1),
      service: 'access',
      subject: outageSubject,
    })
  }
  return stories
}

/** When the sign-in came back. */
export function restoredAt(story: Story): number {
  return story.from + 2.8 * HOUR_MS
}

/** The first Monday, 05:00 in Hamburg, of the third whole month before the end. */
function roamingFrom(to: number): number {
  const end = new Date(localAt('Europe/Berlin', to))
  const first = Date.UTC(end.getUTCFullYear(), end.getUTCMonth() - 3, 1) / DAY_MS
  return instantAt('Europe/Berlin', (first + ((7 - weekdayOf(first)) % 7)) * DAY_MS + 5 * HOUR_MS)
}

/** The Tuesday, 09:00 in Berlin, after 56 % of the period. */
function outageFrom(from: number, to: number): number {
  const day = Math.floor(localAt('Europe/Berlin', from + 0.56 * (to - from)) / DAY_MS)
  return instantAt('Europe/Berlin', (day + ((8 - weekdayOf(day)) % 7)) * DAY_MS + 9 * HOUR_MS)
}

const roamingSubject: Subject = {
  key: 'scanner-roaming',
  category: 'Network',
  weight: 0,
  team: 'network',
  supplier: 'quersee',
  firstContact: 0.02,
  reach: 'group',
  pressing: 0.78,
  en: [
    [
      'Scanners lose Wi-Fi at shift change in hall {hall}',
      'At shift change about {count} scanners in hall {hall} lose the Wi-Fi and find it again only after a restart.',
      'Pallets are keyed by hand for the first half hour of the shift.',
      'Cause was the firmware of the access points. Went back to the former one in hall {hall}.',
    ],
  ],
  de: [
    [
      'Scanner verlieren beim Schichtwechsel in Halle {hall} das WLAN',
      'Beim Schichtwechsel verlieren in Halle {hall} etwa {count} Scanner das WLAN und finden es erst nach einem Neustart wieder.',
      'In der ersten halben Stunde der Schicht werden Paletten von Hand eingetippt.',
      'Ursache ist die neue Firmware der Access Points. In Halle {hall} vorerst auf den alten Stand zurückgegangen.',
      'Scanner neu verbunden und {ap} neu gestartet. Es bleibt unter Beobachtung, der Hersteller sucht den Fehler.',
    ],
    [
      'Scanner {scanner} findet nach dem Gangwechsel kein WLAN mehr',
      'Scanner {scanner} verliert in Halle {hall} beim Wechsel von Gang zu Gang das WLAN und meldet sich danach nicht mehr an.',
      'Die Buchungen werden am Ende der Schicht nachgetragen.',
      'Scanner {scanner} auf das zweite Funkband festgelegt, damit er nicht mehr wechselt. Endgültige Lösung folgt mit neuer Firmware.',
      'Profil des Scanners angepasst und mit der Schichtleitung abgelaufen, keine Abbrüche mehr.',
    ],
    [
      'Halle {hall}: Scanner sind alle paar Minuten offline',
      'In Halle {hall} sind die Scanner seit dem Wochenende alle paar Minuten offline, vor allem zwischen {ap} und dem nächsten Access Point.',
      'Zwei Touren gehen heute verspätet hinaus.',
      'Access Points in Halle {hall} auf die frühere Firmware zurückgestellt, seither ruhig.',
      'Sendeleistung von {ap} erhöht als Übergangslösung, bis der Hersteller die Firmware korrigiert.',
    ],
  ],
}

const outageSubject: Subject = {
  key: 'sign-in-outage',
  once: true,
  category: 'Access',
  weight: 0,
  team: 'access',
  firstContact: 0,
  reach: 'person',
  pressing: 0.8,
  notBy: ['portal', 'mail', 'chat'],
  alert: {
    en: [
      'Sign-in service does not answer',
      'None of the sign-in servers answers. Sign-ins fail at all sites.',
      'Nobody can sign in anew; whoever is signed in can go on for the time being.',
      'An expired certificate between the sign-in servers was renewed, services restarted one after the other. Sign-in checked at all sites.',
    ],
    de: [
      'Anmeldedienst antwortet nicht',
      'Keiner der Anmeldeserver antwortet. An allen Standorten schlagen Anmeldungen fehl.',
      'Niemand kann sich neu anmelden; wer angemeldet ist, kann vorerst weiterarbeiten.',
      'Ein abgelaufenes Zertifikat zwischen den Anmeldeservern wurde erneuert, die Dienste nacheinander neu gestartet. Anmeldung an allen Standorten geprüft.',
    ],
  },
  en: [
    [
      'Sign-in fails everywhere',
      'Signing in fails with “service not available”, in the browser as on the laptop.',
      'No work possible.',
      'The sign-in service was out of order and is back. Signing in works again.',
    ],
    [
      'Cannot sign in, “service not available”',
      'After the password comes “service not available”; it is the same at the next desk.',
      'The whole team waits.',
      'Part of today’s failure of the sign-in service. It has been removed; please restart once if it still fails.',
    ],
    [
      'Drives and mail disconnected, no sign-in',
      'Mail and drives disconnected by themselves and ask for a sign-in that fails.',
      'Today’s orders cannot be worked on.',
      'The sign-in service is back; drives and mail connect again.',
    ],
  ],
  de: [
    [
      'Anmeldung schlägt überall fehl',
      'Die Anmeldung schlägt mit „Dienst nicht verfügbar“ fehl, im Browser wie am Notebook.',
      'Kein Arbeiten möglich.',
      'Der Anmeldedienst war gestört und ist wieder da. Die Anmeldung klappt wieder.',
    ],
    [
      'Keine Anmeldung möglich, „Dienst nicht verfügbar“',
      'Nach dem Passwort kommt „Dienst nicht verfügbar“, am Nachbarplatz ist es genauso.',
      'Das ganze Team wartet.',
      'Teil des heutigen Ausfalls des Anmeldedienstes. Er ist behoben; falls es noch hakt, bitte einmal neu starten.',
    ],
    [
      'Laufwerke und Mail getrennt, Anmeldung geht nicht',
      'Mail und Laufwerke haben sich von selbst getrennt und verlangen eine Anmeldung, die fehlschlägt.',
      'Aufträge von heute bleiben liegen.',
      'Der Anmeldedienst ist wieder da, Laufwerke und Mail verbinden sich wieder.',
    ],
  ],
}
