/** 柳荫安居楼 4-2-503: the number of a door is not broken at its hyphens. */
import type { JSX } from 'solid-js';

export function AddressWords(props: { words: string }): JSX.Element {
  const door = () => props.words.lastIndexOf(' ') + 1 || props.words.length;
  return (
    <>
      {props.words.slice(0, door())}
      <span class="nowrap">{props.words.slice(door())}</span>
    </>
  );
}
