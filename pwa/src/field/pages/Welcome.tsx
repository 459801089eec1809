/** Right after enrolment: greets her by name, lets the letters grow, and says that no network is needed. */
import '../parts/first-run.css';
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { ArtFirstRun, Button, DemoTag, Icon } from '../../ui';
import { FocusedTitle, useShell } from '../parts/Screen';
import { Sizes } from '../parts/Sizes';

export interface WelcomeProps {
  name: string;
  teams: readonly string[];
  onInstall: (() => void) | null;
  onStart: () => void;
}

export function Welcome(props: WelcomeProps): JSX.Element {
  const shell = useShell();
  return (
    <div class="screen">
      <header class="hero">
        <ArtFirstRun />
        <Show when={shell.demo()}>{<DemoTag />}</Show>
      </header>
      <main class="firstp">
        <div>
          <h1 class="display">
            <FocusedTitle>{t('field.hello', { name: props.name })}</FocusedTitle>
          </h1>
          <For each={props.teams}>{(team) => <p class="muted">{team}</p>}</For>
        </div>
        <Sizes label={t('field.textSizeAsk')} />
        <p class="fact">
          <Icon name="cloud-off" />
          <span>{t('field.worksOffline')}</span>
        </p>
      </main>
      <footer class="dock action">
        <Button kind="main" onClick={() => props.onStart()}>
          {t('field.start')}
        </Button>
        <Show when={props.onInstall}>
          {(install) => (
            <Button kind="bare" icon="smartphone" onClick={() => install()()}>
              {t('field.install')}
            </Button>
          )}
        </Show>
      </footer>
    </div>
  );
}
