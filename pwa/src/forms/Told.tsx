/** What was known before the form: shown in a line, not asked, with a way to change it. */
import { type JSX, Show } from 'solid-js';
import { t } from '../i18n';
import { Icon, type IconName } from '../ui';
import type { Filling } from './filling';
import { inWords } from './widgets/widget';

export interface Preset {
  readonly path: string;
  /** null: the page shows it elsewhere (the person, in the bar above). Left out: the question's own answer in words. */
  readonly words?: string | null;
  readonly icon?: IconName;
  readonly onChange?: () => void;
}

export function Told(props: { filling: Filling; preset: Preset }): JSX.Element {
  const words = () => {
    if (props.preset.words !== undefined) return props.preset.words;
    const question = props.filling.question(props.preset.path);
    return question?.relevant === true ? inWords(question) : null;
  };
  return (
    <Show when={words()}>
      {(said) => (
        <div class="told">
          <Show when={props.preset.icon}>{(name) => <Icon name={name()} />}</Show>
          <span class="grow">{said()}</span>
          <Show when={props.preset.onChange}>
            {(change) => (
              <button
                type="button"
                class="chg"
                aria-label={t('forms.changeWhat', { what: said() })}
                onClick={() => change()()}
              >
                {t('forms.change')}
              </button>
            )}
          </Show>
        </div>
      )}
    </Show>
  );
}
