/** What people wrote beside a visit, from both sides, and a box to write more. N goes there. */
import { createEffect, createSignal, For, type JSX, Show, untrack } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import type { Note } from '../../api/types';
import { t } from '../../i18n';
import { TextArea } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { near } from '../parts/near';
import { onKeys } from '../parts/on-keys';
import { ProblemNote } from '../parts/ProblemNote';

const MOST_WORDS = 2000;

/** What was begun beside one visit is still there after a look at another. */
const begun = new Map<string, string>();

export interface NotesProps {
  visit: string;
  notes: readonly Note[];
  /** rejects when it was not kept: the words stay */
  onWrite: (text: string) => Promise<void>;
}

export function Notes(props: NotesProps): JSX.Element {
  const visit = untrack(() => props.visit);
  const [text, setText] = createSignal(begun.get(visit) ?? '');
  createEffect(() => begun.set(visit, text()));
  const [missing, setMissing] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  let panel!: HTMLElement;

  onKeys({
    note: () => {
      const box = panel.querySelector('textarea');
      box?.focus({ preventScroll: true });
      panel.scrollIntoView?.({ block: 'center' });
    },
  });

  async function write(): Promise<void> {
    const said = text().trim();
    setMissing(said === '');
    if (said === '' || busy()) return;
    setBusy(true);
    setProblem(null);
    try {
      await props.onWrite(said);
      setText('');
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  }

  return (
    <section class="panel notes" ref={panel} aria-label={t('desk.notes')}>
      <h3>
        {t('desk.notes')} <span class="ver">{t('desk.notesHint')}</span>
      </h3>
      <Show when={props.notes.length > 0}>
        <ol>
          <For each={props.notes}>
            {(note) => (
              <li classList={{ mine: note.mine }}>
                <p>
                  <b>{note.mine ? t('desk.me') : note.by}</b> <span class="cap">{near(note.at)}</span>
                </p>
                <p class="text">{note.text}</p>
              </li>
            )}
          </For>
        </ol>
      </Show>
      <Show when={problem()}>{(now) => <ProblemNote problem={now()} onClose={() => setProblem(null)} />}</Show>
      <div
        class="write"
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !event.isComposing) void write();
          if (event.key === 'Escape') (event.target as HTMLElement).blur();
        }}
      >
        <TextArea
          label={t('desk.writeNote')}
          rows={2}
          value={text()}
          error={missing() ? t('desk.noteMissing') : undefined}
          onInput={(words) => {
            setText(words.slice(0, MOST_WORDS));
            setMissing(false);
          }}
        />
        <DeskButton small icon="send" key="Ctrl ↵" busy={busy()} onClick={() => void write()}>
          {t('desk.sendNote')}
        </DeskButton>
      </div>
    </section>
  );
}
