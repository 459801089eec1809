/** A recording that was cut off (the phone died, the tab was closed) is offered when its form is opened again. */
import { createSignal, type JSX, onMount } from 'solid-js';
import { t } from '../../i18n';
import type { FileBytes } from '../../store';
import { Button, FieldError, Sheet } from '../../ui';
import { Heard } from './Heard';

export function Unfinished(props: {
  /** what it answers, as the question says it */
  title: string;
  length: string;
  load: () => Promise<FileBytes | null>;
  onUse: () => Promise<void>;
  onDrop: () => Promise<void>;
  wordsOf: (cause: unknown) => string;
  /** not now: it is offered again */
  onClose: () => void;
}): JSX.Element {
  const [busy, setBusy] = createSignal(false);
  const [trouble, setTrouble] = createSignal<string | undefined>();
  let words!: HTMLParagraphElement;
  onMount(() => words.focus()); // not on the button that throws it away
  const act = async (what: () => Promise<void>): Promise<void> => {
    if (busy()) return;
    setBusy(true);
    try {
      await what();
    } catch (cause) {
      setTrouble(props.wordsOf(cause));
    }
    setBusy(false);
  };
  return (
    <Sheet
      title={t('visits.unfinishedTitle')}
      note={props.title}
      onClose={() => props.onClose()}
      foot={
        <>
          <Button busy={busy()} onClick={() => void act(props.onDrop)}>
            {t('visits.voiceThrow')}
          </Button>
          <Button kind="main" icon="check" busy={busy()} onClick={() => void act(props.onUse)}>
            {t('visits.voiceUse')}
          </Button>
        </>
      }
    >
      <p ref={words} class="lead title-focus" tabindex={-1}>
        {t('visits.unfinishedText', { length: props.length })}
      </p>
      <Heard load={props.load} what={props.title} sorry={t('visits.unfinishedNotPlayed')} />
      <FieldError words={trouble()} />
    </Sheet>
  );
}
