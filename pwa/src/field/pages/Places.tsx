/** Where the team is: a list to search, and the tap is the check-in. */
import { createSignal, For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Empty, FieldError, Icon, List, Row, TextField } from '../../ui';
import { found } from '../model/search';
import { Screen } from '../parts/Screen';

export interface PlaceLine {
  readonly id: string;
  readonly name: string;
  readonly community: string;
}

export interface PlacesProps {
  /** which work it is for */
  work: string;
  places: readonly PlaceLine[];
  /** another place for a visit that is being filled: no check-in any more */
  other: boolean;
  /** 补记: the real times, asked above the list */
  when?: JSX.Element;
  trouble: string | null;
  onPlace: (id: string) => void;
  onBack: () => void;
}

/** Only so many rows at a time: a list of hundreds makes a cheap phone wait. */
const PAGE = 40;

export function Places(props: PlacesProps): JSX.Element {
  const [query, setQuery] = createSignal('');
  const [shown, setShown] = createSignal(PAGE);
  const matching = () => props.places.filter(({ name, community }) => found(query(), [name, community]));
  const some = () => matching().slice(0, shown());
  return (
    <Screen
      title={props.other ? t('group.whereOther') : t('group.whereTitle')}
      sub={props.work}
      urgent
      onBack={() => props.onBack()}
    >
      {props.when}
      <FieldError words={props.trouble ?? undefined} />
      <Show
        when={props.places.length > 0}
        fallback={<Empty title={t('group.noPlaces')}>{t('group.noPlacesText')}</Empty>}
      >
        <TextField
          label={t('group.find')}
          icon="search"
          type="search"
          value={query()}
          onInput={(value) => {
            setQuery(value);
            setShown(PAGE);
          }}
        />
        <Show when={!props.other && props.when === undefined}>
          <p class="fact">
            <Icon name="map-pin" />
            <span>{t('group.tapIsCheckIn')}</span>
          </p>
        </Show>
        <Show when={matching().length === 0}>
          <p class="fact center" role="status">
            <Icon name="search" />
            <span>
              <b>{t('group.findNone', { query: query().trim() })}</b>
              <br />
              {t('group.findNoneText')}
            </span>
          </p>
        </Show>
        <Show when={some().length > 0}>
          <List label={t('group.whereTitle')}>
            <For each={some()}>
              {(line) => (
                <Row icon="map-pin" name={line.name} cap={line.community} onOpen={() => props.onPlace(line.id)} />
              )}
            </For>
          </List>
        </Show>
        <Show when={matching().length > some().length}>
          <Button kind="bare" icon="chevron-down" onClick={() => setShown(shown() + PAGE)}>
            {t('field.more', { n: matching().length - some().length })}
          </Button>
        </Show>
      </Show>
    </Screen>
  );
}
