/** A recording or a film that this browser cannot decode: it is whole all the same, and another player may know it. */
import type { JSX } from 'solid-js';
import { t } from '../../i18n';
import { FieldError, Icon } from '../../ui';

/** `name`: what the file is called when it is saved; without one the browser finds a name. */
export function Unplayed(props: { src: string; name?: string | undefined; words: string }): JSX.Element {
  return (
    <div class="unplayed">
      <FieldError words={props.words} />
      <a class="btn line small" href={props.src} download={props.name ?? ''}>
        <Icon name="download" />
        {t('forms.saveFile')}
      </a>
    </div>
  );
}
