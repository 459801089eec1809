/**
 * A form on the screen: `question` asks one question (or one field-list) after the other and never jumps on by itself,
 * except where the form asks for it (`quick`); `one-page` shows all of it. Put it below the bar of a `.screen`: it brings
 * the middle and the dock; or `inPage`.
 *
 * Focus: a new screen gets it whole, so that a reader begins at its question and no keyboard pops up; a question that
 * stands in the way gets it in its box; after the form had to be brought back, the box that had it.
 */
import './forms.css';
import './attached.css';
import './correction.css';
import { createEffect, For, type JSX, on, Show, untrack } from 'solid-js';
import { Dynamic } from 'solid-js/web';
import { language, t } from '../i18n';
import { Button, Steps } from '../ui';
import { Ask, GroupFiles } from './Ask';
import type { AttachmentHost } from './attachments';
import { Changed } from './Changed';
import { Dock, type Saving } from './Dock';
import type { Filling, Finished } from './filling';
import { focusQuestion } from './focus';
import { inGrid } from './grid';
import type { FormNode } from './model';
import { createPages } from './pages';
import { createReplace } from './replace';
import { Summary } from './Summary';
import { type Preset, Told } from './Told';
import { type Reveal, Windowed } from './Windowed';

/** More than a phone shows at once. */
const DRAWN = 6;

export interface FormPagesProps {
  filling: Filling;
  mode: 'one-page' | 'question';
  /** Part of a page that has its own main and scrolls by itself (the desk). */
  inPage?: boolean;
  /** What is known already: told in a line, not asked. Set the answers before. */
  preset?: readonly Preset[];
  /** The step to begin with, as `onStep` gave it. */
  step?: string | null;
  onStep?: (step: string) => void;
  /** Takes and shows photos and recordings; without it they are read only. */
  attachments?: AttachmentHost | undefined;
  /** Where the draft stands; 'failed' keeps her here. */
  saving?: Saving;
  /** On the last button; 记好了 if left out. */
  finishWords?: string;
  /** Rejects when it could not be saved: she stays, and is told. */
  onFinish: (finished: Extract<Finished, { ok: true }>) => Promise<void> | void;
}

export function FormPages(props: FormPagesProps): JSX.Element {
  let main!: HTMLElement;
  let focused: string | null = null;
  /** Among radio buttons the arrow keys choose each that they pass. */
  let arrow = false;
  const preset = () => props.preset ?? [];

  let reveal: Reveal<FormNode> = () => undefined;
  const focus = (path: string) => {
    reveal((node) => node.path === path);
    focusQuestion(main, path);
  };
  const replace = createReplace(() => props.filling);

  const pages = createPages({
    filling: () => props.filling,
    onePage: () => props.mode === 'one-page',
    told: () => preset().map((each) => each.path),
    begin: untrack(() => props.step ?? null),
    blocked: () => props.saving === 'failed',
    onStep: (step) => {
      props.onStep?.(step);
      main.scrollTop = 0;
      main.querySelector<HTMLElement>('.page')?.focus({ preventScroll: true });
    },
    onFinish: (finished) => props.onFinish(finished),
    focus,
  });

  createEffect(() => props.filling.setLanguage(language()));
  createEffect(
    on(
      () => props.filling.root,
      () => {
        if (focused !== null && !main.contains(document.activeElement)) focus(focused);
      },
      { defer: true },
    ),
  );

  /** Enter in a one-line box goes on, but never finishes, and never while it confirms what is being composed. */
  const onKeyDown = (event: KeyboardEvent) => {
    arrow = event.key.startsWith('Arrow');
    if (event.key !== 'Enter' || event.isComposing || event.keyCode === 229) return;
    if (!(event.target instanceof HTMLInputElement) || props.mode === 'one-page') return;
    event.preventDefault();
    if (pages.index() < pages.steps().length - 1) void pages.next();
  };

  /** After a choice where the form asks for it: never past the end, and never by an arrow key. */
  const onQuick = () => {
    if (alone() && !last() && !arrow) void pages.next();
  };
  const toRow = (path: string) => {
    const step = pages.steps().findIndex(({ key }) => key === path || key.startsWith(`${path}/`));
    if (step >= 0) pages.go(step);
  };
  const heading = () => {
    const group = pages.step()?.group;
    return group?.kind === 'row' ? t('forms.rowN', { what: group.label, n: group.n }) : group?.label;
  };
  const alone = () =>
    props.mode === 'question' && pages.step()?.nodes.filter((node) => node.kind !== 'note').length === 1;
  const last = () => pages.index() >= pages.steps().length - 1;
  const fieldList = () => (pages.step()?.group?.page === true ? pages.step()?.group : null);
  const trouble = () => props.filling.trouble()?.words ?? pages.failed();

  return (
    <>
      <Dynamic
        component={props.inPage ? 'div' : 'main'}
        ref={(element: HTMLElement) => (main = element)}
        class="form"
        classList={{ 'in-page': Boolean(props.inPage) }}
        onKeyDown={onKeyDown}
        onKeyUp={() => (arrow = false)}
        onFocusIn={(event: FocusEvent & { target: Element }) => {
          focused = event.target.closest<HTMLElement>('[data-path]')?.dataset.path ?? null;
        }}
      >
        <Show when={props.mode === 'question' && pages.steps().length > 1}>
          <Steps step={pages.index() + 1} of={pages.steps().length} />
        </Show>
        <Show when={pages.looking()}>
          <Button small icon="arrow-right" onClick={() => pages.toEnd()}>
            {t('forms.backToEnd')}
          </Button>
        </Show>
        <Show when={pages.index() === 0}>
          <For each={preset()}>{(each) => <Told filling={props.filling} preset={each} />}</For>
        </Show>
        <Show when={pages.step()?.key} keyed fallback={<p class="lead">{t('forms.nothingMore')}</p>}>
          <section class="page" tabindex={-1} aria-label={heading() ?? pages.step()?.nodes[0]?.label}>
            <Show when={heading()}>
              {(label) => (
                <Show when={fieldList()} fallback={<p class="cap part-of">{label()}</p>}>
                  <h2 class="ask">{label()}</h2>
                  <GroupFiles filling={props.filling} group={fieldList()} />
                </Show>
              )}
            </Show>
            <Windowed
              each={pages.step()?.nodes ?? []}
              by={DRAWN}
              reveal={(show) => (reveal = show)}
              fallback={<p class="lead">{t('forms.nothingMore')}</p>}
            >
              {(node) => (
                <Ask
                  filling={props.filling}
                  judge={pages.judge}
                  node={node}
                  alone={alone() && !(fieldList() && heading())}
                  grid={inGrid(node, pages.step()?.nodes ?? [])}
                  onQuick={onQuick}
                  attachments={props.attachments}
                  replace={replace}
                  {...(props.mode === 'question' ? { onRow: toRow } : {})}
                />
              )}
            </Windowed>
          </section>
        </Show>
        <Show when={last() && props.mode === 'question' && pages.index() > 0}>
          <Summary filling={props.filling} steps={pages.steps()} onGo={(path) => pages.lookAt(path)} />
        </Show>
        <Show when={last()}>
          <Changed filling={props.filling} />
        </Show>
      </Dynamic>
      <Dock
        saving={props.saving}
        quiet={props.mode === 'one-page'}
        left={pages.left()}
        failed={trouble()}
        busy={pages.busy()}
        onBack={pages.index() > 0 ? () => pages.go(pages.index() - 1) : undefined}
        last={last()}
        lastWords={props.finishWords ?? t('forms.finish')}
        onNext={() => void pages.next()}
      />
    </>
  );
}
