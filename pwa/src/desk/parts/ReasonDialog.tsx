/** Asks for a reason (which may be left out where nothing is said for a missing one) before something that cannot be taken back. */
import { createSignal, type JSX } from 'solid-js';
import { TextArea } from '../../ui';
import { AskDialog } from './AskDialog';

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
  const missing = () => (reason().trim() === '' ? props.missing : undefined);
  return (
    <AskDialog
      title={props.title}
      note={props.note}
      icon="check"
      words={props.words}
      ready={() => {
        setTried(true);
        return missing() === undefined;
      }}
      onSend={() => props.onSend(reason().trim())}
      onClose={props.onClose}
    >
      <TextArea
        label={props.label}
        rows={3}
        value={reason()}
        error={tried() ? missing() : undefined}
        onInput={(words) => setReason(words.slice(0, MOST_WORDS))}
      />
    </AskDialog>
  );
}
