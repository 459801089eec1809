/** The sheet of a list that opens. Long lists are found in by a few letters; only so many rows are drawn at once. */
import { createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Choice, Field, Sheet } from '../../ui';
import type { Option, Question } from '../model';
import { OptionBeside, OptionWords } from './LabelFiles';
import { withExclusive } from './widget';

const FIND_FROM = 9;
const DRAWN = 40;

/** What is chosen from: a question with choices, or what stands in for one. */
export type Choosing = Pick<Question, 'kind' | 'label' | 'path' | 'options' | 'exclusive'>;

export interface PickerProps {
  node: Choosing;
  initialChosen: readonly string[];
  onPick: (values: readonly string[]) => void;
  onClose: () => void;
}

export function Picker(props: PickerProps): JSX.Element {
  const [picked, setPicked] = createSignal(props.initialChosen);
  const [letters, setLetters] = createSignal('');
  const many = () => props.node.kind === 'many';
  const fits = (option: Option) => option.label.toLocaleLowerCase().includes(letters().trim().toLocaleLowerCase());
  const found = createMemo(() => props.node.options.filter(fits));
  const pick = (value: string, on: boolean) => {
    const others = many() ? picked().filter((each) => each !== value) : [];
    setPicked(on ? withExclusive(picked(), [...others, value], props.node.exclusive) : others);
  };
  return (
    <Sheet
      title={props.node.label}
      onClose={() => props.onClose()}
      foot={
        <>
          <Button onClick={() => props.onClose()}>{t('forms.backOut')}</Button>
          <Button kind="main" onClick={() => props.onPick(picked())}>
            {many() ? t('forms.pickMany') : t('forms.pick')}
          </Button>
        </>
      }
    >
      {/* takes the focus when the sheet opens: the search box would bring up the keyboard over the list */}
      <div class="picker" tabindex={-1} autofocus>
        <Show when={props.node.options.length >= FIND_FROM}>
          <div class="find">
            <Field label={t('forms.find')} icon="search">
              {(wired) => (
                <input
                  {...wired}
                  class="grow"
                  type="search"
                  autocomplete="off"
                  onInput={(event) => setLetters(event.currentTarget.value)}
                />
              )}
            </Field>
          </div>
        </Show>
        <div class="choices picks" role={many() ? 'group' : 'radiogroup'} aria-label={props.node.label}>
          <For each={found().slice(0, DRAWN)} fallback={<p class="muted">{t('forms.nothingFound')}</p>}>
            {(option) => (
              <div class="choice-of">
                <Choice
                  many={many()}
                  name={`pick-${props.node.path}`}
                  value={option.value}
                  label={<OptionWords option={option} />}
                  checked={picked().includes(option.value)}
                  onChange={(on) => pick(option.value, on)}
                />
                <OptionBeside option={option} />
              </div>
            )}
          </For>
        </div>
        <Show when={found().length > DRAWN}>
          <p class="cap">{t('forms.nMore', { n: found().length - DRAWN })}</p>
        </Show>
      </div>
    </Sheet>
  );
}
