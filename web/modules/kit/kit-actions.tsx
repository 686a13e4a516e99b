import { useState } from 'react'
import { ActionLink, Button, Buttons, LinkButton, TextButton } from '#web/ui/button.tsx'
import { Chips, Tab, Tabs } from '#web/ui/chips.tsx'
import { Dialog } from '#web/ui/dialog.tsx'
import { Kbd } from '#web/ui/kbd.tsx'
import { Menu, MenuItem } from '#web/ui/menu.tsx'
import { useText } from '#web/ui/text.tsx'
import classes from './kit-page.module.css'

/** Buttons, links, a menu, a dialog, chips. */
export function KitActions() {
  const t = useText()
  const [open, setOpen] = useState(false)
  const [chip, setChip] = useState<'all' | 'clocks' | 'messages'>('all')
  return (
    <>
      <Buttons>
        <Button main keys="Enter">
          {t('kit.actions.main')}
        </Button>
        <Button onClick={() => setOpen(true)}>{t('kit.actions.dialog')}</Button>
        <Button busy>{t('kit.actions.busy')}</Button>
      </Buttons>
      <Buttons>
        <Button barred={t('kit.actions.barred-why')}>{t('kit.actions.barred')}</Button>
      </Buttons>
      <Buttons>
        <LinkButton to="/kit">{t('kit.actions.link')}</LinkButton>
        <Menu button={<Button>{t('kit.actions.menu')}</Button>}>
          <MenuItem onClick={() => setOpen(true)}>{t('kit.actions.menu-first')}</MenuItem>
          <MenuItem onClick={() => setOpen(true)}>{t('kit.actions.menu-second')}</MenuItem>
          <MenuItem onClick={() => setOpen(true)} barred={t('kit.actions.barred-why')}>
            {t('kit.actions.menu-off')}
          </MenuItem>
        </Menu>
      </Buttons>
      <p className={classes.line}>
        <ActionLink to="/kit">{t('kit.actions.next')}</ActionLink>
        <TextButton onClick={() => setOpen(true)}>{t('kit.actions.text')}</TextButton>
        <Kbd keys="mod+k" />
        <Kbd keys="j k" />
      </p>
      <Chips
        label={t('kit.actions.chips')}
        value={chip}
        onChange={setChip}
        chips={[
          { value: 'all', label: t('kit.actions.chip-all'), count: 1203 },
          { value: 'clocks', label: t('kit.actions.chip-clocks'), count: 9 },
          { value: 'messages', label: t('kit.actions.chip-messages'), count: 6 },
        ]}
      />
      <Tabs label={t('kit.actions.tabs')}>
        <Tab to="/kit">{t('kit.title')}</Tab>
        <Tab to="/sign-in">{t('kit.actions.tab-other')}</Tab>
      </Tabs>
      {open && (
        <Dialog title={t('kit.actions.dialog-title')} onClose={() => setOpen(false)}>
          <p style={{ marginBottom: 16 }}>{t('kit.actions.dialog-text')}</p>
          <Buttons>
            <Button main onClick={() => setOpen(false)} data-autofocus>
              {t('kit.actions.dialog-do')}
            </Button>
            <Button onClick={() => setOpen(false)}>{t('ui.cancel')}</Button>
          </Buttons>
        </Dialog>
      )}
    </>
  )
}
