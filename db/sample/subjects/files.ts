import type { Subject } from './subject.ts'

export const files: readonly Subject[] = [
  {
    key: 'folder-access',
    category: 'Access',
    weight: 7,
    team: 'access',
    firstContact: 0.2,
    reach: 'person',
    pressing: 0.25,
    en: [
      [
        'No access to folder “{folder}”',
        'The folder “{folder}” answers with “access denied”.',
        'Figures have to be asked for by mail.',
        'Access granted after approval by the folder’s owner.',
        'The group for “{folder}” had been renamed. Membership moved over.',
      ],
      [
        'Folder “{folder}” is empty',
        'The folder “{folder}” opens, but shows no files; others see them.',
        'Work goes on with an old local copy.',
        'Only the folder’s top level had been shared. Shared its contents too.',
      ],
    ],
    de: [
      [
        'Kein Zugriff auf Ordner „{folder}“',
        'Der Ordner „{folder}“ meldet „Zugriff verweigert“.',
        'Zahlen müssen per Mail erfragt werden.',
        'Zugriff nach Freigabe durch die verantwortliche Person erteilt.',
        'Die Gruppe für „{folder}“ war umbenannt worden. Mitgliedschaft übertragen.',
      ],
      [
        'Ordner „{folder}“ ist leer',
        'Der Ordner „{folder}“ lässt sich öffnen, zeigt aber keine Dateien; andere sehen sie.',
        'Gearbeitet wird mit einer alten lokalen Kopie.',
        'Es war nur die oberste Ebene des Ordners freigegeben. Inhalt ebenfalls freigegeben.',
      ],
    ],
  },
  {
    key: 'locked-file',
    category: 'Data',
    weight: 4,
    team: 'workplace',
    firstContact: 0.7,
    reach: 'person',
    pressing: 0.3,
    en: [
      [
        'File is locked by somebody who is on leave',
        'The list in “{folder}” is open for reading only: locked by somebody who is on leave.',
        'Today’s entries are kept on paper.',
        'Closed the forgotten session on the server; the list can be edited.',
      ],
      [
        'File “in use” though nobody has it open',
        'A table in “{folder}” is reported as in use; everybody in {department} has closed it.',
        'The plan for tomorrow cannot be entered.',
        'A crashed program held the lock. Released it, no changes lost.',
      ],
    ],
    de: [
      [
        'Datei ist von jemandem im Urlaub gesperrt',
        'Die Liste in „{folder}“ lässt sich nur lesen: gesperrt von jemandem, der im Urlaub ist.',
        'Die Einträge von heute stehen auf Papier.',
        'Vergessene Sitzung auf dem Server geschlossen, die Liste lässt sich bearbeiten.',
      ],
      [
        'Datei „in Verwendung“, obwohl niemand sie offen hat',
        'Eine Tabelle in „{folder}“ gilt als in Verwendung, in der Abteilung {department} haben sie alle geschlossen.',
        'Der Plan für morgen kann nicht eingetragen werden.',
        'Ein abgestürztes Programm hielt die Sperre. Gelöst, keine Änderungen verloren.',
      ],
    ],
  },
  {
    key: 'deleted-file',
    category: 'Data',
    weight: 4,
    team: 'workplace',
    firstContact: 0.35,
    reach: 'person',
    pressing: 0.45,
    once: true,
    en: [
      [
        'Folder “{folder}” deleted by mistake',
        'While tidying up, the folder “{folder}” was deleted by mistake.',
        'The team needs the files for an audit.',
        'Restored from last night’s backup: {many} files, complete.',
      ],
      [
        'Older version of a table needed',
        'A table in “{folder}” was saved over with wrong numbers; yesterday’s version is needed.',
        'The plan is based on these numbers.',
        'Restored yesterday’s version beside the present one.',
      ],
    ],
    de: [
      [
        'Ordner „{folder}“ versehentlich gelöscht',
        'Beim Aufräumen wurde der Ordner „{folder}“ versehentlich gelöscht.',
        'Das Team braucht die Dateien für ein Audit.',
        'Aus der Sicherung der letzten Nacht wiederhergestellt: {many} Dateien, vollständig.',
      ],
      [
        'Ältere Fassung einer Tabelle benötigt',
        'Eine Tabelle in „{folder}“ wurde mit falschen Zahlen überschrieben, benötigt wird der Stand von gestern.',
        'Auf diesen Zahlen beruht die Planung.',
        'Fassung von gestern neben der heutigen wiederhergestellt.',
      ],
    ],
  },
  {
    key: 'share-slow',
    category: 'Network',
    weight: 3,
    team: 'network',
    firstContact: 0.1,
    reach: 'group',
    pressing: 0.3,
    en: [
      [
        'Opening files on the drive takes minutes',
        'Opening a file in “{folder}” takes up to {some} minutes, for everybody in {department}.',
        'Enquiries take much longer to answer.',
        'The virus check of the server read each file twice. Corrected; files open at once.',
        'A folder with {many},000 files was split by year; lists open quickly.',
      ],
    ],
    de: [
      [
        'Öffnen von Dateien auf dem Laufwerk dauert Minuten',
        'Eine Datei in „{folder}“ zu öffnen dauert bis zu {some} Minuten, für alle in der Abteilung {department}.',
        'Anfragen zu beantworten dauert entsprechend länger.',
        'Die Virenprüfung des Servers las jede Datei doppelt. Korrigiert, Dateien öffnen sich sofort.',
        'Ein Ordner mit {many}.000 Dateien wurde nach Jahren aufgeteilt, Listen öffnen sich schnell.',
      ],
    ],
  },
  {
    key: 'sync-conflict',
    category: 'Software',
    weight: 4,
    team: 'workplace',
    firstContact: 0.45,
    reach: 'person',
    pressing: 0.25,
    restarted: true,
    en: [
      [
        'Synchronisation stands still',
        'The synchronised folder on {laptop} has shown “{many} files pending” without any change.',
        'Colleagues see old versions.',
        'A file name with a forbidden character blocked it. Renamed; everything is in step.',
        'Signed in again to the synchronisation; it caught up within the hour.',
      ],
      [
        'Two versions of every file after synchronising',
        'After synchronising, each file in “{folder}” is there twice, one with the name of the laptop.',
        'It is unclear which one holds.',
        'Compared and kept the newer ones, switched off a second synchronisation program.',
      ],
    ],
    de: [
      [
        'Synchronisierung steht still',
        'Der synchronisierte Ordner auf {laptop} zeigt unverändert „{many} Dateien ausstehend“.',
        'Andere sehen alte Fassungen.',
        'Ein Dateiname mit unerlaubtem Zeichen blockierte sie. Umbenannt, alles ist wieder abgeglichen.',
        'An der Synchronisierung neu angemeldet, binnen einer Stunde hatte sie aufgeholt.',
      ],
      [
        'Nach dem Synchronisieren jede Datei doppelt',
        'Nach dem Synchronisieren ist jede Datei in „{folder}“ zweimal da, einmal mit dem Namen des Notebooks.',
        'Es ist unklar, welche gilt.',
        'Verglichen und die neueren behalten, ein zweites Synchronisierungsprogramm abgeschaltet.',
      ],
    ],
  },
]
