/** Asks once, with a reason (which may be left out where nothing is said for a missing one), before something that cannot be taken back. What stands in its way is said in here. */
import { createSignal, type JSX, onMount, Show } from 'solid-js';
import { type ApiProblem, asProblem } from '../../api/problem';
import { t } from '../../i18n';
import { Dialog, TextArea } from '../../ui';
import { DeskButton } from './DeskButton';
import { useKeydown } from './on-keys';
import { ProblemNote } from './ProblemNote';

const MOST_WORDS = 500;

export interface ReasonDialogProps {
  title: string;
  note: string;
  label: string;
  /** said when there is none; left out: it may be left out */
  missing?: string;
  /** on the button that does it */
  words: string;
  /** rejects with why not; the dialog stays */
  onSend: (reason: string) => Promise<void>;
  onClose: () => void;
}

export function ReasonDialog(props: ReasonDialogProps): JSX.Element {
  const [reason, setReason] = createSignal('');
  const [tried, setTried] = createSignal(false);
  const [busy, setBusy] = createSignal(false);
  const [problem, setProblem] = createSignal<ApiProblem | null>(null);
  let body!: HTMLDivElement;
  const box = () => body.querySelector('textarea');
  onMount(() => queueMicrotask(() => box()?.focus())); // after the dialog itself has taken it

  async function send(): Promise<void> {
    setTried(true);
    const said = reason().trim();
    const wanting = said === '' && props.missing !== undefined;
    if (wanting) box()?.focus();
    if (wanting || busy()) return;
    setBusy(true);
    setProblem(null);
    try {
      await props.onSend(said);
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
          <span class="grow" />
          <DeskButton key="Esc" onClick={() => props.onClose()}>
            {t('desk.leaveIt')}
          </DeskButton>
          <DeskButton kind="main" icon="check" key="Ctrl ↵" busy={busy()} onClick={() => void send()}>
            {props.words}
          </DeskButton>
        </>
      }
    >
      <div class="asking" ref={body}>
        <Show when={problem()}>{(now) => <ProblemNote problem={now()} onClose={() => setProblem(null)} />}</Show>
        <TextArea
          label={props.label}
          rows={3}
          value={reason()}
          error={tried() && reason().trim() === '' ? props.missing : undefined}
          onInput={(words) => setReason(words.slice(0, MOST_WORDS))}
        />
      </div>
    </Dialog>
  );
}
