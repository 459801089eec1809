/**
 * Sheet (from below, the phone) and dialog (the desk), both the browser's own <dialog>: it keeps the focus inside,
 * closes with Escape and gives the focus back. Rendered only while open: `<Show when={open()}><Sheet …/></Show>`.
 */
import { createUniqueId, type JSX, onCleanup, onMount, Show } from 'solid-js';
import { t } from '../i18n';
import { Icon } from './Icon';

export interface OverlayProps {
  title: JSX.Element;
  note?: JSX.Element;
  /** Escape, the veil, the cross */
  onClose: () => void;
  /** at most two buttons */
  foot?: JSX.Element;
  children?: JSX.Element;
}

function Overlay(props: OverlayProps & { look: 'sheet' | 'dialog' }): JSX.Element {
  const id = createUniqueId();
  let box!: HTMLDialogElement;
  onMount(() => box.showModal());
  onCleanup(() => {
    if (box.open) box.close();
  });
  return (
    <dialog
      ref={box}
      class={props.look}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
      onClick={(event) => {
        if (event.target === box) props.onClose();
      }}
    >
      <div class="inner">
        <Show when={props.look === 'sheet'}>
          <span class="grip" />
        </Show>
        <header>
          <h2 id={id}>{props.title}</h2>
          <Show when={props.note}>
            <p class="cap">{props.note}</p>
          </Show>
          <Show when={props.look === 'dialog'}>
            <button type="button" class="cross" aria-label={t('ui.close')} onClick={() => props.onClose()}>
              <Icon name="x" />
            </button>
          </Show>
        </header>
        <div class="body">{props.children}</div>
        <Show when={props.foot}>
          <footer>{props.foot}</footer>
        </Show>
      </div>
    </dialog>
  );
}

export function Sheet(props: OverlayProps): JSX.Element {
  return <Overlay {...props} look="sheet" />;
}

export function Dialog(props: OverlayProps): JSX.Element {
  return <Overlay {...props} look="dialog" />;
}
