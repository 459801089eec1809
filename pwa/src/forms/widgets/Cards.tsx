/**
 * Choices as cards, one or several. Side by side where each label is short enough: in two below other questions, in as
 * many columns as fit where the form asks for columns, as one line of segments where it asks for a scale (`likert`).
 * A choice that has a sound or a film to play takes the whole width.
 */
import { type JSX, Show } from 'solid-js';
import { Choices, textStep } from '../../ui';
import { Clear } from './Clear';
import { Label } from './Label';
import { hasMedia, OptionBeside, OptionWords } from './LabelFiles';
import { Scale } from './Scale';
import { chosenOf, type Option } from '../model';
import { type WidgetProps, widthInEm, withExclusive } from './widget';

/** How many Chinese letters fit beside the mark in half of 360 px. At the largest text there is one column only. */
const FITS = { 18: 5, 22: 4, 30: 0 } as const;

/** How many fit into one segment of a scale. */
const SEGMENT_EM = 5;
const COLUMNS = /^(columns(-\d+|-pack)?|horizontal|horizontal-compact)$/;

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
  const room = () => FITS[textStep()] - (props.narrow ? 1 : 0);
  const columns = () => [...props.node.appearances].some((each) => COLUMNS.test(each));
  const plays = (option: Option) => (option.media?.audio ?? option.media?.video ?? null) !== null;
  const short = () => props.node.options.every((option) => widthInEm(option.label) <= room() && !plays(option));
  return (
    <div class="chosen-from">
      <Choices
        label={<Label node={props.node} alone={props.alone} />}
        hint={props.node.hint || undefined}
        error={props.error}
        options={props.node.options}
        chosen={chosenOf(props.node, props.value)}
        many={props.node.kind === 'many'}
        two={(!props.alone || columns()) && short()}
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
