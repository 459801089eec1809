/** 我的: how the app speaks and looks, my teams, and how this phone is. */
import '../parts/me.css';
import { createSignal, For, type JSX, Show } from 'solid-js';
import { type Language, language, t } from '../../i18n';
import { Button, Card, Choices, Icon, setTheme, type Theme, theme, type Where } from '../../ui';
import { Screen } from '../parts/Screen';
import { Sizes } from '../parts/Sizes';
import { TopDock } from '../parts/TopDock';

export interface MeView {
  readonly name: string;
  readonly county: string;
  readonly teams: readonly { readonly name: string; readonly leads: boolean }[];
  readonly drafts: number;
  readonly waiting: number;
  readonly heard: string | null;
  readonly storage: {
    readonly used: string;
    readonly left: string | null;
    readonly short: boolean;
    readonly persisted: boolean;
  } | null;
  /** notices that she has not seen */
  readonly news: number;
  /** large pictures wait for Wi-Fi */
  readonly wifi: boolean;
  /** why that could not be kept, in words */
  readonly trouble: string | null;
  readonly version: string;
  readonly where: Where;
  /** who else is enrolled on this phone */
  readonly others: readonly { readonly device: string; readonly name: string }[];
  /** 'ask': the browser can; 'ios': she does it by hand; null: done or not possible */
  readonly install: 'ask' | 'ios' | null;
}

export interface MeProps {
  view: MeView;
  onLanguage: (language: Language) => void;
  onInstall: () => void;
  /** answers whether the phone agreed */
  onPersist: () => Promise<boolean>;
  onSent: () => void;
  onNews: () => void;
  onWifi: (on: boolean) => void;
  onChange: (device: string) => void;
  onJoin: () => void;
}

const THEMES = ['system', 'light', 'dark'] as const;
const isTheme = (value: string | undefined): value is Theme => value === 'light' || value === 'dark';

export function Me(props: MeProps): JSX.Element {
  return (
    <Screen title={t('field.meTitle')} dock={<TopDock where={props.view.where} current="/me" onWhere={props.onSent} />}>
      <Card class="who-card">
        <p class="display">{props.view.name}</p>
        <p class="muted">{props.view.county}</p>
        <ul class="teams" aria-label={t('field.meTeams')}>
          <For each={props.view.teams} fallback={<li class="muted">{t('field.meNoTeams')}</li>}>
            {(team) => (
              <li class="fact body">
                <Icon name="users" />
                <span>
                  {team.name}
                  <Show when={team.leads}>
                    <small class="cap"> {t('field.meLeads')}</small>
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
        <Button icon="clipboard-check" onClick={() => props.onSent()}>
          {t('field.meSent')}
        </Button>
        <Button icon="bell" onClick={() => props.onNews()}>
          <span>
            {t('visits.notices')}
            <Show when={props.view.news > 0 && props.view.news}>
              {(n) => <small class="cap"> {t('visits.noticesNew', { n: n() })}</small>}
            </Show>
          </span>
        </Button>
      </Card>
      <Show when={props.view.install}>
        {(how) => (
          <Card class="pad stack">
            <p class="fact body">
              <Icon name="smartphone" />
              <span>
                <b>{t('field.install')}</b>
                <br />
                {how() === 'ios' ? t('field.installIos') : t('field.installText')}
              </span>
            </p>
            <Show when={how() === 'ask'}>
              <Button onClick={() => props.onInstall()}>{t('field.installNow')}</Button>
            </Show>
          </Card>
        )}
      </Show>
      <h2 class="group-title">{t('field.meLook')}</h2>
      <Card class="pad stack">
        <Sizes label={t('field.meTextSize')} />
        <Choices
          label={t('field.meLanguage')}
          two
          options={[
            { value: 'zh', label: '中文' },
            { value: 'en', label: 'English' },
          ]}
          chosen={[language()]}
          onChoose={([chosen]) => props.onLanguage(chosen === 'en' ? 'en' : 'zh')}
        />
        <Choices
          label={t('field.meTheme')}
          options={THEMES.map((value) => ({ value, label: themeWords(value) }))}
          chosen={[theme() ?? 'system']}
          onChoose={([chosen]) => setTheme(isTheme(chosen) ? chosen : null)}
        />
      </Card>
      <h2 class="group-title">{t('field.meDevice')}</h2>
      <Card class="pad stack">
        <p class="fact">
          <Icon name="wifi" />
          <span>
            {props.view.heard === null ? t('field.neverHeard') : t('field.heardAt', { when: props.view.heard })}
            <br />
            {t('field.meCounts', { drafts: props.view.drafts, waiting: props.view.waiting })}
          </span>
        </p>
        <Show when={props.view.storage}>
          {(storage) => <Storage storage={storage()} onPersist={props.onPersist} />}
        </Show>
        <Choices
          label={t('visits.wifiOnly')}
          hint={t('visits.wifiOnlyText')}
          options={[
            { value: 'any', label: t('visits.wifiOnlyOff') },
            { value: 'wifi', label: t('visits.wifiOnlyOn') },
          ]}
          error={props.view.trouble ?? undefined}
          chosen={[props.view.wifi ? 'wifi' : 'any']}
          onChoose={([chosen]) => props.onWifi(chosen === 'wifi')}
        />
        <For each={props.view.others}>
          {(other) => (
            <Button icon="user" onClick={() => props.onChange(other.device)}>
              {t('field.meChange', { name: other.name })}
            </Button>
          )}
        </For>
        <Button kind="bare" onClick={() => props.onJoin()}>
          {t('field.meJoin')}
        </Button>
        <p class="fact">
          <Icon name="info" />
          <span>{t('field.meVersion', { version: props.view.version })}</span>
        </p>
      </Card>
    </Screen>
  );
}

function themeWords(value: (typeof THEMES)[number]): string {
  switch (value) {
    case 'system':
      return t('field.themeSystem');
    case 'light':
      return t('field.themeLight');
    case 'dark':
      return t('field.themeDark');
  }
}

function Storage(props: { storage: NonNullable<MeView['storage']>; onPersist: () => Promise<boolean> }): JSX.Element {
  const [refused, setRefused] = createSignal(false);
  return (
    <>
      <p class="fact">
        <Icon name="smartphone" />
        <span>
          {props.storage.left === null
            ? t('field.meStorageOnly', { used: props.storage.used })
            : t('field.meStorage', { used: props.storage.used, left: props.storage.left })}
          <Show when={props.storage.short}>
            <br />
            <b>{t('field.meStorageShort')}</b>
          </Show>
        </span>
      </p>
      <p class="fact">
        <Icon name={props.storage.persisted ? 'shield-check' : 'shield-alert'} />
        <span>{props.storage.persisted ? t('field.mePersisted') : t('field.meNotPersisted')}</span>
      </p>
      <Show when={!props.storage.persisted}>
        <Button small onClick={() => void props.onPersist().then((agreed) => setRefused(!agreed))}>
          {t('field.mePersist')}
        </Button>
        <Show when={refused()}>
          <p class="cap" role="status">
            {t('field.mePersistNo')}
          </p>
        </Show>
      </Show>
    </>
  );
}
