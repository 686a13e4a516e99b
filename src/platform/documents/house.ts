/** Colours of documents, as RRGGBB: those of the screens on white and paper. */
export const colours = {
  paper: 'FBFAF7',
  surface: 'FFFFFF',
  sunk: 'F3F1EC',
  ink: '1B1D1F',
  ink2: '4A4D50',
  ink3: '64676A',
  line: 'DEDBD2',
  muted: 'B9B5AA',
  edge: '85827A',
  met: '257C60',
  metText: '176A50',
  soon: 'BF7A06',
  soonText: '885200',
  miss: 'AD241C',
  missText: '9C1F18',
  missWash: 'FAEAE6',
  felt: '843A74',
  feltText: '7A3069',
} as const

/** Every machine has it, or one as wide: what is measured here fits there. */
export const FONT = 'Arial'
