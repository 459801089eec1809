/**
 * Photos large, one at a time: nearer and farther, moved by hand, the next and the one before. The small one stands in
 * until the original is here. The browser's own <dialog> keeps the focus and gives it back.
 */
import { createEffect, createSignal, createUniqueId, type JSX, on, onCleanup, onMount, Show } from 'solid-js';
import { inWords, t } from '../../i18n';
import { Icon, type IconName } from '../../ui';
import { useKeydown } from '../parts/on-keys';
import type { Evidence } from './evidence';
import { type PanZoom, panZoom } from './pan-zoom';
import { type Picture, pathOf, saidAt, small } from './pictures';

export interface ViewerProps {
  evidence: Evidence;
  /** those that can be shown */
  pictures: readonly Picture[];
  at: number;
  onMove: (at: number) => void;
  onClose: () => void;
}

export function Viewer(props: ViewerProps): JSX.Element {
  const id = createUniqueId();
  let box!: HTMLDialogElement;
  let stage!: HTMLDivElement;
  let image!: HTMLImageElement;
  const [hold, setHold] = createSignal<PanZoom | null>(null);
  let gone = false;

  const picture = () => props.pictures[props.at];
  const whole = () => {
    const now = picture();
    if (now?.attachment.state !== 'here') return null;
    return props.evidence.files(pathOf(props.evidence.base, now.attachment));
  };
  const url = () => {
    const now = picture();
    if (now === undefined) return undefined;
    return whole()?.url() ?? small(props.evidence.files, props.evidence.base, now.attachment).url() ?? undefined;
  };
  const state = () => {
    if (picture()?.attachment.state === 'preview') return t('desk.originalWaitsLong');
    const problem = whole()?.problem();
    if (problem) return `${problem.title} ${problem.next}`;
    return whole()?.url() === null ? t('desk.originalComes') : '';
  };
  const move = (by: 1 | -1) => {
    const next = props.at + by;
    if (next >= 0 && next < props.pictures.length) props.onMove(next);
  };

  onMount(() => {
    box.showModal();
    panZoom(image, stage)
      .then((made) => (gone ? made.stop() : setHold(made)))
      .catch(() => undefined); // without it the picture is still as large as the window
  });
  onCleanup(() => {
    gone = true;
    hold()?.stop();
    if (box.open) box.close();
  });
  createEffect(
    on(
      () => props.at,
      () => hold()?.whole(),
      { defer: true },
    ),
  );

  const keys: Readonly<Record<string, () => void>> = {
    ArrowRight: () => move(1),
    j: () => move(1),
    ArrowLeft: () => move(-1),
    k: () => move(-1),
    '+': () => hold()?.nearer(),
    '=': () => hold()?.nearer(),
    '-': () => hold()?.farther(),
    '0': () => hold()?.whole(),
    p: () => props.onClose(),
  };
  useKeydown((event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const act = keys[event.key] ?? keys[event.key.toLowerCase()];
    if (act === undefined) return;
    event.preventDefault();
    act();
  });

  return (
    <dialog
      ref={box}
      class="viewer"
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <header>
        <h2 id={id} tabindex="-1" autofocus>
          {inWords(picture()?.label)}
        </h2>
        <Show when={picture()}>
          {(now) => <Show when={saidAt(now().attachment)}>{(words) => <p class="said">{words()}</p>}</Show>}
        </Show>
        <p class="grow" role="status">
          {state()}
        </p>
        <Show when={props.pictures.length > 1}>
          <span class="count">{`${props.at + 1} / ${props.pictures.length}`}</span>
        </Show>
        <Tool icon="x" words={t('ui.close')} key="Esc" onClick={() => props.onClose()} />
      </header>
      <div class="stage" ref={stage}>
        <img ref={image} src={url()} alt={inWords(picture()?.label)} classList={{ none: url() === undefined }} />
      </div>
      <footer>
        <Tool icon="chevron-left" words={t('desk.photoBefore')} key="←" off={props.at === 0} onClick={() => move(-1)} />
        <Tool icon="minus" words={t('desk.farther')} key="-" onClick={() => hold()?.farther()} />
        <Tool icon="refresh-cw" words={t('desk.wholePhoto')} key="0" onClick={() => hold()?.whole()} />
        <Tool icon="plus" words={t('desk.nearer')} key="+" onClick={() => hold()?.nearer()} />
        <Tool
          icon="chevron-right"
          words={t('desk.photoAfter')}
          key="→"
          off={props.at === props.pictures.length - 1}
          onClick={() => move(1)}
        />
      </footer>
    </dialog>
  );
}

function Tool(props: { icon: IconName; words: string; key: string; off?: boolean; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      class="vtool"
      classList={{ off: Boolean(props.off) }}
      aria-disabled={props.off ? 'true' : undefined}
      onClick={() => props.onClick()}
    >
      <Icon name={props.icon} />
      <span>{props.words}</span>
      <kbd aria-hidden="true">{props.key}</kbd>
    </button>
  );
}
