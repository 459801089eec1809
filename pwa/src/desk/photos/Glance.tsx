/** A photo to be recognised by, without a way to enlarge it. */
import { type JSX, Show } from 'solid-js';
import type { Attachment } from '../../api/types';
import { useEvidence } from './evidence';
import { canShow, small } from './pictures';

export function Glance(props: { attachment: Attachment }): JSX.Element {
  const evidence = useEvidence();
  const url = () => (canShow(props.attachment) ? small(evidence.files, evidence.base, props.attachment).url() : null);
  return (
    <Show when={url()}>
      {(here) => (
        <span class="glance">
          <img src={here()} alt="" decoding="async" />
        </span>
      )}
    </Show>
  );
}
