/** What was asked, and what she answered to each, the newest return first. */
import { For, type JSX, Show } from 'solid-js';
import type { CommentLine, Comparison, DecisionLine, Reply } from '../../api/types';
import { formatDay, inWords, t } from '../../i18n';
import { Icon, type IconName } from '../../ui';
import { isAttached } from '../compare/rows';
import { near } from '../parts/near';

export interface TalkProps {
  decisions: readonly DecisionLine[];
  who: string;
  /** where the versions are compared: what became of a question */
  compared: Comparison | null;
}

const replyIcons: Readonly<Record<Reply['said'], IconName>> = {
  changed: 'circle-check-big',
  right: 'check',
  cannot: 'ban',
};

export function Talk(props: TalkProps): JSX.Element {
  const returns = () => props.decisions.filter((each) => each.kind === 'return' && !each.undone).reverse();
  return (
    <Show when={returns().length > 0}>
      <section class="panel" aria-label={t('desk.talk')}>
        <h3>{t('desk.talk')}</h3>
        <ol class="talk">
          <For each={returns()}>
            {(decision) => (
              <li>
                <p>
                  <b>{decision.by}</b> <span class="cap">{near(decision.at)}</span>
                  <Show when={decision.by_day}>
                    {(day) => <span class="cap">{t('desk.byDay', { day: formatDay(day()) })}</span>}
                  </Show>
                </p>
                <Show when={decision.words}>{(words) => <p>{words()}</p>}</Show>
                <ul>
                  <For each={decision.comments}>
                    {(comment) => <Asked comment={comment} who={props.who} compared={props.compared} />}
                  </For>
                </ul>
              </li>
            )}
          </For>
        </ol>
      </section>
    </Show>
  );
}

function Asked(props: { comment: CommentLine; who: string; compared: Comparison | null }): JSX.Element {
  /** 2 → 20 ℃, where it is plain text. */
  const became = () => {
    const record = props.compared?.records.find((each) => each.record === props.comment.record);
    const row = record?.rows.find((each) => each.path === props.comment.path);
    if (row?.changed !== true) return '';
    if (isAttached(row)) return t('desk.takenAgain');
    return t('desk.fromTo', {
      before: inWords(row.before?.value_text) || t('desk.notAnswered'),
      after: inWords(row.after?.value_text) || t('desk.notAnswered'),
    });
  };
  return (
    <li>
      <p>
        <span class="cap">{inWords(props.comment.label) || props.comment.path}</span>
        <span class="question">{props.comment.text}</span>
      </p>
      <Show when={props.comment.answer} fallback={<p class="cap awaits">{t('desk.notAnsweredYet')}</p>}>
        {(reply) => (
          <div class="re">
            <span class={`said ${reply().said}`}>
              <Icon name={replyIcons[reply().said]} size="sm" />
              {t(`desk.reply_${reply().said}`)}
            </span>
            <Show when={reply().said === 'changed' && became()}>
              {(words) => <p>{t('desk.whoDid', { who: props.who, what: words() })}</p>}
            </Show>
            <Show when={reply().reason}>
              {(reason) => <p>{t('desk.whoDid', { who: props.who, what: reason() })}</p>}
            </Show>
          </div>
        )}
      </Show>
    </li>
  );
}
