/** Where the team is: a list to search, and the tap is the check-in. */
import { For, type JSX, Show } from 'solid-js';
import { t } from '../../i18n';
import { Dot, Empty, FieldError, Icon, List, Row } from '../../ui';
import { found } from '../model/search';
import { createFinding, FindBox, MoreRows, NothingFound } from '../parts/Finding';
import { Screen } from '../parts/Screen';

export interface PlaceLine {
  readonly id: string;
  readonly name: string;
  readonly community: string;
  /** written down on this phone, and not with the county yet */
  readonly unsent: boolean;
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

export function Places(props: PlacesProps): JSX.Element {
  const finding = createFinding();
  const matching = () => props.places.filter(({ name, community }) => found(finding.query(), [name, community]));
  const some = () => matching().slice(0, finding.most());
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
        <FindBox label={t('group.find')} finding={finding} />
        <Show when={!props.other && props.when === undefined}>
          <p class="fact">
            <Icon name="map-pin" />
            <span>{t('group.tapIsCheckIn')}</span>
          </p>
        </Show>
        <Show when={matching().length === 0}>
          <NothingFound title={t('group.findNone', { query: finding.query().trim() })} text={t('group.findNoneText')} />
        </Show>
        <Show when={some().length > 0}>
          <List label={t('group.whereTitle')}>
            <For each={some()}>
              {(line) => (
                <Row icon="map-pin" name={line.name} cap={<Cap line={line} />} onOpen={() => props.onPlace(line.id)} />
              )}
            </For>
          </List>
        </Show>
        <MoreRows left={matching().length - some().length} finding={finding} />
      </Show>
    </Screen>
  );
}

function Cap(props: { line: PlaceLine }): JSX.Element {
  return (
    <Show when={props.line.unsent} fallback={props.line.community}>
      {props.line.community}
      <Dot />
      {t('visits.placeUnsent')}
    </Show>
  );
}
