import type { Subject } from './subject.ts'

export const printing: readonly Subject[] = [
  {
    key: 'offline',
    category: 'Hardware',
    weight: 7,
    team: 'field',
    firstContact: 0.35,
    reach: 'group',
    pressing: 0.25,
    restarted: true,
    en: [
      [
        'Printer {printer} is offline',
        'Printer {printer} on floor {floor} shows as offline; jobs wait in the queue.',
        'Documents are printed one floor up meanwhile.',
        'The printer had got another network address. Fixed it; {count} waiting jobs printed.',
        'A stuck job blocked the queue. Removed, printing works.',
      ],
      [
        'Nothing comes out of printer {printer}',
        'Jobs to {printer} disappear from the queue, but nothing comes out.',
        'Papers for the afternoon are missing.',
        'The paper tray was set to a format that is not there. Set to A4.',
        'Reinstalled the driver on the print server and printed a test page.',
      ],
    ],
    de: [
      [
        'Drucker {printer} ist offline',
        'Drucker {printer} im {floor}. Stock wird als offline angezeigt, Aufträge stehen in der Warteschlange.',
        'Gedruckt wird so lange ein Stockwerk höher.',
        'Der Drucker hatte eine andere Netzwerkadresse bekommen. Fest eingestellt, {count} wartende Aufträge wurden gedruckt.',
        'Ein hängender Auftrag blockierte die Warteschlange. Entfernt, der Druck läuft.',
      ],
      [
        'Aus Drucker {printer} kommt nichts heraus',
        'Aufträge an {printer} verschwinden aus der Warteschlange, aber es kommt kein Papier.',
        'Die Unterlagen für den Nachmittag fehlen.',
        'Das Papierfach war auf ein Format eingestellt, das nicht eingelegt ist. Auf A4 gestellt.',
        'Treiber auf dem Druckserver neu installiert und eine Testseite gedruckt.',
      ],
    ],
  },
  {
    key: 'jam',
    category: 'Hardware',
    weight: 5,
    team: 'field',
    supplier: 'halvorn',
    firstContact: 0.2,
    reach: 'group',
    pressing: 0.2,
    en: [
      [
        'Paper jam in {printer} every few pages',
        '{printer} jams every few pages, always at the upper rollers.',
        'Longer documents cannot be printed there.',
        'Rollers worn out, replaced. Printed a hundred pages without a jam.',
        'Damp paper had been loaded from a new pallet. Exchanged, runs smoothly.',
      ],
      [
        'Prints of {printer} have a grey stripe',
        'Each page from {printer} has a grey stripe on the left.',
        'Papers for customers look unprofessional.',
        'Drum cleaned and toner exchanged; prints are clean.',
        'Transfer belt at its end, replaced by the service partner.',
      ],
    ],
    de: [
      [
        'Papierstau in {printer} alle paar Seiten',
        'In {printer} staut sich alle paar Seiten das Papier, immer an den oberen Walzen.',
        'Längere Dokumente lassen sich dort nicht drucken.',
        'Walzen verschlissen und ersetzt. Hundert Seiten ohne Stau gedruckt.',
        'Es war feuchtes Papier von einer neuen Palette eingelegt. Getauscht, läuft einwandfrei.',
      ],
      [
        'Ausdrucke von {printer} haben einen grauen Streifen',
        'Jede Seite aus {printer} hat links einen grauen Streifen.',
        'Unterlagen für Kunden sehen unprofessionell aus.',
        'Trommel gereinigt und Toner getauscht, die Ausdrucke sind sauber.',
        'Das Transferband war am Ende und wurde vom Servicepartner ersetzt.',
      ],
    ],
  },
  {
    key: 'badge-release',
    category: 'Access',
    weight: 4,
    team: 'access',
    firstContact: 0.55,
    reach: 'person',
    pressing: 0.25,
    en: [
      [
        'Badge is not accepted at the printer',
        'Printer {printer} answers the badge with “unknown user”.',
        'Print jobs pile up and are deleted after a day.',
        'The new badge had not been linked to the account. Linked, prints are released.',
      ],
      [
        'Print job is missing after holding up the badge',
        'After holding up the badge, {printer} shows an empty list although {some} jobs were sent.',
        'Contracts have to be printed by somebody else.',
        'Jobs had gone to the old print queue. Removed it from {laptop}.',
      ],
    ],
    de: [
      [
        'Ausweis wird am Drucker nicht angenommen',
        'Drucker {printer} quittiert den Ausweis mit „Unbekannter Benutzer“.',
        'Druckaufträge sammeln sich und werden nach einem Tag gelöscht.',
        'Der neue Ausweis war noch nicht mit dem Konto verknüpft. Verknüpft, der Druck wird freigegeben.',
      ],
      [
        'Druckauftrag fehlt nach dem Vorhalten des Ausweises',
        'Nach dem Vorhalten des Ausweises zeigt {printer} eine leere Liste, obwohl {some} Aufträge gesendet wurden.',
        'Verträge muss jemand anderes ausdrucken.',
        'Die Aufträge gingen an die alte Warteschlange. Auf {laptop} entfernt.',
      ],
    ],
  },
  {
    key: 'scan-to-mail',
    category: 'Interface',
    weight: 4,
    team: 'workplace',
    firstContact: 0.3,
    reach: 'group',
    pressing: 0.2,
    en: [
      [
        'Scan to mail does not arrive',
        'Scans from {printer} do not arrive by mail; the printer says “sent”.',
        'Signed papers are photographed with the phone.',
        'The printer’s mail account had expired. Renewed; test scan arrived within a minute.',
        'Scans were larger than the permitted attachment. Resolution reduced, large ones go to a folder.',
      ],
    ],
    de: [
      [
        'Scan an Mail kommt nicht an',
        'Scans von {printer} kommen nicht per Mail an, der Drucker meldet „Gesendet“.',
        'Unterschriebene Papiere werden mit dem Handy fotografiert.',
        'Das Mailkonto des Druckers war abgelaufen. Erneuert, ein Testscan kam binnen einer Minute an.',
        'Die Scans waren größer als erlaubt. Auflösung verringert, große landen jetzt in einem Ordner.',
      ],
    ],
  },
  {
    key: 'wrong-printer',
    category: 'Software',
    weight: 3,
    team: 'workplace',
    firstContact: 0.75,
    reach: 'person',
    pressing: 0.1,
    en: [
      [
        'Print jobs always go to the wrong printer',
        'Whatever is chosen, jobs from {laptop} go to a printer in another building.',
        'Each print is a walk across the yard.',
        'The default had been set by a policy for another site. Set to {printer}.',
      ],
    ],
    de: [
      [
        'Druckaufträge landen immer am falschen Drucker',
        'Was auch gewählt wird: Aufträge von {laptop} landen an einem Drucker in einem anderen Gebäude.',
        'Jeder Ausdruck ist ein Weg über den Hof.',
        'Der Standarddrucker kam aus einer Richtlinie für einen anderen Standort. Auf {printer} gestellt.',
      ],
    ],
  },
]
