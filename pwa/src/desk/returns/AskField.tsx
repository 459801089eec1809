/** One answer in the return: a tick, and once it is ticked the words that will stand above it on the phone. */
import { createUniqueId, For, type JSX, Show } from 'solid-js';
import { inWords, t } from '../../i18n';
import { FieldError, Icon } from '../../ui';
import { Glance } from '../photos/Glance';
import { isPhoto, saidAt } from '../photos/pictures';
import { type Askable, withQuick } from './draft';

const quick = ['quick_dark', 'quick_blurred', 'quick_elsewhere', 'quick_face'] as const;
const MOST_WORDS = 500;

export interface AskFieldProps {
  field: Askable;
  asked: boolean;
  words: string;
  error: string | undefined;
  onAsk: (on: boolean) => void;
  onSay: (words: string) => void;
}

export function AskField(props: AskFieldProps): JSX.Element {
  const id = createUniqueId();
  let box!: HTMLInputElement;
  const label = () => inWords(props.field.label) || props.field.path;
  const photo = () => {
    const attachment = props.field.attachment;
    return attachment !== null && isPhoto(attachment) ? attachment : null;
  };
  const value = () => {
    const { attachment } = props.field;
    if (attachment !== null) return saidAt(attachment) || (isPhoto(attachment) ? '' : t('desk.oneVoice'));
    return inWords(props.field.value) || t('desk.notAnswered');
  };
  const ask = (on: boolean) => {
    props.onAsk(on);
    if (on) queueMicrotask(() => box.focus());
  };
  const add = (words: string) => {
    props.onSay(withQuick(props.words, words, t('desk.comma'), t('desk.stop')));
    box.focus();
  };
  return (
    <div class="askfield" classList={{ on: props.asked }}>
      <label class="askhead">
        <input
          type="checkbox"
          class="hidden"
          checked={props.asked}
          onChange={(event) => ask(event.currentTarget.checked)}
        />
        <span class="ck">
          <Icon name="check" />
        </span>
        <span>
          <b>{label()}</b> <span class="muted">{value()}</span>
        </span>
      </label>
      <Show when={props.asked}>
        <div class="askwords">
          <Show when={photo()}>{(attachment) => <Glance attachment={attachment()} />}</Show>
          <div class="grow">
            <div class="field" classList={{ err: props.error !== undefined }}>
              <div class="box">
                <input
                  ref={box}
                  class="grow"
                  type="text"
                  value={props.words}
                  maxlength={MOST_WORDS}
                  autocomplete="off"
                  aria-label={t('desk.wordsFor', { what: label() })}
                  aria-invalid={props.error === undefined ? undefined : 'true'}
                  aria-describedby={props.error === undefined ? undefined : id}
                  onInput={(event) => props.onSay(event.currentTarget.value)}
                />
              </div>
              <FieldError id={id} words={props.error} />
            </div>
            <Show when={photo()}>
              <div class="quick">
                <For each={quick}>
                  {(each) => (
                    <button type="button" class="fchip" onClick={() => add(t(`desk.${each}`))}>
                      {t(`desk.${each}`)}
                    </button>
                  )}
                </For>
              </div>
            </Show>
          </div>
        </div>
      </Show>
    </div>
  );
}
