/** The foot of a form: whether it is saved, what is left, the way on and the way back. */
import { type JSX, Match, Show, Switch } from 'solid-js';
import { t } from '../i18n';
import { Button, Icon, type IconName } from '../ui';

/** How the draft stands on the phone; left out by pages that keep none. */
export type Saving = 'saved' | 'saving' | 'failed';

export interface DockProps {
  saving: Saving | undefined;
  /** Said only where it goes wrong: on a page of three taps there is nothing to reassure about. */
  quiet: boolean;
  left: number;
  failed: string | null;
  busy: boolean;
  onBack: (() => void) | undefined;
  last: boolean;
  lastWords: string;
  lastIcon?: IconName;
  onNext: () => void;
}

export function Dock(props: DockProps): JSX.Element {
  return (
    <footer class="dock action">
      <div role="status" class="foot-note">
        <Switch>
          <Match when={props.failed ?? (props.saving === 'failed' && t('forms.notSaved'))}>
            {(words) => (
              <p class="saved-note asks">
                <Icon name="circle-alert" size="sm" />
                <span>{words()}</span>
              </p>
            )}
          </Match>
          <Match when={props.left > 0}>
            <p class="saved-note asks">
              <Icon name="circle-alert" size="sm" />
              <span>{t('forms.nLeft', { n: props.left })}</span>
            </p>
          </Match>
          <Match when={!props.quiet && props.saving}>
            <p class="saved-note">
              <Show when={props.saving === 'saved'} fallback={t('forms.saving')}>
                <Icon name="check" size="sm" />
                <span>
                  {t('forms.saved')}
                  <span class="not-large">{t('forms.savedMore')}</span>
                </span>
              </Show>
            </p>
          </Match>
        </Switch>
      </div>
      <div class="pair">
        <Show when={props.onBack}>
          {(back) => (
            <Button class="back2" onClick={() => back()()}>
              <span class="not-large">
                <Icon name="arrow-left" />
              </span>
              {t('forms.previous')}
            </Button>
          )}
        </Show>
        <Show
          when={props.last}
          fallback={
            <Button kind="main" onClick={() => props.onNext()}>
              {t('forms.next')}
            </Button>
          }
        >
          <Button kind="main" icon={props.lastIcon ?? 'check'} busy={props.busy} onClick={() => props.onNext()}>
            {props.lastWords}
          </Button>
        </Show>
      </div>
    </footer>
  );
}
