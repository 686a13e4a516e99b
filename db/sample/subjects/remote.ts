import type { Subject } from './subject.ts'

export const remote: readonly Subject[] = [
  {
    key: 'vpn-drops',
    category: 'Network',
    weight: 6,
    team: 'network',
    firstContact: 0.25,
    reach: 'person',
    pressing: 0.35,
    restarted: true,
    en: [
      [
        'VPN drops each half hour from home',
        'From home the VPN drops about every half hour and has to be opened again.',
        'Files that are open lose their connection each time.',
        'The home router renewed its address every half hour. Explained the setting; stable since.',
        'Updated the VPN program on {laptop}; connected for four hours without a break.',
      ],
      [
        'VPN breaks off as soon as a call begins',
        'As soon as a video call begins, the VPN on {laptop} breaks off.',
        'Meetings are joined by phone.',
        'Calls now go past the VPN, as intended; the setting had been missing on {laptop}.',
      ],
    ],
    de: [
      [
        'VPN bricht zu Hause jede halbe Stunde ab',
        'Zu Hause bricht das VPN etwa jede halbe Stunde ab und muss neu aufgebaut werden.',
        'Offene Dateien verlieren jedes Mal die Verbindung.',
        'Der Router zu Hause erneuerte jede halbe Stunde seine Adresse. Einstellung erklärt, seither stabil.',
        'VPN-Programm auf {laptop} aktualisiert, vier Stunden ohne Abbruch verbunden.',
      ],
      [
        'VPN bricht ab, sobald ein Gespräch beginnt',
        'Sobald ein Videogespräch beginnt, bricht auf {laptop} das VPN ab.',
        'An Besprechungen wird per Telefon teilgenommen.',
        'Gespräche laufen jetzt wie vorgesehen am VPN vorbei, die Einstellung hatte auf {laptop} gefehlt.',
      ],
    ],
  },
  {
    key: 'vpn-refused',
    category: 'Access',
    weight: 6,
    team: 'access',
    firstContact: 0.5,
    reach: 'person',
    pressing: 0.6,
    restarted: true,
    en: [
      [
        'VPN connection is refused',
        'The VPN refuses the connection with “authentication failed”; signing in to mail works.',
        'No work from home possible.',
        'The account had lost its group for remote access. Added after approval.',
        'The clock of {laptop} was {minutes} minutes wrong, so codes were refused. Set it right.',
      ],
      [
        'VPN stops at “checking device”',
        'The VPN stops at “checking device” and reports a missing update.',
        'Without the VPN neither drives nor the order system can be reached.',
        'Installed the missing update together over the phone; connection is accepted.',
      ],
    ],
    de: [
      [
        'VPN-Verbindung wird abgelehnt',
        'Das VPN lehnt die Verbindung mit „Anmeldung fehlgeschlagen“ ab, die Anmeldung an der Mail klappt.',
        'Von zu Hause ist kein Arbeiten möglich.',
        'Dem Konto fehlte die Gruppe für den Fernzugriff. Nach Freigabe hinzugefügt.',
        'Die Uhr von {laptop} ging {minutes} Minuten falsch, daher wurden Codes abgelehnt. Richtig gestellt.',
      ],
      [
        'VPN bleibt bei „Gerät wird geprüft“ stehen',
        'Das VPN bleibt bei „Gerät wird geprüft“ stehen und meldet ein fehlendes Update.',
        'Ohne VPN sind weder Laufwerke noch das Bestellsystem erreichbar.',
        'Fehlendes Update gemeinsam am Telefon installiert, die Verbindung wird angenommen.',
      ],
    ],
  },
  {
    key: 'remote-slow',
    category: 'Network',
    weight: 4,
    team: 'network',
    firstContact: 0.2,
    reach: 'person',
    pressing: 0.2,
    en: [
      [
        'Remote desktop is very slow',
        'The remote desktop reacts with a second of delay, typing appears in blocks.',
        'Entering data takes three times as long.',
        'Moved the session to a server with free capacity; delay is gone.',
        'The Wi-Fi at home was the cause; with a cable it is fast. Advice sent.',
      ],
    ],
    de: [
      [
        'Remotedesktop ist sehr langsam',
        'Der Remotedesktop reagiert mit einer Sekunde Verzögerung, Getipptes erscheint blockweise.',
        'Die Datenerfassung dauert dreimal so lange.',
        'Sitzung auf einen Server mit freier Kapazität verschoben, die Verzögerung ist weg.',
        'Ursache war das WLAN zu Hause, mit Kabel ist es schnell. Hinweise dazu geschickt.',
      ],
    ],
  },
  {
    key: 'partner-access',
    sites: ['factory', 'lab', 'warehouse'],
    category: 'Access',
    weight: 2,
    team: 'access',
    firstContact: 0.1,
    reach: 'group',
    pressing: 0.5,
    en: [
      [
        'Service partner cannot reach the machine controls',
        'The partner who maintains the machines cannot sign in to the maintenance access.',
        'A technician waits on the phone.',
        'The partner’s access had expired on the first of the month. Extended for {count} months after approval by the owner.',
      ],
    ],
    de: [
      [
        'Servicepartner kommt nicht auf die Maschinensteuerung',
        'Der Partner, der die Anlagen wartet, kann sich am Wartungszugang nicht anmelden.',
        'Ein Techniker wartet am Telefon.',
        'Der Zugang des Partners war zum Monatsersten abgelaufen. Nach Freigabe um {count} Monate verlängert.',
      ],
    ],
  },
]
