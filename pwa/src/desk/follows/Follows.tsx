/**
 * Who looks after the people of whom a visit speaks. Whoever was registered is looked after from that moment; who reviews
 * the visit sees by whom, and gives them to somebody else with one choice, which can be taken back.
 */
import { createSignal, For, type JSX, Show } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { FollowLine } from '../../api/types';
import { t } from '../../i18n';
import { Field, Icon, toast } from '../../ui';
import { ProblemNote } from '../parts/ProblemNote';
import { type Follower, followerOf, namesOf, valueOf, waysOf } from './following';

export interface FollowsProps {
  follows: readonly FollowLine[];
  /** it is hers to say */
  decides: boolean;
  /** gives how it reads then; rejects with why not */
  onFollow: (entity: string, follower: Follower) => Promise<FollowLine>;
}

export function Follows(props: FollowsProps): JSX.Element {
  return (
    <Show when={props.follows.length > 0}>
      <section class="panel follows" aria-label={t('desk.follow')}>
        <h3>{t('desk.follow')}</h3>
        <For each={props.follows}>
          {(line) => <One line={line} decides={props.decides} onFollow={props.onFollow} />}
        </For>
      </section>
    </Show>
  );
}

function One(props: { line: FollowLine } & Pick<FollowsProps, 'decides' | 'onFollow'>): JSX.Element {
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  const now = () => followerOf(props.line);

  async function give(follower: Follower, before: Follower | null): Promise<void> {
    setProblem(null);
    try {
      const said = await props.onFollow(props.line.entity, follower);
      const words = t(said.followers.length === 0 ? 'desk.followEnded' : 'desk.followGiven', {
        who: said.label,
        by: namesOf(said),
      });
      toast(words, before === null ? {} : { undo: () => void give(before, null) });
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
  }
  const choose = (box: HTMLSelectElement): void => {
    const follower = waysOf(props.line).find(({ value }) => value === box.value)?.follower ?? null;
    const before = now();
    box.value = valueOf(before); // the county says first; then the list is read anew
    if (follower !== null && valueOf(follower) !== valueOf(before)) void give(follower, before);
  };
  return (
    <div class="one">
      <Show
        when={props.decides}
        fallback={
          <p>
            <Icon name="user" /> {readWords(props.line)}
          </p>
        }
      >
        <Field label={t('desk.followAsk', { who: props.line.label })}>
          {(wired) => (
            <select {...wired} onChange={(event) => choose(event.currentTarget)}>
              <For each={waysOf(props.line)}>
                {(way) => (
                  <option value={way.value} selected={way.value === valueOf(now())}>
                    {way.words}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </Show>
      <Show when={props.line.state === 'closed'}>
        <p class="cap">{t('desk.followClosed')}</p>
      </Show>
      <Show when={props.line.followers.length > 0 && props.line.gone}>
        {(gone) => (
          <p class="asks">
            <Icon name="circle-alert" size="sm" /> {t(`desk.followGone_${gone()}`)}
          </p>
        )}
      </Show>
      <Show when={props.line.made_here && props.line.state === 'active'}>
        <p class="cap">{t('desk.followMade')}</p>
      </Show>
      <Show when={problem()}>{(said) => <ProblemNote problem={said()} onClose={() => setProblem(null)} />}</Show>
    </div>
  );
}

const readWords = (line: FollowLine): string =>
  line.followers.length === 0
    ? t('desk.followedByNobody', { who: line.label })
    : t('desk.followedBy', { who: line.label, by: namesOf(line) });
