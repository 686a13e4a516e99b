import type { Subject } from './subject.ts'

/** Scanners in the halls. What goes wrong after the firmware of the bad month stands in `../stories.ts`. */
export const scanning: readonly Subject[] = [
  {
    key: 'scanner-wifi',
    category: 'Network',
    weight: 4,
    team: 'network',
    supplier: 'quersee',
    firstContact: 0.1,
    reach: 'group',
    pressing: 0.5,
    sites: ['warehouse'],
    en: [
      [
        'Scanners lose Wi-Fi between aisles in hall {hall}',
        'In hall {hall} scanners lose the Wi-Fi when going from one aisle to the next.',
        'Pickers wait up to a minute at the end of each aisle.',
        'Access point {ap} sent on the same channel as its neighbour. Changed and walked through with two scanners.',
      ],
      [
        'No Wi-Fi for scanners at gate {gate}',
        'At gate {gate} scanners have no Wi-Fi when the door is open.',
        'Arrivals are booked from paper later.',
        'Turned the antenna of {ap} towards the gate; full signal with the door open.',
        'Added an access point at gate {gate}.',
      ],
    ],
    de: [
      [
        'Scanner verlieren in Halle {hall} zwischen den Gängen das WLAN',
        'In Halle {hall} verlieren Scanner das WLAN, wenn man von einem Gang in den nächsten geht.',
        'Am Ende jedes Gangs wird bis zu einer Minute gewartet.',
        'Access Point {ap} sendete auf demselben Kanal wie sein Nachbar. Geändert und mit zwei Scannern abgelaufen.',
      ],
      [
        'Kein WLAN für Scanner an Tor {gate}',
        'An Tor {gate} haben Scanner kein WLAN, wenn das Tor offen ist.',
        'Wareneingänge werden später vom Papier nachgebucht.',
        'Antenne von {ap} zum Tor gedreht, volle Feldstärke bei offenem Tor.',
        'An Tor {gate} einen Access Point ergänzt.',
      ],
    ],
  },
  {
    key: 'scanner-battery',
    category: 'Hardware',
    weight: 5,
    team: 'field',
    supplier: 'halvorn',
    firstContact: 0.1,
    reach: 'person',
    pressing: 0.3,
    sites: ['warehouse'],
    en: [
      [
        'Handheld {scanner} is empty within two hours',
        'The battery of handheld {scanner} is empty after two hours.',
        'It has to be exchanged twice a shift.',
        'Battery worn out, replaced from the stock on site.',
        'The display was set to full brightness without time-out. Corrected by profile.',
      ],
      [
        'Charging cradle does not charge',
        'Of the cradle in hall {hall} only {some} of eight slots charge.',
        'The late shift starts with half-empty scanners.',
        'Contacts cleaned and a power supply exchanged; all eight slots charge.',
      ],
    ],
    de: [
      [
        'Handscanner {scanner} ist nach zwei Stunden leer',
        'Der Akku von Handscanner {scanner} ist nach zwei Stunden leer.',
        'Er muss zweimal pro Schicht getauscht werden.',
        'Akku verschlissen, aus dem Bestand vor Ort ersetzt.',
        'Das Display stand auf voller Helligkeit ohne Abschaltung. Per Profil korrigiert.',
      ],
      [
        'Ladestation lädt nicht',
        'An der Ladestation in Halle {hall} laden nur {some} von acht Plätzen.',
        'Die Spätschicht beginnt mit halb leeren Scannern.',
        'Kontakte gereinigt und ein Netzteil getauscht, alle acht Plätze laden.',
      ],
    ],
  },
  {
    key: 'scanner-frozen',
    category: 'Software',
    weight: 6,
    team: 'logistics-apps',
    firstContact: 0.45,
    reach: 'person',
    pressing: 0.35,
    restarted: true,
    sites: ['warehouse'],
    en: [
      [
        'Scanner {scanner} freezes on the pick list',
        'Scanner {scanner} freezes when the pick list has more than {many} lines.',
        'The list has to be started from the beginning.',
        'Updated the application on {scanner}; lists of two hundred lines run through.',
        'Cleared the stored lists of the last months on the device.',
      ],
      [
        'Scanner {scanner} shows another person’s task',
        'After signing in, {scanner} shows the task of the previous shift.',
        'Pallets were booked under the wrong name.',
        'The previous session had not been ended. Ended it; automatic sign-off is on now.',
      ],
    ],
    de: [
      [
        'Scanner {scanner} friert bei der Pickliste ein',
        'Scanner {scanner} friert ein, wenn die Pickliste mehr als {many} Zeilen hat.',
        'Die Liste muss von vorn begonnen werden.',
        'Anwendung auf {scanner} aktualisiert, Listen mit zweihundert Zeilen laufen durch.',
        'Gespeicherte Listen der letzten Monate auf dem Gerät gelöscht.',
      ],
      [
        'Scanner {scanner} zeigt die Aufgabe einer anderen Person',
        'Nach der Anmeldung zeigt {scanner} die Aufgabe der vorigen Schicht.',
        'Paletten wurden unter falschem Namen gebucht.',
        'Die vorige Sitzung war nicht beendet. Beendet, die automatische Abmeldung ist jetzt aktiv.',
      ],
    ],
  },
  {
    key: 'scanner-reads',
    category: 'Hardware',
    weight: 4,
    team: 'field',
    supplier: 'halvorn',
    firstContact: 0.2,
    reach: 'person',
    pressing: 0.3,
    sites: ['warehouse'],
    en: [
      [
        'Scanner {scanner} does not read barcodes',
        'Scanner {scanner} reads barcodes only at the third attempt, others read the same label at once.',
        'Numbers are typed in by hand.',
        'The window was scratched. Exchanged, reads at two metres.',
        'The code type had been switched off in the profile. Switched on.',
      ],
      [
        'Trigger of scanner {scanner} sticks',
        'The trigger of {scanner} sticks and the beam stays on.',
        'The battery does not last the shift.',
        'Trigger replaced by the workshop, spare device handed out meanwhile.',
      ],
    ],
    de: [
      [
        'Scanner {scanner} liest keine Barcodes',
        'Scanner {scanner} liest Barcodes erst beim dritten Versuch, andere lesen dasselbe Etikett sofort.',
        'Nummern werden von Hand eingetippt.',
        'Das Fenster war zerkratzt. Getauscht, liest auf zwei Meter.',
        'Die Codeart war im Profil abgeschaltet. Eingeschaltet.',
      ],
      [
        'Abzug von Scanner {scanner} klemmt',
        'Der Abzug von {scanner} klemmt, der Strahl bleibt an.',
        'Der Akku hält keine Schicht.',
        'Abzug in der Werkstatt ersetzt, so lange war ein Ersatzgerät ausgegeben.',
      ],
    ],
  },
]
