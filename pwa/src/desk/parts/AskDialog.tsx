/**
 * Asks once before something goes: the button or Ctrl and Enter send it, Escape leaves it. What stands in its way is said
 * in here, and the dialog stays with what was written.
 */
import { createSignal, type JSX, onMount, Show } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import { t } from '../../i18n';
import { Dialog, type IconName } from '../../ui';
import { DeskButton } from './DeskButton';
import { useKeydown } from './on-keys';
import { ProblemNote } from './ProblemNote';

export interface AskDialogProps {
  title: JSX.Element;
  note: JSX.Element;
  /** on the button that sends */
  icon: IconName;
  words: string;
  /** false: something is missing, and the box says so; it gets the focus */
  ready?: () => boolean;
  /** rejects with why not */
  onSend: () => Promise<unknown>;
  onClose: () => void;
  /** what can be done about a problem, where it is more than to read it */
  wayOut?: (problem: ApiProblem) => JSX.Element | undefined;
  /** before the buttons */
  aside?: JSX.Element;
  children: JSX.Element;
}

export function AskDialog(props: AskDialogProps): JSX.Element {
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  let body!: HTMLDivElement;
  const focus = (what: string) => queueMicrotask(() => body.querySelector<HTMLElement>(what)?.focus());
  onMount(() => focus('input, textarea')); // before the cross at the top, and after the dialog itself has taken it

  async function send(): Promise<void> {
    if (busy()) return;
    if (props.ready?.() === false) return focus('[aria-invalid=true]');
    setBusy(true);
    setProblem(null);
    try {
      await props.onSend();
    } catch (thrown) {
      setProblem(asProblem(thrown));
    }
    setBusy(false);
  }
  useKeydown((event) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void send();
  });

  return (
    <Dialog
      title={props.title}
      note={props.note}
      onClose={props.onClose}
      foot={
        <>
          {props.aside}
          <span class="grow" />
          <DeskButton key="Esc" onClick={() => props.onClose()}>
            {t('desk.leaveIt')}
          </DeskButton>
          <DeskButton kind="main" icon={props.icon} key="Ctrl ↵" busy={busy()} onClick={() => void send()}>
            {props.words}
          </DeskButton>
        </>
      }
    >
      <div class="asking" ref={body}>
        <Show when={problem()}>
          {(now) => (
            <ProblemNote problem={now()} onClose={() => setProblem(null)}>
              {props.wayOut?.(now())}
            </ProblemNote>
          )}
        </Show>
        {props.children}
      </div>
    </Dialog>
  );
}
