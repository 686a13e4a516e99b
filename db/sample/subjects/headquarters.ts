import type { Subject } from './subject.ts'

export const finance: readonly Subject[] = [
  {
    key: 'closing-report',
    category: 'Software',
    weight: 4,
    team: 'business-apps',
    firstContact: 0.1,
    reach: 'person',
    pressing: 0.45,
    en: [
      [
        'Closing report stops with an error',
        'The report for the monthly closing stops with “division by zero”.',
        'The closing has a fixed date.',
        'A new cost centre had no quantity. Report corrected, runs through.',
        'A currency rate for the last day was missing. Entered by treasury; report runs.',
      ],
    ],
    de: [
      [
        'Abschlussbericht bricht mit Fehler ab',
        'Der Bericht für den Monatsabschluss bricht mit „Division durch null“ ab.',
        'Der Abschluss hat einen festen Termin.',
        'Eine neue Kostenstelle hatte keine Menge. Bericht korrigiert, läuft durch.',
        'Ein Wechselkurs für den letzten Tag fehlte. Vom Treasury eingetragen, der Bericht läuft.',
      ],
    ],
  },
  {
    key: 'invoice',
    category: 'Data',
    weight: 5,
    team: 'business-apps',
    firstContact: 0.25,
    reach: 'person',
    pressing: 0.25,
    en: [
      [
        'Invoice {order} hangs in approval',
        'Invoice {order} waits for the approval of somebody who has left the company.',
        'The discount for early payment ends tomorrow.',
        'Approval handed to the successor; rule corrected for all open invoices.',
      ],
      [
        'Invoices print without the tax line',
        'Outgoing invoices print without the line for the tax.',
        'They are held back for now.',
        'The template had been replaced by an older one. Restored; {count} invoices printed again.',
      ],
    ],
    de: [
      [
        'Rechnung {order} hängt in der Freigabe',
        'Rechnung {order} wartet auf die Freigabe von jemandem, der nicht mehr im Haus ist.',
        'Das Skonto läuft morgen ab.',
        'Freigabe an die Nachfolge übergeben, Regel für alle offenen Rechnungen korrigiert.',
      ],
      [
        'Rechnungen werden ohne Steuerzeile gedruckt',
        'Ausgangsrechnungen werden ohne die Zeile für die Steuer gedruckt.',
        'Sie werden vorerst zurückgehalten.',
        'Die Vorlage war durch eine ältere ersetzt worden. Wiederhergestellt, {count} Rechnungen neu gedruckt.',
      ],
    ],
  },
  {
    key: 'export',
    category: 'Software',
    weight: 3,
    team: 'business-apps',
    firstContact: 0.4,
    reach: 'person',
    pressing: 0.15,
    en: [
      [
        'Export to the spreadsheet turns numbers into dates',
        'When exporting, account numbers such as 10-{count} turn into dates.',
        'Each list is corrected by hand.',
        'Export format changed to text for these columns; tested with a list of {department}.',
      ],
    ],
    de: [
      [
        'Export in die Tabelle macht aus Zahlen ein Datum',
        'Beim Export werden aus Kontonummern wie 10-{count} Datumsangaben.',
        'Jede Liste wird von Hand korrigiert.',
        'Exportformat dieser Spalten auf Text umgestellt, mit einer Liste der Abteilung {department} getestet.',
      ],
    ],
  },
]

export const hr: readonly Subject[] = [
  {
    key: 'payslip',
    once: true,
    category: 'Data',
    weight: 4,
    team: 'business-apps',
    firstContact: 0.3,
    reach: 'person',
    pressing: 0.25,
    en: [
      [
        'Payslip of last month is missing',
        'In the HR portal the payslip of last month is missing; older ones are there.',
        'It is needed for an application at the bank.',
        'The document had been assigned to an old personnel number. Moved, visible now.',
      ],
    ],
    de: [
      [
        'Gehaltsabrechnung des letzten Monats fehlt',
        'Im HR-Portal fehlt die Abrechnung des letzten Monats, ältere sind da.',
        'Sie wird für einen Antrag bei der Bank gebraucht.',
        'Das Dokument war einer alten Personalnummer zugeordnet. Umgehängt, jetzt sichtbar.',
      ],
    ],
  },
  {
    key: 'leave-request',
    category: 'Software',
    weight: 4,
    team: 'business-apps',
    firstContact: 0.35,
    reach: 'person',
    pressing: 0.2,
    en: [
      [
        'Leave request cannot be sent',
        'Sending a leave request ends with “no approver found”.',
        'The leave begins in {some} weeks.',
        'The new team had no manager in the portal. Entered by HR; request sent.',
      ],
      [
        'Remaining leave is shown wrong',
        'The portal shows {count} days of leave too few since the turn of the year.',
        'Planning with the team is held up.',
        'The carry-over had been booked to another person. Corrected by HR.',
      ],
    ],
    de: [
      [
        'Urlaubsantrag lässt sich nicht absenden',
        'Das Absenden eines Urlaubsantrags endet mit „Keine Freigabeperson gefunden“.',
        'Der Urlaub beginnt in {some} Wochen.',
        'Das neue Team hatte im Portal keine Führungskraft. Von HR eingetragen, Antrag abgeschickt.',
      ],
      [
        'Resturlaub wird falsch angezeigt',
        'Das Portal zeigt seit dem Jahreswechsel {count} Urlaubstage zu wenig.',
        'Die Planung im Team steht deshalb still.',
        'Der Übertrag war bei einer anderen Person gebucht. Von HR korrigiert.',
      ],
    ],
  },
  {
    key: 'time-booking',
    category: 'Hardware',
    weight: 4,
    team: 'field',
    firstContact: 0.2,
    reach: 'group',
    pressing: 0.25,
    en: [
      [
        'Time clock {some} runs {minutes} minutes late',
        'The time clock at entrance {some} is {minutes} minutes late.',
        'Bookings have to be corrected.',
        'The clock had lost its time server. Entered; {many} bookings corrected by HR.',
      ],
    ],
    de: [
      [
        'Zeiterfassung an Eingang {some} geht {minutes} Minuten nach',
        'Das Terminal der Zeiterfassung an Eingang {some} geht {minutes} Minuten nach.',
        'Buchungen müssen korrigiert werden.',
        'Das Terminal hatte seinen Zeitserver verloren. Eingetragen, {many} Buchungen von HR korrigiert.',
      ],
    ],
  },
]

export const rooms: readonly Subject[] = [
  {
    key: 'no-picture',
    category: 'Hardware',
    weight: 5,
    team: 'field',
    firstContact: 0.3,
    reach: 'group',
    pressing: 0.45,
    restarted: true,
    en: [
      [
        'No picture on the screen in room {room}',
        'The screen in room {room} stays dark, whatever is connected.',
        'A meeting with guests begins soon.',
        'The input had been changed by hand. Set back; instructions put on the table.',
        'HDMI extender exchanged, picture is back.',
      ],
      [
        'Camera in room {room} shows the ceiling',
        'The camera in room {room} points at the ceiling and does not react.',
        'Those outside see nobody.',
        'Camera restarted and its presets stored again.',
      ],
    ],
    de: [
      [
        'Kein Bild auf dem Bildschirm in Raum {room}',
        'Der Bildschirm in Raum {room} bleibt dunkel, egal was angeschlossen ist.',
        'Gleich beginnt eine Besprechung mit Gästen.',
        'Der Eingang war von Hand verstellt. Zurückgestellt, eine Anleitung liegt auf dem Tisch.',
        'HDMI-Verlängerung getauscht, das Bild ist wieder da.',
      ],
      [
        'Kamera in Raum {room} zeigt die Decke',
        'Die Kamera in Raum {room} zeigt auf die Decke und reagiert nicht.',
        'Zugeschaltete sehen niemanden.',
        'Kamera neu gestartet und Positionen neu gespeichert.',
      ],
    ],
  },
  {
    key: 'booking-panel',
    category: 'Software',
    weight: 3,
    team: 'workplace',
    firstContact: 0.35,
    reach: 'group',
    pressing: 0.2,
    en: [
      [
        'Panel at room {room} shows “free” although it is booked',
        'The panel at room {room} shows “free” although the calendar has a booking.',
        'Two groups stand in front of the door.',
        'The panel’s account had been signed out. Signed in; shows the calendar.',
      ],
    ],
    de: [
      [
        'Türschild an Raum {room} zeigt „frei“ trotz Buchung',
        'Das Türschild an Raum {room} zeigt „frei“, obwohl im Kalender eine Buchung steht.',
        'Vor der Tür stehen zwei Gruppen.',
        'Das Konto des Türschilds war abgemeldet. Angemeldet, es zeigt den Kalender.',
      ],
    ],
  },
  {
    key: 'room-audio',
    category: 'Hardware',
    weight: 4,
    team: 'field',
    firstContact: 0.2,
    reach: 'group',
    pressing: 0.4,
    en: [
      [
        'Microphones in room {room} are too quiet',
        'Those who join by video hardly hear anybody in room {room}.',
        'The board meets there on Thursday.',
        'Levels set again and echo cancelling calibrated; tested with two outside callers.',
        'One of the ceiling microphones was disconnected after painting. Reconnected.',
      ],
    ],
    de: [
      [
        'Mikrofone in Raum {room} sind zu leise',
        'Wer per Video zugeschaltet ist, hört in Raum {room} kaum jemanden.',
        'Am Donnerstag tagt dort der Vorstand.',
        'Pegel neu eingestellt und Echounterdrückung kalibriert, mit zwei Anrufen von außen getestet.',
        'Eines der Deckenmikrofone war nach dem Streichen nicht angeschlossen. Wieder verbunden.',
      ],
    ],
  },
]
