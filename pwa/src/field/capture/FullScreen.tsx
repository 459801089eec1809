/** The whole screen for one picture or the camera. Over the form, which stays as it is below. */
import { type JSX, onCleanup, onMount } from 'solid-js';

export function FullScreen(props: {
  label: string;
  /** Escape, the way back of the phone's own frame */
  onClose: () => void;
  children: JSX.Element;
}): JSX.Element {
  let box!: HTMLDialogElement;
  onMount(() => box.showModal());
  onCleanup(() => {
    if (box.open) box.close();
  });
  return (
    <dialog
      ref={box}
      class="whole"
      aria-label={props.label}
      onCancel={(event) => {
        if (event.target !== box) return; // a file chooser inside says the same when it is left
        event.preventDefault();
        props.onClose();
      }}
    >
      {props.children}
    </dialog>
  );
}
