/** First run, before anybody is known here: language, the code from the card, and the square on it where there is a camera. */
import '../parts/two-ways.css';
import '../parts/first-run.css';
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import { type Both, inWords, type Language, t } from '../../i18n';
import { ArtFirstRun, Button, DemoTag, FieldError, List, Row, Wordmark } from '../../ui';
import { CODE_LENGTH, codeOf } from '../model/code';

export interface EnrolProps {
  code: string;
  busy: boolean;
  /** what stands in the way, as a sentence */
  problem: string | null;
  language: Language;
  canScan: boolean;
  /** the camera's picture while it is on */
  scanner: JSX.Element | null;
  onLanguage: (language: Language) => void;
  onCode: (code: string) => void;
  onScan: () => void;
  /** a demo server: whoever has no card may try */
  demo: boolean;
  /** who does something else in the demo: whoever tries it may be one of them */
  others: readonly { readonly id: string; readonly name: string; readonly team: Both }[];
  /** null: as its own volunteer */
  onDemo: (user: string | null) => void;
  onEnrol: () => void;
  /** null: nobody uses this phone yet */
  onCancel: (() => void) | null;
}

export function Enrol(props: EnrolProps): JSX.Element {
  return (
    <form
      class="screen"
      onSubmit={(event) => {
        event.preventDefault();
        props.onEnrol();
      }}
    >
      <header class="hero low">
        <ArtFirstRun />
        <span class="hero-mark">
          <Wordmark />
        </span>
        <Show when={props.demo}>
          <DemoTag />
        </Show>
      </header>
      <main class="firstp">
        <Languages language={props.language} onLanguage={props.onLanguage} />
        <Switch>
          <Match when={props.scanner}>{props.scanner}</Match>
          <Match when={true}>
            <div>
              <h1 class="display">{t('field.welcomeTitle')}</h1>
              <p class="muted">{t('field.welcomeText')}</p>
            </div>
            <CodeBoxes code={props.code} problem={props.problem} onCode={props.onCode} />
            <Show when={props.demo && props.others.length > 0}>
              <div class="stack not-large">
                <p class="cap">{t('field.demoOthers')}</p>
                <List label={t('field.demoOthers')}>
                  <For each={props.others}>
                    {(one) => (
                      <Row icon="user" name={one.name} cap={inWords(one.team)} onOpen={() => props.onDemo(one.id)} />
                    )}
                  </For>
                </List>
              </div>
            </Show>
          </Match>
        </Switch>
      </main>
      <footer class="dock action">
        <Show
          when={props.scanner === null}
          fallback={<Button onClick={() => props.onScan()}>{t('field.scanStop')}</Button>}
        >
          <Button kind="main" type="submit" busy={props.busy}>
            {props.busy ? t('field.enrolling') : t('field.enrol')}
          </Button>
          <Show when={props.demo}>
            <Button kind="bare" onClick={() => props.onDemo(null)}>
              {t('field.demoTry')}
            </Button>
          </Show>
          <Show when={props.onCancel}>
            {(cancel) => (
              <Button kind="bare" onClick={() => cancel()()}>
                {t('field.enrolCancel')}
              </Button>
            )}
          </Show>
          <Show when={props.canScan}>
            <Button kind="bare" icon="qr-code" onClick={() => props.onScan()}>
              {t('field.scan')}
            </Button>
          </Show>
        </Show>
      </footer>
    </form>
  );
}

function Languages(props: { language: Language; onLanguage: (language: Language) => void }): JSX.Element {
  const each = [
    { language: 'zh', lang: 'zh-CN', name: '中文' },
    { language: 'en', lang: 'en', name: 'English' },
  ] as const;
  return (
    <div class="langs" role="group" aria-label={t('field.chooseLanguage')}>
      <For each={each}>
        {(one) => (
          <button
            type="button"
            lang={one.lang}
            classList={{ on: props.language === one.language }}
            aria-pressed={props.language === one.language}
            onClick={() => props.onLanguage(one.language)}
          >
            {one.name}
          </button>
        )}
      </For>
    </div>
  );
}

/** One text field that looks like eight boxes: pasting, correcting and reading aloud work as in any other. */
function CodeBoxes(props: { code: string; problem: string | null; onCode: (code: string) => void }): JSX.Element {
  const letters = () => props.code.padEnd(CODE_LENGTH).split('');
  return (
    <div class="field" classList={{ err: props.problem !== null }}>
      <label class="label" for="code">
        {t('field.codeLabel')}
      </label>
      <div class="codeboxes">
        <div class="cells" aria-hidden="true">
          <For each={letters()}>
            {(letter, index) => (
              <span classList={{ next: index() === Math.min(props.code.length, CODE_LENGTH - 1) }}>
                {letter.trim()}
              </span>
            )}
          </For>
        </div>
        <input
          id="code"
          name="code"
          value={props.code}
          autocomplete="one-time-code"
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby="code-hint code-problem"
          aria-invalid={props.problem === null ? undefined : 'true'}
          onInput={(event) => {
            const code = codeOf(event.currentTarget.value);
            event.currentTarget.value = code;
            props.onCode(code);
          }}
        />
      </div>
      <p class="cap hint" id="code-hint">
        {t('field.codeHint')}
      </p>
      <FieldError id="code-problem" words={props.problem ?? undefined} />
    </div>
  );
}
