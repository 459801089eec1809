/** What stands round every page of the desk: the rail at the left, the bar above with the demo tag and who is here. */
import { A, useLocation } from '@solidjs/router';
import { createEffect, createSignal, For, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { inWords, language, setLanguage, t } from '../i18n';
import { DemoTag, Icon, type IconName, Mark, setTheme, theme, Toasts } from '../ui';
import { badge, BellProvider, createBell } from './notices/notices';
import { KeysDialog } from './parts/KeysDialog';
import { createLive, LiveProvider } from './parts/live';
import { onKeys } from './parts/on-keys';
import { api, me, may, signOut } from './session/session';
import { roleWord } from './session/SignIn';

interface Place {
  path: string;
  icon: IconName;
  word: () => string;
  permission: string;
}

const NOTICES = '/notices';

export const places: readonly Place[] = [
  { path: '/review', icon: 'clipboard-check', word: () => t('desk.review'), permission: 'visits.read' },
  { path: '/quarantine', icon: 'package-open', word: () => t('desk.quarantine'), permission: 'quarantine.read' },
  { path: NOTICES, icon: 'bell', word: () => t('desk.notices'), permission: 'visits.read' },
  { path: '/exports', icon: 'file-spreadsheet', word: () => t('desk.exports'), permission: 'exports.make' },
  { path: '/forms', icon: 'notebook-pen', word: () => t('desk.formsPage'), permission: 'forms.publish' },
];

/** Who reads visits hears of what happens to them: one pulse and one bell for all pages. */
export function Shell(props: { children?: JSX.Element }): JSX.Element {
  return (
    <Show when={may('visits.read')} fallback={<Frame>{props.children}</Frame>}>
      <Hearing>{props.children}</Hearing>
    </Show>
  );
}

function Hearing(props: { children?: JSX.Element }): JSX.Element {
  const live = createLive(api);
  const bell = createBell(live);
  return (
    <LiveProvider value={live}>
      <BellProvider value={bell}>
        <Frame unread={bell.unread()}>{props.children}</Frame>
      </BellProvider>
    </LiveProvider>
  );
}

function Frame(props: { unread?: number; children?: JSX.Element }): JSX.Element {
  const here = useLocation();
  const [keysShown, showKeys] = createSignal(false);
  onKeys({ keys: () => showKeys(true) });
  return (
    <div class="desk">
      <a class="skip" href="#main">
        {t('desk.skip')}
      </a>
      <nav class="rail" aria-label={t('desk.pages')}>
        <div class="brand">
          <Mark bare />
          <span>{t('ui.appName')}</span>
        </div>
        <For each={places.filter((place) => may(place.permission))}>
          {(place) => (
            <A
              href={place.path}
              classList={{ on: here.pathname.startsWith(`/desk${place.path}`) }}
              aria-current={here.pathname.startsWith(`/desk${place.path}`) ? 'page' : undefined}
            >
              <Icon name={place.icon} />
              {place.word()}
              <Show when={place.path === NOTICES && (props.unread ?? 0) > 0}>
                <span class="count">
                  <span aria-hidden="true">{badge(props.unread ?? 0)}</span>
                  <span class="hidden">{t('desk.nUnread', { n: props.unread ?? 0 })}</span>
                </span>
              </Show>
            </A>
          )}
        </For>
        <span class="grow" />
        <button type="button" class="keysbtn" aria-keyshortcuts="?" onClick={() => showKeys(true)}>
          <Icon name="keyboard" />
          {t('desk.keys')}
        </button>
      </nav>
      <div class="deskmain" id="main">
        {props.children}
      </div>
      <Toasts />
      <Show when={keysShown()}>
        <KeysDialog onClose={() => showKeys(false)} />
      </Show>
    </div>
  );
}

/** The bar of a page: title, the page's own tools (folded away on a narrow screen on request), demo tag, person. */
export function DeskBar(props: { title: string; folded?: boolean; children?: JSX.Element }): JSX.Element {
  createEffect(() => {
    document.title = `${props.title} · ${t('ui.appName')}`;
  });
  return (
    <header class="deskbar" classList={{ folded: Boolean(props.folded) }}>
      <h1>{props.title}</h1>
      <div class="tools grow">{props.children}</div>
      <Show when={me().org.demo}>
        <DemoTag />
      </Show>
      <Person />
    </header>
  );
}

/** Who has several roles is named by the widest. */
const rank = ['administrator', 'headquarters', 'supervisor', 'auditor', 'leader', 'volunteer'];

function Person(): JSX.Element {
  let menu!: HTMLDetailsElement;
  const close = (event: Event) => {
    if (event instanceof KeyboardEvent ? event.key === 'Escape' : !menu.contains(event.target as Node))
      menu.open = false;
  };
  onMount(() => {
    document.addEventListener('click', close);
    document.addEventListener('keydown', close);
    onCleanup(() => {
      document.removeEventListener('click', close);
      document.removeEventListener('keydown', close);
    });
  });
  const where = () => {
    const role = rank.flatMap((name) => me().roles.filter((each) => each.role === name))[0];
    return role === undefined ? '' : [inWords(role.scope_name), roleWord(role.role)].filter(Boolean).join(' ');
  };
  return (
    <details class="me" ref={menu}>
      <summary>
        <span class="face" aria-hidden="true">
          {[...me().user.name][0]}
        </span>
        <span class="who">
          {me().user.name} <span class="muted">{where()}</span>
        </span>
        <Icon name="chevron-down" size="sm" />
      </summary>
      <div class="menu" onClick={() => (menu.open = false)}>
        <p class="cap only-narrow">
          {me().user.name} {where()}
        </p>
        <button type="button" onClick={() => setLanguage(language() === 'zh' ? 'en' : 'zh')}>
          <Icon name="languages" />
          {t('desk.otherLanguage')}
        </button>
        <button type="button" onClick={() => setTheme(isDark() ? 'light' : 'dark')}>
          <Icon name={isDark() ? 'sun' : 'moon'} />
          {isDark() ? t('desk.light') : t('desk.dark')}
        </button>
        <button type="button" onClick={() => void signOut()}>
          <Icon name="log-out" />
          {t('desk.signOut')}
        </button>
      </div>
    </details>
  );
}

function isDark(): boolean {
  return theme() === 'dark' || (theme() === null && matchMedia('(prefers-color-scheme: dark)').matches);
}
