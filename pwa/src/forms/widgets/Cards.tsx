/** Choices as cards, one or several. Side by side only below other questions, and only where each label is short enough. */
import type { JSX } from 'solid-js';
import { Choices, textStep } from '../../ui';
import { Clear } from './Clear';
import { Label } from './Label';
import { chosenOf, type WidgetProps, widthInEm, withExclusive } from './widget';

/** How many Chinese letters fit beside the mark in half of 360 px. At the largest text there is one column only. */
const FITS = { 18: 5, 22: 4, 30: 0 } as const;

export function Cards(props: WidgetProps): JSX.Element {
  const room = () => FITS[textStep()] - (props.narrow ? 1 : 0);
  const short = () => props.node.options.every((option) => widthInEm(option.label) <= room());
  return (
    <div class="chosen-from">
      <Choices
        label={<Label node={props.node} alone={props.alone} />}
        hint={props.node.hint || undefined}
        error={props.error}
        options={props.node.options}
        chosen={chosenOf(props.value)}
        many={props.node.kind === 'many'}
        two={!props.alone && short()}
        onChoose={(values) => {
          props.onAnswer(withExclusive(chosenOf(props.value), values, props.node.exclusive).join(' '));
          props.onEnd();
        }}
      />
      <Clear {...props} />
    </div>
  );
}
