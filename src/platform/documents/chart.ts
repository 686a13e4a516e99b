import { colours, FONT } from './house.ts'
import { printable, xml } from './printable.ts'

export interface Series {
  /** As it stands in the workbook, and beside the point that is labelled with it. */
  readonly name: string
  /** One for each category; null is a gap. */
  readonly values: readonly (number | null)[]
  readonly kind: 'line' | 'bars'
  readonly colour: string
  /** Of a line, in points; 0 draws its points only. */
  readonly width?: number
  readonly dashed?: boolean
  /** How a line's points are drawn; without it they are not. */
  readonly points?: { readonly symbol: 'circle' | 'square' | 'diamond'; readonly size: number }
  /** Points labelled with their value, and on which side of a line. */
  readonly valueAt?: readonly number[]
  /** What such labels say instead, by point: amounts and times in the language of whoever reads. */
  readonly says?: readonly string[]
  readonly labelled?: 'above' | 'below'
  /** The point labelled with the series' name. */
  readonly nameAt?: number
}

/** A chart that can be edited where it is shown. */
export interface Chart {
  readonly categories: readonly string[]
  readonly series: readonly Series[]
  readonly min?: number
  readonly max?: number
  /** Of values, as spreadsheets write it: `0.0"%"`. */
  readonly format: string
  /** Bars lie, categories from above. */
  readonly lying?: boolean
  /** Whether categories are labelled; where there is no room, somebody else says the first and the last. */
  readonly categoryLabels: 'all' | 'none'
  /** Points. */
  readonly fontSize: number
  /** Room for labels around the plot, as shares of the whole. */
  readonly room: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number }
}

const NAMESPACES =
  'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const CATEGORY_AXIS = 111
const VALUE_AXIS = 112
const EMU_PER_POINT = 12_700

/** The chart as DrawingML. Its data is also in a workbook, the relation `rId1`, in the columns that it names. */
export function chartXml(chart: Chart): string {
  const bars = chart.series.filter(({ kind }) => kind === 'bars')
  const lines = chart.series.filter(({ kind }) => kind === 'line')
  const { left, right, top, bottom } = chart.room
  const layout = `<c:layout><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/><c:x val="${left}"/><c:y val="${top}"/><c:w val="${1 - left - right}"/><c:h val="${1 - top - bottom}"/></c:manualLayout></c:layout>`
  return (
    `<?xml version="1.0" encoding="UTF-8" standalone="yes"?><c:chartSpace ${NAMESPACES}><c:roundedCorners val="0"/>` +
    `<c:chart><c:autoTitleDeleted val="1"/><c:plotArea>${layout}` +
    (bars.length > 0 ? barChart(chart, bars) : '') +
    (lines.length > 0 ? lineChart(chart, lines) : '') +
    categoryAxis(chart) +
    valueAxis(chart) +
    '<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr></c:plotArea><c:plotVisOnly val="1"/><c:dispBlanksAs val="gap"/></c:chart>' +
    `<c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${textXml(chart.fontSize, colours.ink2)}<c:externalData r:id="rId1"><c:autoUpdate val="0"/></c:externalData></c:chartSpace>`
  )
}

function barChart(chart: Chart, series: readonly Series[]): string {
  return (
    `<c:barChart><c:barDir val="${chart.lying ? 'bar' : 'col'}"/><c:grouping val="clustered"/><c:varyColors val="0"/>` +
    series.map((each) => seriesXml(chart, each)).join('') +
    `<c:gapWidth val="${chart.lying ? 45 : 60}"/><c:overlap val="0"/><c:axId val="${CATEGORY_AXIS}"/><c:axId val="${VALUE_AXIS}"/></c:barChart>`
  )
}

function lineChart(chart: Chart, series: readonly Series[]): string {
  return (
    '<c:lineChart><c:grouping val="standard"/><c:varyColors val="0"/>' +
    series.map((each) => seriesXml(chart, each)).join('') +
    `<c:marker val="1"/><c:axId val="${CATEGORY_AXIS}"/><c:axId val="${VALUE_AXIS}"/></c:lineChart>`
  )
}

function seriesXml(chart: Chart, series: Series): string {
  const { categories, format } = chart
  const index = chart.series.indexOf(series)
  const column = columnName(index + 1)
  const last = categories.length + 1
  const { kind, name, values } = series
  const labels = categories
    .map((category, at) => `<c:pt idx="${at}"><c:v>${xml(printable(category))}</c:v></c:pt>`)
    .join('')
  const points = values
    .map((value, at) => (value === null ? '' : `<c:pt idx="${at}"><c:v>${value}</c:v></c:pt>`))
    .join('')
  return (
    `<c:ser><c:idx val="${index}"/><c:order val="${index}"/><c:tx><c:strRef><c:f>Sheet1!$${column}$1</c:f><c:strCache><c:ptCount val="1"/><c:pt idx="0"><c:v>${xml(printable(name))}</c:v></c:pt></c:strCache></c:strRef></c:tx>` +
    (kind === 'line' ? lineShape(series) : `<c:spPr>${fill(series.colour)}</c:spPr><c:invertIfNegative val="0"/>`) +
    labelsXml(chart, series) +
    `<c:cat><c:strRef><c:f>Sheet1!$A$2:$A$${last}</c:f><c:strCache><c:ptCount val="${categories.length}"/>${labels}</c:strCache></c:strRef></c:cat>` +
    `<c:val><c:numRef><c:f>Sheet1!$${column}$2:$${column}$${last}</c:f><c:numCache><c:formatCode>${xml(format)}</c:formatCode><c:ptCount val="${values.length}"/>${points}</c:numCache></c:numRef></c:val>` +
    (kind === 'line' ? '<c:smooth val="0"/></c:ser>' : '</c:ser>')
  )
}

function lineShape({ colour, width = 1.25, dashed = false, points }: Series): string {
  const dash = `<a:prstDash val="${dashed ? 'sysDot' : 'solid'}"/>`
  const line = `<a:ln w="${Math.round(width * EMU_PER_POINT)}" cap="rnd">${width === 0 ? '<a:noFill/>' : fill(colour)}${dash}<a:round/></a:ln>`
  const marker =
    points === undefined
      ? '<c:symbol val="none"/>'
      : `<c:symbol val="${points.symbol}"/><c:size val="${points.size}"/><c:spPr>${fill(colour)}<a:ln w="6350">${fill(colour)}</a:ln></c:spPr>`
  return `<c:spPr>${line}</c:spPr><c:marker>${marker}</c:marker>`
}

function labelsXml(chart: Chart, { kind, colour, valueAt = [], says, labelled = 'above', nameAt }: Series): string {
  const at = [...new Set([...valueAt, ...(nameAt === undefined ? [] : [nameAt])])].toSorted((one, other) => one - other)
  const single = at.map((index) => {
    const own = kind === 'line' ? colour : colours.ink2
    const isName = index === nameAt
    const position = kind === 'bars' ? 'outEnd' : isName ? 'r' : labelled === 'above' ? 't' : 'b'
    const text = isName ? undefined : says?.[index]
    return (
      `<c:dLbl><c:idx val="${index}"/>${text === undefined ? '' : saidXml(text, chart.fontSize, own)}<c:numFmt formatCode="${xml(chart.format)}" sourceLinked="0"/><c:spPr><a:noFill/><a:ln><a:noFill/></a:ln></c:spPr>${textXml(chart.fontSize, own)}` +
      `<c:dLblPos val="${position}"/>${shown({ value: !isName, name: isName })}</c:dLbl>`
    )
  })
  return `<c:dLbls>${single.join('')}${shown({ value: false, name: false })}</c:dLbls>`
}

/** A label in words of its own. */
function saidXml(text: string, size: number, colour: string): string {
  const run = `<a:rPr sz="${Math.round(size * 100)}" b="0">${fill(colour)}<a:latin typeface="${FONT}"/><a:cs typeface="${FONT}"/></a:rPr>`
  return `<c:tx><c:rich><a:bodyPr rot="0" vert="horz" wrap="none"/><a:lstStyle/><a:p><a:r>${run}<a:t>${xml(printable(text))}</a:t></a:r></a:p></c:rich></c:tx>`
}

function shown({ value, name }: { readonly value: boolean; readonly name: boolean }): string {
  return `<c:showLegendKey val="0"/><c:showVal val="${value ? 1 : 0}"/><c:showCatName val="0"/><c:showSerName val="${name ? 1 : 0}"/><c:showPercent val="0"/><c:showBubbleSize val="0"/>`
}

function categoryAxis({ categoryLabels, lying = false, fontSize }: Chart): string {
  return (
    `<c:catAx><c:axId val="${CATEGORY_AXIS}"/><c:scaling><c:orientation val="${lying ? 'maxMin' : 'minMax'}"/></c:scaling><c:delete val="0"/><c:axPos val="${lying ? 'l' : 'b'}"/>` +
    `<c:numFmt formatCode="General" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="${categoryLabels === 'none' ? 'none' : 'low'}"/>` +
    `<c:spPr><a:ln w="6350">${fill(colours.line)}</a:ln></c:spPr>${textXml(fontSize, colours.ink2)}<c:crossAx val="${VALUE_AXIS}"/><c:crosses val="autoZero"/>` +
    `<c:auto val="0"/><c:lblAlgn val="ctr"/><c:lblOffset val="100"/><c:tickLblSkip val="1"/><c:tickMarkSkip val="1"/><c:noMultiLvlLbl val="1"/></c:catAx>`
  )
}

/** Never drawn: values stand at their points. */
function valueAxis({ min, max, format, lying = false }: Chart): string {
  const scale = `${max === undefined ? '' : `<c:max val="${max}"/>`}${min === undefined ? '' : `<c:min val="${min}"/>`}`
  return (
    `<c:valAx><c:axId val="${VALUE_AXIS}"/><c:scaling><c:orientation val="minMax"/>${scale}</c:scaling><c:delete val="1"/><c:axPos val="${lying ? 't' : 'l'}"/>` +
    `<c:numFmt formatCode="${xml(format)}" sourceLinked="0"/><c:majorTickMark val="none"/><c:minorTickMark val="none"/><c:tickLblPos val="nextTo"/><c:crossAx val="${CATEGORY_AXIS}"/><c:crosses val="min"/><c:crossBetween val="between"/></c:valAx>`
  )
}

function fill(colour: string): string {
  return `<a:solidFill><a:srgbClr val="${colour}"/></a:solidFill>`
}

function textXml(size: number, colour: string): string {
  return `<c:txPr><a:bodyPr rot="0" vert="horz"/><a:lstStyle/><a:p><a:pPr><a:defRPr sz="${Math.round(size * 100)}" b="0">${fill(colour)}<a:latin typeface="${FONT}"/><a:cs typeface="${FONT}"/></a:defRPr></a:pPr><a:endParaRPr lang="en-GB"/></a:p></c:txPr>`
}

/** `A` for 0. */
export function columnName(index: number): string {
  return index < 26
    ? String.fromCharCode(65 + index)
    : `${columnName(Math.floor(index / 26) - 1)}${columnName(index % 26)}`
}
