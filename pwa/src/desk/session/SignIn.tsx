/** The door of the desk. In a demo its accounts are offered: a tap fills both boxes in. */
import { createResource, createSignal, For, type JSX, onMount, Show } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { About } from '../../api/types';
import { inWords, language, setLanguage, t } from '../../i18n';
import { ArtSignIn, DemoTag, Dot, Field, Icon, TextField, Wordmark } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { ProblemNote } from '../parts/ProblemNote';
import { oneOfEach } from './demo-accounts';
import { api, signIn } from './session';

export function SignIn(props: { again: boolean }): JSX.Element {
  const [about] = createResource(() => api.ask<About>('/api/about').catch(() => null));
  const [username, setUsername] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [shown, setShown] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const [county, setCounty] = createSignal('');
  const [missing, setMissing] = createSignal(false);
  const demo = () => about()?.demo ?? null;
  const counties = () => about()?.counties ?? [];
  const several = () => counties().length > 1;

  async function enter(): Promise<void> {
    setMissing(true);
    if (busy() || username().trim() === '' || password() === '' || (several() && county() === '')) return;
    setBusy(true);
    setProblem(null);
    try {
      await signIn(username().trim(), password(), several() ? county() : undefined);
    } catch (thrown) {
      setProblem(asProblem(thrown));
      setBusy(false);
    }
  }

  let form!: HTMLFormElement;
  /** The attribute alone works only once in a page's life. */
  onMount(() => form.querySelector<HTMLElement>('input[name=username]')?.focus());

  const needs = (value: string, words: string) => (missing() && value.trim() === '' ? words : undefined);
  return (
    <div class="signin">
      <header class="pic">
        <ArtSignIn />
        <div class="say">
          <Wordmark />
          <p class="motto">{t('desk.motto')}</p>
          <p>
            <Show when={inWords(about()?.org?.name)}>
              {(name) => (
                <>
                  {name()}
                  <Dot />
                </>
              )}
            </Show>
            {t('desk.programmes')}
          </p>
        </div>
      </header>
      <main>
        <form
          ref={form}
          novalidate
          onSubmit={(event) => {
            event.preventDefault();
            void enter();
          }}
        >
          <div class="shead">
            <h1>{t('desk.signIn')}</h1>
            <Show when={demo()}>
              <DemoTag />
            </Show>
          </div>
          <Show when={props.again}>
            <p class="muted">{t('desk.signInAgain')}</p>
          </Show>
          <Show when={problem()}>{(now) => <ProblemNote problem={now()} />}</Show>
          <Show when={several()}>
            <Field label={t('desk.county')} error={needs(county(), t('desk.countyMissing'))}>
              {(wired) => (
                <select {...wired} onChange={(event) => setCounty(event.currentTarget.value)}>
                  <option value="" />
                  <For each={counties()}>{(each) => <option value={each.code}>{inWords(each.name)}</option>}</For>
                </select>
              )}
            </Field>
          </Show>
          <TextField
            label={t('desk.username')}
            icon="user"
            name="username"
            autocomplete="username"
            value={username()}
            error={needs(username(), t('desk.usernameMissing'))}
            onInput={setUsername}
          />
          <Field
            label={t('desk.password')}
            icon="lock"
            error={needs(password(), t('desk.passwordMissing'))}
            end={
              <button
                type="button"
                class="see"
                aria-label={shown() ? t('ui.hidePassword') : t('ui.showPassword')}
                aria-pressed={shown()}
                onClick={() => setShown(!shown())}
              >
                <Icon name={shown() ? 'eye-off' : 'eye'} />
              </button>
            }
          >
            {(wired) => (
              <input
                {...wired}
                class="grow"
                name="password"
                autocomplete="current-password"
                type={shown() ? 'text' : 'password'}
                value={password()}
                onInput={(event) => setPassword(event.currentTarget.value)}
              />
            )}
          </Field>
          <DeskButton kind="main" wide type="submit" busy={busy()}>
            {busy() ? t('desk.signingIn') : t('desk.signIn')} <kbd aria-hidden="true">↵</kbd>
          </DeskButton>
          <Show when={demo()}>
            {(now) => (
              <div>
                <p class="sec">{t('desk.demoAccounts')}</p>
                <div class="accts">
                  <For each={oneOfEach(now().accounts)}>
                    {(account) => (
                      <button
                        type="button"
                        onClick={() => {
                          setUsername(account.username);
                          setPassword(now().password);
                          setProblem(null);
                        }}
                      >
                        {account.name}
                        <small>{roleWord(account.role)}</small>
                      </button>
                    )}
                  </For>
                </div>
              </div>
            )}
          </Show>
          <p class="cap">
            {t('desk.volunteersElsewhere')}{' '}
            <button type="button" class="lang" onClick={() => setLanguage(language() === 'zh' ? 'en' : 'zh')}>
              <Icon name="languages" size="sm" />
              {t('desk.otherLanguage')}
            </button>
          </p>
        </form>
      </main>
    </div>
  );
}

const roles = ['volunteer', 'leader', 'supervisor', 'headquarters', 'administrator', 'auditor'] as const;

export function roleWord(role: string): string {
  const known = roles.find((each) => each === role);
  return known === undefined ? role : t(`desk.role_${known}`);
}
