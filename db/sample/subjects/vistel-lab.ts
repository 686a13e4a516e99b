import type { Subject } from './subject.ts'

export const lab: readonly Subject[] = [
  {
    key: 'lis-slow',
    category: 'Software',
    weight: 4,
    team: 'plant-apps',
    firstContact: 0.08,
    reach: 'group',
    pressing: 0.5,
    en: [
      [
        'Laboratory system is slow in the evening',
        'Between eight and ten in the evening each step in the laboratory system takes up to {count} seconds.',
        'Samples of the last courier wait.',
        'A statistics run used the same hours. Moved to the night; steps take less than a second.',
        'Old worklists archived; opening is quick again.',
      ],
    ],
    de: [
      [
        'Laborsystem ist am Abend langsam',
        'Zwischen acht und zehn am Abend dauert jeder Schritt im Laborsystem bis zu {count} Sekunden.',
        'Die Proben des letzten Kuriers bleiben liegen.',
        'Eine Statistik lief in denselben Stunden. In die Nacht verlegt, Schritte dauern unter einer Sekunde.',
        'Alte Arbeitslisten archiviert, das Öffnen geht wieder schnell.',
      ],
    ],
  },
  {
    key: 'order-not-found',
    once: true,
    category: 'Data',
    weight: 6,
    team: 'plant-apps',
    firstContact: 0.3,
    reach: 'person',
    pressing: 0.4,
    en: [
      [
        'Sample {order} has no order in the system',
        'Sample {order} arrived, but there is no order for it in the laboratory system.',
        'The sample waits in the fridge.',
        'The order had been sent to another lab of the group. Transferred.',
        'The practice had used an old form number. Order entered with the practice on the phone.',
      ],
      [
        'Two patients under one order number',
        'Order {order} shows two samples that belong to different patients.',
        'Both results are held back.',
        'A label had been used twice at the practice. Separated together with the practice; both results checked.',
      ],
    ],
    de: [
      [
        'Zu Probe {order} gibt es keinen Auftrag im System',
        'Probe {order} ist eingetroffen, im Laborsystem gibt es dazu aber keinen Auftrag.',
        'Die Probe wartet im Kühlschrank.',
        'Der Auftrag war an ein anderes Labor der Gruppe gegangen. Übertragen.',
        'Die Praxis hatte eine alte Formularnummer verwendet. Auftrag mit der Praxis am Telefon erfasst.',
      ],
      [
        'Zwei Personen unter einer Auftragsnummer',
        'Auftrag {order} zeigt zwei Proben, die zu verschiedenen Personen gehören.',
        'Beide Befunde werden zurückgehalten.',
        'In der Praxis war ein Etikett doppelt verwendet worden. Gemeinsam mit der Praxis getrennt, beide Befunde geprüft.',
      ],
    ],
  },
  {
    key: 'worklist',
    category: 'Software',
    weight: 5,
    team: 'plant-apps',
    firstContact: 0.35,
    reach: 'person',
    pressing: 0.4,
    restarted: true,
    en: [
      [
        'Worklist in area {hall} stays empty',
        'The worklist in area {hall} stays empty although {many} samples have been registered.',
        'Samples are sorted by hand.',
        'A filter on yesterday’s date had been saved. Removed.',
        'The workplace was assigned to the wrong department. Corrected.',
      ],
      [
        'Result cannot be validated',
        'The result of {order} cannot be validated: “locked by another user”.',
        'The practice has asked for it twice.',
        'A session left open in the night held the lock. Ended; result validated.',
      ],
    ],
    de: [
      [
        'Arbeitsliste in Bereich {hall} bleibt leer',
        'Die Arbeitsliste in Bereich {hall} bleibt leer, obwohl {many} Proben erfasst sind.',
        'Proben werden von Hand sortiert.',
        'Ein Filter auf das gestrige Datum war gespeichert. Entfernt.',
        'Der Arbeitsplatz war der falschen Abteilung zugeordnet. Korrigiert.',
      ],
      [
        'Befund lässt sich nicht freigeben',
        'Der Befund zu {order} lässt sich nicht freigeben: „Von anderem Benutzer gesperrt“.',
        'Die Praxis hat schon zweimal nachgefragt.',
        'Eine in der Nacht offen gelassene Sitzung hielt die Sperre. Beendet, Befund freigegeben.',
      ],
    ],
  },
  {
    key: 'sample-labels',
    category: 'Hardware',
    weight: 5,
    team: 'field',
    supplier: 'halvorn',
    firstContact: 0.25,
    reach: 'group',
    pressing: 0.5,
    restarted: true,
    sites: ['lab'],
    en: [
      [
        'Label printer {labelPrinter} at reception prints nothing',
        'The label printer {labelPrinter} at sample reception blinks red and prints nothing.',
        'Samples pile up at reception.',
        'Roller cleaned of glue and calibrated for the new labels.',
        'Exchanged for the spare printer, the other is in repair.',
      ],
      [
        'Analysers refuse the sample labels',
        'Since the new roll the analysers refuse about every tenth label of {labelPrinter}.',
        'These samples are entered by hand.',
        'The new roll is narrower. Layout adapted; fifty labels read without error.',
      ],
    ],
    de: [
      [
        'Etikettendrucker {labelPrinter} an der Annahme druckt nichts',
        'Der Etikettendrucker {labelPrinter} an der Probenannahme blinkt rot und druckt nichts.',
        'An der Annahme stauen sich die Proben.',
        'Walze von Kleber gereinigt und auf die neuen Etiketten kalibriert.',
        'Gegen das Ersatzgerät getauscht, der andere ist in Reparatur.',
      ],
      [
        'Analysegeräte lehnen die Probenetiketten ab',
        'Seit der neuen Rolle lehnen die Analysegeräte etwa jedes zehnte Etikett von {labelPrinter} ab.',
        'Diese Proben werden von Hand eingegeben.',
        'Die neue Rolle ist schmaler. Layout angepasst, fünfzig Etiketten fehlerfrei gelesen.',
      ],
    ],
  },
]
