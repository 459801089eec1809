/** Two versions in three columns: what it is, how it was, how it is. D leaves only what was changed. */
import { createMemo, For, type JSX, Match, Show, Switch } from 'solid-js';
import type { ComparedRow, Comparison, RevisionLine } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Dot, Icon, Loading } from '../../ui';
import type { Load } from '../parts/load';
import { near } from '../parts/near';
import { ProblemNote } from '../parts/ProblemNote';
import { recordWords } from '../review/record-words';
import { countRows, type Pair, shownRows } from './rows';
import { Value } from './Value';

export interface ComparePanelProps {
  load: Load<Comparison>;
  revisions: readonly RevisionLine[];
  pair: Pair;
  onPair: (pair: Pair) => void;
  onlyChanged: boolean;
  onOnlyChanged: (only: boolean) => void;
}

export function ComparePanel(props: ComparePanelProps): JSX.Element {
  const records = createMemo(() => {
    const found = props.load.value();
    return found === null ? [] : shownRows(found, props.onlyChanged);
  });
  const counts = () => {
    const found = props.load.value();
    return found === null ? { changed: 0, same: 0 } : countRows(found);
  };
  return (
    <>
      <section class="panel compare" aria-label={t('desk.compare')}>
        <table class="diff">
          <thead>
            <tr>
              <th scope="col">
                <span class="hidden">{t('desk.question')}</span>
              </th>
              <th scope="col">
                <Version
                  label={t('desk.compareFrom')}
                  revisions={props.revisions.filter((each) => each.id !== props.pair.to)}
                  chosen={props.pair.from}
                  onChoose={(from) => props.onPair({ ...props.pair, from })}
                />
              </th>
              <th scope="col">
                <Version
                  label={t('desk.compareTo')}
                  revisions={props.revisions.filter((each) => each.id !== props.pair.from)}
                  chosen={props.pair.to}
                  onChoose={(to) => props.onPair({ ...props.pair, to })}
                />
              </th>
            </tr>
          </thead>
          <For each={records()}>
            {(record) => (
              <tbody>
                <Show when={(props.load.value()?.records.length ?? 0) > 1}>
                  <tr class="gr">
                    <th colspan="3" scope="rowgroup">
                      {recordWords(record)}
                    </th>
                  </tr>
                </Show>
                <For each={record.rows}>{(row) => <Row row={row} load={props.load} />}</For>
              </tbody>
            )}
          </For>
        </table>
        <Switch>
          <Match when={props.load.problem()}>
            {(problem) => <ProblemNote problem={problem()} onAgain={() => void props.load.reload()} />}
          </Match>
          <Match when={props.load.value() === null}>
            <Loading />
          </Match>
          <Match when={records().length === 0}>
            <p class="nothing muted">{t('desk.nothingChanged')}</p>
          </Match>
        </Switch>
      </section>
      <Show when={props.load.value()}>
        <p class="diffcount">
          <Icon name="eye" />
          <span>{t('desk.changedCount', { changed: counts().changed, same: counts().same })}</span>
          <button
            type="button"
            class="inline"
            aria-pressed={props.onlyChanged}
            aria-keyshortcuts="D"
            onClick={() => props.onOnlyChanged(!props.onlyChanged)}
          >
            <kbd aria-hidden="true">D</kbd> {props.onlyChanged ? t('desk.seeAllRows') : t('desk.seeChanged')}
          </button>
        </p>
      </Show>
    </>
  );
}

interface VersionProps {
  label: string;
  revisions: readonly RevisionLine[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** A version by its number and day; where there are more than two, the others can be chosen. */
function Version(props: VersionProps): JSX.Element {
  const words = (revision: RevisionLine) =>
    `${t('desk.versionShort', { n: revision.number })} ${near(revision.received_at)}`;
  const only = () => (props.revisions.length === 1 ? props.revisions[0] : undefined);
  return (
    <Show
      when={only()}
      fallback={
        <select aria-label={props.label} onChange={(event) => props.onChoose(event.currentTarget.value)}>
          <For each={props.revisions}>
            {(revision) => (
              <option value={revision.id} selected={revision.id === props.chosen}>
                {words(revision)}
              </option>
            )}
          </For>
        </select>
      }
    >
      {(revision) => (
        <>
          {t('desk.versionN', { n: revision().number })}
          <Dot />
          {near(revision().received_at)}
        </>
      )}
    </Show>
  );
}

function Row(props: { row: ComparedRow; load: Load<Comparison> }): JSX.Element {
  const label = () => inWords(props.row.label) || props.row.path;
  const number = (side: 'from' | 'to') => t('desk.versionN', { n: props.load.value()?.[side].number ?? 0 });
  return (
    <tr classList={{ changed: props.row.changed }}>
      <th scope="row">
        <Show when={props.row.changed}>
          <Icon name="pencil-line" size="sm" label={t('desk.changedRow')} />
        </Show>
        {label()}
      </th>
      <Show
        when={props.row.changed}
        fallback={
          <>
            <td class="same">
              <Value answer={props.row.before} label={label()} />
            </td>
            <td class="same">{t('desk.sameAsBefore')}</td>
          </>
        }
      >
        <td>
          <Value answer={props.row.before} label={label()} version={number('from')} mark="del" />
        </td>
        <td>
          <Value answer={props.row.after} label={label()} version={number('to')} mark="ins" />
        </td>
      </Show>
    </tr>
  );
}
