/** One photo or recording of a visit: what it is, where it is, and how far it has come. */
import { type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Bar, Chip, Icon, type State } from '../../ui';
import './visits.css';

export interface FileLine {
  readonly name: string;
  /** 照片 1 */
  readonly title: string;
  readonly picture: boolean;
  /** of its small picture; null: there is none here */
  readonly url: string | null;
  readonly chip: Extract<State, 'waiting' | 'sending' | 'received'> | null;
  /** where it is, and how large */
  readonly words: string;
  /** whole per cent that have arrived, while it is on its way */
  readonly share: number | null;
}

/** The written record itself, first in the list of what was sent. */
export function WrittenRow(props: { title: string; words: string; state: State }): JSX.Element {
  return (
    <div class="line-send">
      <span class="thumb ic not-large">
        <Icon name="clipboard-check" />
      </span>
      <div class="grow">
        <p>{props.title}</p>
        <p class="cap">{props.words}</p>
      </div>
      <Chip state={props.state} />
    </div>
  );
}

export function FileRow(props: { file: FileLine; onShow?: () => void }): JSX.Element {
  const icon = () => (props.file.picture ? 'camera' : 'mic');
  return (
    <div class="line-send">
      <Show
        when={props.file.picture && props.file.url}
        fallback={
          <span class="thumb ic">
            <Icon name={icon()} />
          </span>
        }
      >
        {(url) => (
          <Show
            when={props.onShow}
            fallback={
              <span class="thumb">
                <img src={url()} alt="" />
              </span>
            }
          >
            {(show) => (
              <button type="button" class="thumb look" onClick={() => show()()}>
                <img src={url()} alt={t('visits.largeOf', { what: props.file.title })} />
              </button>
            )}
          </Show>
        )}
      </Show>
      <div class="grow">
        <p>{props.file.title}</p>
        <Show when={props.file.share}>
          {(share) => <Bar done={share()} of={100} label={t('visits.sentShare', { n: share() })} />}
        </Show>
        <p class="cap">{props.file.words}</p>
      </div>
      <Show when={props.file.chip}>{(chip) => <Chip state={chip()} />}</Show>
    </div>
  );
}
