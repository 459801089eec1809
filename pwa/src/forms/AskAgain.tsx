/**
 * One question that the county asks about: the reviewer's words, what was sent and what stands there now, and her answer:
 * changed, it was right, or it cannot be changed. What follows from a change is asked below it. The page that shows these
 * keeps the answers; `wanting` says what one still lacks.
 */
import { createEffect, createMemo, For, type JSX, on, Show } from 'solid-js';
import { t } from '../i18n';
import { Dot, Segments, TextField } from '../ui';
import { Ask } from './Ask';
import type { AttachmentHost } from './attachments';
import type { Filling } from './filling';
import type { Judge } from './judge';
import type { Question } from './model';
import { createReplace } from './replace';

export type Said = 'changed' | 'right' | 'cannot';

export interface AskAgainProps {
  filling: Filling;
  judge: Judge;
  /** Its place among what was asked about, from 1. */
  n: number;
  path: string;
  /** The reviewer's. */
  words: string;
  attachments?: AttachmentHost | undefined;
  said: Said | null;
  reason: string;
  /** The sentence of `wanting`, from when she asked to hand it back. */
  error?: string | undefined;
  /** What follows from this answer, by `asksBesides`. */
  also: readonly Question[];
  onSaid: (said: Said | null) => void;
  onReason: (reason: string) => void;
}

const SAID = { changed: 'forms.saidChanged', right: 'forms.saidRight', cannot: 'forms.saidCannot' } as const;

export function AskAgain(props: AskAgainProps): JSX.Element {
  const replace = createReplace(() => props.filling);
  const question = () => {
    const found = props.filling.question(props.path);
    return found?.relevant === true ? found : null;
  };
  const changed = createMemo(() => isChanged(props.filling, props.path));
  createEffect(
    on(
      changed,
      (now) => {
        if (now) props.onSaid('changed');
        else if (props.said === 'changed') props.onSaid(null);
      },
      { defer: true },
    ),
  );
  /** That it was right, or cannot be changed, means the answer that was sent. */
  const say = (said: Said) => {
    props.onSaid(said);
    if (said !== 'changed' && changed())
      replace(props.path, props.filling.sent(props.path) ?? '', t('forms.backToSent'));
  };
  const options = () => (Object.keys(SAID) as Said[]).map((value) => ({ value, label: t(SAID[value]) }));
  const why = () => (props.said === 'cannot' ? t('forms.whyCannot') : t('forms.whyRight'));
  const wantsReason = () => props.said === 'right' || props.said === 'cannot';
  const ask = (node: Question, told = false) => (
    <Ask
      filling={props.filling}
      judge={props.judge}
      node={node}
      alone={false}
      narrow
      told={told}
      attachments={props.attachments}
      replace={replace}
    />
  );
  return (
    <section class="card pad again" aria-label={`${props.n} ${props.filling.question(props.path)?.label ?? ''}`}>
      <h2 class="label">
        {props.n}
        <Dot />
        {props.filling.question(props.path)?.label}
      </h2>
      <blockquote class="words">{props.words}</blockquote>
      <Show when={question()} keyed fallback={<p class="cap">{t('forms.notAskedNow')}</p>}>
        {(node) => ask(node, true)}
      </Show>
      <Segments
        label={t('forms.whichAnswer')}
        options={options()}
        chosen={props.said}
        error={wantsReason() ? undefined : props.error}
        onChoose={say}
      />
      <Show when={wantsReason()}>
        <TextField
          label={why()}
          value={props.reason}
          maxlength={500}
          error={props.error}
          onInput={(reason) => props.onReason(reason)}
        />
      </Show>
      <Show when={props.also.length > 0}>
        <div class="also" role="group" aria-label={t('forms.alsoFill')}>
          <p class="cap">{t('forms.alsoFill')}</p>
          <For each={props.also}>{(node) => ask(node)}</For>
        </div>
      </Show>
    </section>
  );
}

/** What an answer to the county still lacks, in words; undefined: nothing. */
export function wanting(filling: Filling, path: string, said: Said | null, reason: string): string | undefined {
  if (said === null) return t('forms.wantsSaid');
  if (said === 'changed') return isChanged(filling, path) ? undefined : t('forms.wantsChange');
  return reason.trim() === '' ? t('forms.wantsReason') : undefined;
}

function isChanged(filling: Filling, path: string): boolean {
  return filling.get(path) !== (filling.sent(path) ?? '');
}

/**
 * What else is to be filled in, each question once: by the asked path that it follows from, and apart from those what
 * opening the record alone made unfit (a day that has passed since). Reactive.
 */
export function asksBesides(
  filling: Filling,
  asked: readonly string[],
): { under: ReadonlyMap<string, readonly Question[]>; apart: readonly Question[] } {
  let rest = filling.anew().filter((each) => !asked.includes(each.path));
  const under = new Map<string, readonly Question[]>();
  for (const path of asked) {
    const depend = new Set(filling.dependents(path));
    under.set(
      path,
      rest.filter((each) => depend.has(each.path)),
    );
    rest = rest.filter((each) => !depend.has(each.path));
  }
  return { under, apart: rest };
}
