/** An icon from the page's sprite. It always stands beside a word, so it is hidden from readers unless it has a label. */
import type { JSX } from 'solid-js';
import type { IconName } from './icons';

export function Icon(props: { name: IconName; size?: 'sm' | 'big'; label?: string; class?: string }): JSX.Element {
  return (
    <svg
      class={['i', props.size, props.class].filter(Boolean).join(' ')}
      role={props.label === undefined ? undefined : 'img'}
      aria-label={props.label}
      aria-hidden={props.label === undefined ? 'true' : undefined}
    >
      <use href={`#${props.name}`} />
    </svg>
  );
}

/** The drawn separator: U+00B7 is full width in some Chinese faces. */
export function Dot(): JSX.Element {
  return <i class="dot" />;
}
