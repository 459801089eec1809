/**
 * A drawing whose parts are the choices (`image-map`). A finger taps it; the choices also stand as a list below, which is
 * what a keyboard and a reader meet, so the drawing itself is left out for them.
 */
import { createEffect, createResource, For, type JSX, Show } from 'solid-js';
import { useFormAround } from '../files';
import { chosenOf, type Question } from '../model';
import { FileOf } from './LabelFiles';
import { outlinesOf } from './outlines';
import { withExclusive } from './widget';

export interface MapPictureProps {
  node: Question;
  name: string;
  value: string;
  locked: boolean;
  onChoose: (value: string) => void;
}

export const isMap = ({ kind, appearances, media }: Question): boolean =>
  (kind === 'one' || kind === 'many') && appearances.has('image-map') && media.image !== null;

export function MapPicture(props: MapPictureProps): JSX.Element {
  const around = useFormAround();
  const [svg] = createResource(
    () => props.name,
    (name) => around?.files.text(name).catch(() => null) ?? null,
  );
  const values = () => props.node.options.map((option) => option.value);
  const outlines = () => {
    const text = svg.latest;
    return typeof text === 'string' ? outlinesOf(text, values()) : null;
  };
  const chosen = () => chosenOf(props.node, props.value);
  const tap = (value: string) => {
    if (props.locked) return;
    if (props.node.kind === 'one') return props.onChoose(value);
    const before = chosen();
    const next = before.includes(value)
      ? before.filter((each) => each !== value)
      : values().filter((each) => each === value || before.includes(each));
    props.onChoose(withExclusive(before, next, props.node.exclusive).join(' '));
  };
  return (
    <div class="map-picture" aria-hidden="true">
      <FileOf name={props.name}>{(url) => <img class="label-picture" src={url()} alt="" draggable={false} />}</FileOf>
      <Show when={outlines()}>
        {(drawn) => (
          <svg viewBox={drawn().frame}>
            <For each={[...drawn().areas]}>
              {([value, shapes]) => {
                createEffect(() => shapes.setAttribute('class', chosen().includes(value) ? 'area on' : 'area'));
                shapes.addEventListener('click', () => tap(value));
                return shapes;
              }}
            </For>
          </svg>
        )}
      </Show>
    </div>
  );
}
