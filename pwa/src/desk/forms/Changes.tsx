/** What is different from the version in use: first what touches records that are there, each with what it means for them. */
import { For, type JSX, Match, Show, Switch } from 'solid-js';
import type { FormDiff, FormDifference } from '../../api/types';
import { language, inWords, t } from '../../i18n';
import { Empty, Icon } from '../../ui';
import { near } from '../parts/near';

export function Changes(props: { diff: FormDiff | null; readable: boolean }): JSX.Element {
  const changes = () => props.diff?.changes ?? [];
  const touching = () => changes().filter((each) => each.attention);
  const others = () => changes().filter((each) => !each.attention);
  return (
    <div class="changes">
      <Switch>
        <Match when={!props.readable}>
          <Empty title={t('publish.tryNot')}>{t('publish.tryNotNote')}</Empty>
        </Match>
        <Match when={props.diff === null}>
          <Empty title={t('publish.first')}>{t('publish.firstNote')}</Empty>
        </Match>
        <Match when={changes().length === 0}>
          <Empty title={t('publish.same')}>{t('publish.sameNote')}</Empty>
        </Match>
        <Match when={props.diff}>
          {(diff) => (
            <>
              <p class="cap">
                {t('publish.against', {
                  version: diff().against.version,
                  when: near(diff().against.published_at),
                })}
              </p>
              <Part title={t('publish.attention')} changes={touching()} touching />
              <Part title={t('publish.plain')} changes={others()} />
            </>
          )}
        </Match>
      </Switch>
    </div>
  );
}

function Part(props: { title: string; changes: readonly FormDifference[]; touching?: boolean }): JSX.Element {
  return (
    <Show when={props.changes.length > 0}>
      <section class="panel change-part" classList={{ touching: Boolean(props.touching) }}>
        <h3>
          <Show when={props.touching}>
            <Icon name="flag" size="sm" />
          </Show>
          {props.title}
        </h3>
        <ul>
          <For each={props.changes}>
            {(each) => (
              <li>
                <p class="what">{inWords(each)}</p>
                <Show when={meaning(each)}>{(words) => <p class="cap">{words()}</p>}</Show>
              </li>
            )}
          </For>
        </ul>
      </section>
    </Show>
  );
}

const meaning = (each: FormDifference): string => (language() === 'en' ? each.meaning_en : each.meaning_zh);
