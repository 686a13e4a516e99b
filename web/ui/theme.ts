import {
  createTheme,
  type CSSVariablesResolver,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  type MantineThemeComponents,
} from '@mantine/core'
import classes from './theme.module.css'

/** From ink to paper; 6 is filled on light, 0 on dark. */
const ink: MantineColorsTuple = [
  '#eae8e3',
  '#dedbd2',
  '#c3c2bd',
  '#9a9b97',
  '#85898d',
  '#64676a',
  '#1b1d1f',
  '#1b1d1f',
  '#141618',
  '#0f1112',
]

const inputs = { classNames: { input: classes.input, wrapper: classes.wrapper } }

/** Not by the components' own `extend`: naming them here would bring all of them into the first load. */
const components: MantineThemeComponents = {
  Input: inputs,
  InputWrapper: {
    classNames: { label: classes.label, description: classes.hint, error: classes.error, required: classes.required },
    defaultProps: { inputWrapperOrder: ['label', 'description', 'input', 'error'] },
  },
  TextInput: inputs,
  PasswordInput: {
    classNames: { input: classes.input, innerInput: classes.inner, visibilityToggle: classes.eye },
  },
  NumberInput: inputs,
  Textarea: inputs,
  Select: {
    classNames: { ...inputs.classNames, dropdown: classes.dropdown, option: classes.option, empty: classes.nothing },
    // In its place on the page, for readers; fixed on the screen, so that a dialog does not cut it off.
    defaultProps: { comboboxProps: { withinPortal: false, floatingStrategy: 'fixed' } },
  },
  Checkbox: {
    classNames: {
      input: classes.box,
      icon: classes.boxIcon,
      inner: classes.boxInner,
      label: classes.boxLabel,
      description: classes.boxHint,
      error: classes.error,
    },
    defaultProps: { size: 'xs', color: 'ink' },
  },
  Radio: {
    classNames: {
      radio: classes.box,
      icon: classes.boxIcon,
      inner: classes.boxInner,
      label: classes.boxLabel,
      description: classes.boxHint,
      error: classes.error,
    },
    defaultProps: { size: 'xs', color: 'ink' },
  },
  Popover: {
    classNames: { dropdown: classes.floating },
    defaultProps: { shadow: 'none', transitionProps: { duration: 0 }, offset: 4 },
  },
  Modal: {
    classNames: {
      content: classes.modal,
      header: classes.modalHeader,
      title: classes.modalTitle,
      body: classes.modalBody,
      close: classes.close,
      overlay: classes.veil,
    },
    defaultProps: {
      transitionProps: { duration: 0 },
      shadow: 'none',
      overlayProps: { backgroundOpacity: 0 },
      yOffset: '10dvh',
    },
  },
}

/** The component library in our clothes: it gives inputs, what floats, and the keeping of the focus; we give the look. */
export const theme = createTheme({
  white: '#ffffff',
  black: '#1b1d1f',
  colors: { ink },
  primaryColor: 'ink',
  primaryShade: { light: 6, dark: 0 },
  autoContrast: true,
  fontFamily: 'inherit',
  fontSizes: { xs: '12.5px', sm: '13.5px', md: '15px', lg: '17px', xl: '25px' },
  lineHeights: { xs: '17px', sm: '19px', md: '22px', lg: '24px', xl: '31px' },
  spacing: { xs: '4px', sm: '8px', md: '16px', lg: '24px', xl: '32px' },
  defaultRadius: '3px',
  focusRing: 'auto',
  respectReducedMotion: true,
  cursorType: 'pointer',
  components,
})

/** What the library's variables are among our tokens; the tokens know light and dark by themselves. */
export const cssVariables: CSSVariablesResolver = () => {
  const tokens = {
    '--mantine-color-body': 'var(--pl-paper)',
    '--mantine-color-text': 'var(--pl-ink)',
    '--mantine-color-bright': 'var(--pl-ink)',
    '--mantine-color-dimmed': 'var(--pl-ink-2)',
    '--mantine-color-placeholder': 'var(--pl-ink-3)',
    '--mantine-color-error': 'var(--pl-miss-t)',
    '--mantine-color-success': 'var(--pl-met-t)',
    '--mantine-color-disabled': 'var(--pl-sunk)',
    '--mantine-color-disabled-color': 'var(--pl-ink-3)',
    '--mantine-color-disabled-border': 'var(--pl-edge)',
    '--mantine-color-default': 'var(--pl-surface)',
    '--mantine-color-default-hover': 'var(--pl-sunk)',
    '--mantine-color-default-color': 'var(--pl-ink)',
    '--mantine-color-default-border': 'var(--pl-edge)',
    '--mantine-color-anchor': 'var(--pl-door)',
  }
  return { variables: {}, light: tokens, dark: tokens }
}

/** Light, dark, or as the system says. `web/public/theme.js` reads the same key before the first picture. */
export const schemeManager = localStorageColorSchemeManager({ key: 'plumbline.scheme' })
