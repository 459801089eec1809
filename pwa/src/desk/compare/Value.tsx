/** One answer as a version gives it: its words, its photo or recording, or that there is none. */
import { type JSX, Match, Switch } from 'solid-js';
import type { AnswerRow } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Attached } from '../photos/Attached';

export interface ValueProps {
  answer: AnswerRow | null;
  label: string;
  /** for what is not there at all; left out: it was not asked */
  missing?: string;
  version?: string;
  mark?: 'del' | 'ins';
}

export function Value(props: ValueProps): JSX.Element {
  const words = () => inWords(props.answer?.value_text);
  const absent = () => (props.answer === null ? (props.missing ?? t('desk.notAsked_row')) : t('desk.notAnswered'));
  return (
    <Switch fallback={<span class="muted">{absent()}</span>}>
      <Match when={props.answer?.attachment}>
        {(attachment) => (
          <Attached
            attachment={attachment()}
            label={props.label}
            version={props.version}
            fresh={props.mark === 'ins'}
          />
        )}
      </Match>
      <Match when={words() !== '' && props.mark === 'del'}>
        <del>{words()}</del>
      </Match>
      <Match when={words() !== '' && props.mark === 'ins'}>
        <ins>{words()}</ins>
      </Match>
      <Match when={words() !== ''}>{words()}</Match>
    </Switch>
  );
}
