/**
 * Choices as a list that opens: the appearances `minimal` and `autocomplete`, lists that are too long for cards, and a
 * range with the appearance `picker`. Closed, it is a box with the choice in it.
 */
import { createSignal, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Field, Icon } from '../../ui';
import { Clear } from './Clear';
import { Label } from './Label';
import { type Choosing, Picker } from './Picker';
import { chosenOf } from '../model';
import { inWords, type WidgetProps } from './widget';

/** `from`: what is chosen from where the question itself has no choices. */
export function OpeningList(props: WidgetProps & { from?: Choosing }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  const choose = (values: readonly string[]) => {
    setOpen(false);
    props.onAnswer(values.join(' '));
    props.onEnd();
  };
  return (
    <div class="chosen-from">
      <Field
        label={<Label node={props.node} alone={props.alone} />}
        hint={props.node.hint || undefined}
        error={props.error}
        end={<Icon name="chevron-down" />}
      >
        {(wired) => (
          <button
            {...wired}
            type="button"
            role="combobox"
            class="grow opener"
            aria-haspopup="dialog"
            aria-expanded={open()}
            aria-required={props.node.required}
            onClick={() => setOpen(true)}
          >
            <Show when={inWords(props.node)} fallback={<span class="muted">{t('forms.choose')}</span>}>
              {inWords(props.node)}
            </Show>
          </button>
        )}
      </Field>
      <Clear {...props} />
      <Show when={open()}>
        <Picker
          node={props.from ?? props.node}
          initialChosen={chosenOf(props.node, props.value)}
          onPick={choose}
          onClose={() => setOpen(false)}
        />
      </Show>
    </div>
  );
}
