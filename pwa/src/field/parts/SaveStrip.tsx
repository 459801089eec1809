/** A phone that cannot save says so below the bar, in words, until it can. */
import './strip.css';
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Icon } from '../../ui';
import type { Autosave } from '../visit/autosave';

export function SaveStrip(props: { save: Autosave }): JSX.Element {
  const failed = () => {
    const saving = props.save.saving();
    return saving.at === 'failed' ? saving : null;
  };
  return (
    <Show when={failed()}>
      {(saving) => (
        <div class="strip asks" role="alert">
          <Icon name="triangle-alert" />
          <span class="grow">
            <b>{t('field.notSaved')}</b>
            <br />
            {saving().full ? t('field.notSavedFull') : t('field.notSavedText')}
          </span>
          <Button small onClick={() => void props.save.flush()}>
            {t('field.saveAgain')}
          </Button>
        </div>
      )}
    </Show>
  );
}
