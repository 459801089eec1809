/**
 * Choices as cards, one or several. In two columns where each label is short enough (`columns.ts`), as one line of
 * segments where the form asks for a scale (`likert`).
 * A choice that has a sound or a film to play takes the whole width.
 */
import { type JSX, Show } from 'solid-js';
import { Choices, textStep } from '../../ui';
import { Clear } from './Clear';
import { columnsOf } from './columns';
import { Label } from './Label';
import { hasMedia, OptionBeside, OptionWords } from './LabelFiles';
import { Scale } from './Scale';
import { chosenOf, type Option } from '../model';
import { type WidgetProps, widthInEm, withExclusive } from './widget';

/** How many fit into one segment of a scale. */
const SEGMENT_EM = 5;

export function Cards(props: WidgetProps): JSX.Element {
  const scale = () =>
    props.node.kind === 'one' &&
    props.node.appearances.has('likert') &&
    props.node.options.every((option) => widthInEm(option.label) <= SEGMENT_EM && !hasMedia(option));
  return (
    <Show when={scale()} fallback={<CardList {...props} />}>
      <Scale {...props} options={props.node.options} />
    </Show>
  );
}

function CardList(props: WidgetProps): JSX.Element {
  const plays = (option: Option) => (option.media?.audio ?? option.media?.video ?? null) !== null;
  const labels = () => props.node.options.map(({ label }) => label);
  const two = () => {
    const { appearances } = props.node;
    const around = { appearances, text: textStep(), alone: props.alone, narrow: props.narrow };
    return columnsOf(labels(), around) === 2 && !props.node.options.some(plays);
  };
  return (
    <div class="chosen-from">
      <Choices
        label={<Label node={props.node} alone={props.alone} />}
        hint={props.node.hint || undefined}
        error={props.error}
        options={props.node.options}
        chosen={chosenOf(props.node, props.value)}
        many={props.node.kind === 'many'}
        two={two()}
        words={(option) => <OptionWords option={option} />}
        beside={(option) => <OptionBeside option={option} />}
        onChoose={(values) => {
          props.onAnswer(withExclusive(chosenOf(props.node, props.value), values, props.node.exclusive).join(' '));
          props.onEnd();
        }}
      />
      <Clear {...props} />
    </div>
  );
}
