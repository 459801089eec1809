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
      {(said) => <ToldLine words={said()} icon={props.preset.icon} onChange={props.preset.onChange} />}
    </Show>
  );
}

export function ToldLine(props: {
  words: string;
  icon?: IconName | undefined;
  onChange?: (() => void) | undefined;
}): JSX.Element {
  return (
    <div class="told">
      <Show when={props.icon}>{(name) => <Icon name={name()} />}</Show>
      <span class="grow">{props.words}</span>
      <Show when={props.onChange}>
        {(change) => (
          <button
            type="button"
            class="chg"
            aria-label={t('forms.changeWhat', { what: props.words })}
            onClick={() => change()()}
          >
            {t('forms.change')}
          </button>
        )}
      </Show>
    </div>
  );
}
