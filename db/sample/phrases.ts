import type { Language } from './company.ts'

type InBoth<Value> = Readonly<Record<Language, Value>>

/** What people write around the matter itself. */
export const greetings: InBoth<{ readonly morning: readonly string[]; readonly any: readonly string[] }> = {
  en: { morning: ['Good morning,', 'Morning all,'], any: ['Hello,', 'Hi,', 'Hello team,', 'Dear service desk,'] },
  de: {
    morning: ['Guten Morgen,', 'Guten Morgen zusammen,'],
    any: ['Hallo,', 'Hallo zusammen,', 'Guten Tag,', 'Liebes Service-Team,'],
  },
}

export const closings: InBoth<readonly string[]> = {
  en: ['Thanks', 'Thank you', 'Kind regards', 'Best regards', 'Thanks in advance', 'Regards'],
  de: ['Viele Grüße', 'Danke und viele Grüße', 'Mit freundlichen Grüßen', 'Beste Grüße', 'Vielen Dank im Voraus'],
}

export const asks: InBoth<readonly string[]> = {
  en: [
    'Could somebody have a look?',
    'Please help.',
    'What can be done?',
    'Please call back.',
    'Is this known already?',
  ],
  de: [
    'Könnte sich das bitte jemand ansehen?',
    'Bitte um Hilfe.',
    'Was lässt sich da machen?',
    'Bitte um Rückruf.',
    'Ist das schon bekannt?',
  ],
}

export const restarts: InBoth<readonly string[]> = {
  en: ['A restart did not help.', 'Restarted twice, no change.', 'Switched off and on again, the same.'],
  de: [
    'Ein Neustart hat nicht geholfen.',
    'Zweimal neu gestartet, ohne Erfolg.',
    'Aus- und wieder eingeschaltet, unverändert.',
  ],
}

/** How the desk writes down what it is told. */
export const spoken: InBoth<Readonly<Record<'phone' | 'walk-up', readonly string[]>>> = {
  en: { phone: ['By phone: ', 'Call: ', ''], 'walk-up': ['At the service point: ', 'Came by in person: '] },
  de: {
    phone: ['Telefonisch gemeldet: ', 'Anruf: ', ''],
    'walk-up': ['Am Servicepunkt gemeldet: ', 'Persönlich vorbeigekommen: '],
  },
}

export const titleStarts: InBoth<{ readonly again: string; readonly urgent: string; readonly forwarded: string }> = {
  en: { again: 'Again: ', urgent: 'Urgent: ', forwarded: 'Fwd: ' },
  de: { again: 'Erneut: ', urgent: 'Dringend: ', forwarded: 'WG: ' },
}

/** Since when: with a time of day, or as people say it. */
export const since: InBoth<{
  readonly time: (time: string) => readonly string[]
  readonly morning: readonly string[]
  readonly yesterday: readonly string[]
  readonly friday: readonly string[]
  readonly days: readonly string[]
}> = {
  en: {
    time: (time) => [`It has been like this since about ${time}.`, `It began around ${time}.`],
    morning: ['It has been like this all morning.', 'First noticed early this morning.'],
    yesterday: ['It has been like this since yesterday.', 'It began yesterday afternoon.'],
    friday: ['It began on Friday.', 'It was the same on Friday already.'],
    days: [
      'It has been like this for some days.',
      'It has been like this for about a week.',
      'It was noticed some days ago already.',
    ],
  },
  de: {
    time: (time) => [`Das ist seit etwa ${time} Uhr so.`, `Angefangen hat es gegen ${time} Uhr.`],
    morning: ['Das geht schon den ganzen Vormittag so.', 'Aufgefallen ist es heute früh.'],
    yesterday: ['Das ist seit gestern so.', 'Angefangen hat es gestern Nachmittag.'],
    friday: ['Angefangen hat es am Freitag.', 'Am Freitag war es auch schon so.'],
    days: [
      'Das ist seit einigen Tagen so.',
      'Das ist seit etwa einer Woche so.',
      'Aufgefallen ist es schon vor ein paar Tagen.',
    ],
  },
}

/** A detail that says itself since when or how long needs no further time. */
export const tellsTime =
  /\b(since|seit|minutes|minuten|today|heute|yesterday|gestern|evening|abend|morning|morgen|night|nacht)/i

/** What is asked of whoever reported it, and what comes back: about anything, what lasts, what a screen shows, a program. */
export const questions: InBoth<
  Readonly<Record<'any' | 'lasting' | 'screen' | 'program', readonly (readonly [question: string, answer: string])[]>>
> = {
  en: {
    any: [['We tried to call and could not reach anybody. When can we call back?', 'A call is possible now.']],
    lasting: [
      ['Please send us a photo or a screenshot of it.', 'Picture is attached.'],
      ['Was anything changed before it first happened?', 'Nothing that we know of.'],
    ],
    screen: [
      ['We would like to look at it together on the screen. When does it suit?', 'Now would be fine.'],
      ['We have changed something. Please check whether it works now.', 'Unfortunately it is still the same.'],
    ],
    program: [
      [
        'Does it also happen on another device? Please try and tell us.',
        'Tried at the next desk: it happens there as well.',
      ],
      [
        'Does it also happen on another device? Please try and tell us.',
        'Tried at the next desk: it does not happen there.',
      ],
    ],
  },
  de: {
    any: [['Wir haben angerufen und niemanden erreicht. Wann können wir zurückrufen?', 'Ein Anruf ist jetzt möglich.']],
    lasting: [
      ['Bitte ein Foto oder einen Screenshot davon schicken.', 'Bild ist angehängt.'],
      ['Wurde etwas geändert, bevor es das erste Mal auftrat?', 'Nicht dass wir wüssten.'],
    ],
    screen: [
      ['Wir würden es uns gern gemeinsam am Bildschirm ansehen. Wann passt es?', 'Jetzt würde es passen.'],
      ['Wir haben etwas geändert. Bitte prüfen, ob es jetzt funktioniert.', 'Leider unverändert.'],
    ],
    program: [
      [
        'Passiert es auch an einem anderen Gerät? Bitte probieren und kurz melden.',
        'Am Nachbarplatz probiert, dort passiert es auch.',
      ],
      [
        'Passiert es auch an einem anderen Gerät? Bitte probieren und kurz melden.',
        'Am Nachbarplatz probiert, dort passiert es nicht.',
      ],
    ],
  },
}

export const unanswered: InBoth<string> = {
  en: 'No answer after three attempts. Please report it again if it is still there.',
  de: 'Nach drei Versuchen keine Antwort. Bitte erneut melden, falls es noch auftritt.',
}

/** Why a ticket waits, by reason; `{when}` is the appointment. */
export const waits: InBoth<Readonly<Record<string, readonly string[]>>> = {
  en: {
    appointment: ['Visit agreed for {when}.', 'Appointment with the person on site: {when}.'],
    'awaiting-customer': [
      'Waiting for the approval of whoever is responsible.',
      'The site has to release the work first.',
    ],
    'customer-delay': ['To be continued next week at the wish of the site.', 'Put off at the wish of the department.'],
    'awaiting-supplier': ['Spare part is ordered.', 'The manufacturer is looking into it.', 'Sent in for repair.'],
    'awaiting-change': [
      'The correction comes with the next change window.',
      'Change is prepared and waits for its window.',
    ],
    'awaiting-evidence': ['Recording is switched on; waiting for it to show again.'],
    'awaiting-problem': ['Same cause as several others; the cause is being worked on separately.'],
  },
  de: {
    appointment: ['Termin vor Ort vereinbart: {when} Uhr.', 'Vor-Ort-Termin mit der meldenden Person: {when} Uhr.'],
    'awaiting-customer': [
      'Es wird auf die Freigabe der verantwortlichen Person gewartet.',
      'Der Standort muss die Arbeiten erst freigeben.',
    ],
    'customer-delay': [
      'Auf Wunsch des Standorts geht es nächste Woche weiter.',
      'Auf Wunsch der Abteilung verschoben.',
    ],
    'awaiting-supplier': [
      'Ersatzteil ist bestellt.',
      'Der Hersteller sucht nach der Ursache.',
      'Zur Reparatur eingeschickt.',
    ],
    'awaiting-change': [
      'Die Korrektur kommt mit dem nächsten Wartungsfenster.',
      'Die Änderung ist vorbereitet und wartet auf ihr Fenster.',
    ],
    'awaiting-evidence': ['Die Aufzeichnung läuft; gewartet wird, bis es wieder auftritt.'],
    'awaiting-problem': ['Dieselbe Ursache wie bei mehreren anderen; an der Ursache wird gesondert gearbeitet.'],
  },
}

/** Between the provider's teams; never for the customer's eyes. */
export const handOvers: InBoth<Readonly<Record<'desk' | 'others', readonly string[]>>> = {
  en: {
    desk: [
      'Checked the usual causes without result.',
      'Needs rights that the desk does not have.',
      'Log and description are complete.',
    ],
    others: ['Not a matter of this team, see the log.', 'Reproduced; the cause is outside of our part.'],
  },
  de: {
    desk: [
      'Übliche Ursachen ohne Ergebnis geprüft.',
      'Dazu fehlen dem Desk die Rechte.',
      'Protokoll und Beschreibung sind vollständig.',
    ],
    others: ['Kein Fall für dieses Team, siehe Protokoll.', 'Nachgestellt, die Ursache liegt außerhalb unseres Teils.'],
  },
}

export const supplierNotes: InBoth<readonly string[]> = {
  en: [
    'Raised with the supplier as {reference}.',
    'Supplier has taken it on as {reference}, answer promised within two working days.',
  ],
  de: [
    'Beim Lieferanten gemeldet als {reference}.',
    'Vom Lieferanten angenommen als {reference}, Antwort binnen zwei Arbeitstagen zugesagt.',
  ],
}

export const reopenings: InBoth<readonly string[]> = {
  en: [
    'It is back, exactly as before.',
    'It worked for some hours, now it is the same again.',
    'Unfortunately it works only in part.',
  ],
  de: [
    'Der Fehler ist wieder da, genau wie vorher.',
    'Einige Stunden ging es, jetzt ist es wieder wie vorher.',
    'Leider geht es nur teilweise.',
  ],
}

/** What was done the second time: in front of another way, or when there was no other. */
export const secondTime: InBoth<{ readonly before: string; readonly alone: string }> = {
  en: { before: 'The cause had not been removed completely. ', alone: 'Checked again together; now it holds.' },
  de: { before: 'Die Ursache war noch nicht ganz beseitigt. ', alone: 'Noch einmal gemeinsam geprüft, jetzt hält es.' },
}

export const cancellations: InBoth<readonly string[]> = {
  en: ['Logged twice; it goes on under the other number.', 'Withdrawn: it has settled itself.', 'Reported by mistake.'],
  de: [
    'Doppelt erfasst, es geht unter der anderen Nummer weiter.',
    'Zurückgezogen, hat sich erledigt.',
    'Versehentlich gemeldet.',
  ],
}

export const priorityReasons: InBoth<Readonly<Record<'correction' | 'worsened' | 'eased', string>>> = {
  en: {
    correction: 'The first assessment was wrong.',
    worsened: 'More people are affected than it seemed.',
    eased: 'A workaround is in place.',
  },
  de: {
    correction: 'Die erste Einschätzung war falsch.',
    worsened: 'Es sind mehr Personen betroffen als gedacht.',
    eased: 'Es gibt eine Umgehungslösung.',
  },
}
