/** "Here": the phone's receiver is asked where she stands. How good it is so far is said, and she may take it as it is. */
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button } from '../../ui';
import { type Locating, locate, type NoFix } from './locate';
import type { Spot } from '../spots';

export interface Standing {
  /** The last fix, also while a better one is searched; reactive like all others. */
  here(): Spot | null;
  searching(): boolean;
  /** Metres; null before the first fix. */
  accuracy(): number | null;
  trouble(): string | undefined;
  begin(): void;
  enough(): void;
}

/** `good`: metres at which the search ends by itself, where the form says so. */
export function createStanding(good: () => number | null, found: (spot: Spot) => void): Standing {
  const [search, setSearch] = createSignal<Locating | null>(null);
  const [fix, setFix] = createSignal<Spot | null>(null);
  const [fresh, setFresh] = createSignal(false);
  const [failed, setFailed] = createSignal<NoFix | null>(null);
  onCleanup(() => search()?.take());
  const begin = async (): Promise<void> => {
    setFailed(null);
    setFresh(false);
    if (navigator.geolocation === undefined) return void setFailed('noPosition');
    const begun = locate(
      navigator.geolocation,
      (next) => {
        setFix(next);
        setFresh(true);
      },
      good(),
    );
    setSearch(begun);
    try {
      found(await begun.found);
    } catch (cause) {
      setFailed((cause as Error).message as NoFix);
    } finally {
      setSearch(null);
    }
  };
  return {
    here: fix,
    searching: () => search() !== null,
    accuracy: () => (fresh() ? (fix()?.accuracy ?? null) : null),
    trouble: () => {
      const why = failed();
      return why === null ? undefined : t(`forms.${why}`);
    },
    begin: () => void begin(),
    enough: () => search()?.take(),
  };
}

/** The button that searches, what it has so far, and the one that takes it. `warns`: metres beyond which it is said. */
export function Searching(props: { standing: Standing; words: string; warns: number | null }): JSX.Element {
  const metres = () => Math.round(props.standing.accuracy() ?? 0);
  const poor = () => props.warns !== null && metres() > props.warns;
  const sofar = () => {
    if (props.standing.accuracy() === null) return t('forms.searching');
    return poor() ? t('forms.searchingPoor', { m: metres() }) : t('forms.searchingNear', { m: metres() });
  };
  return (
    <>
      <p class="cap" role="status">
        <Show when={props.standing.searching()}>{sofar()}</Show>
      </p>
      <div class="ways">
        <Show
          when={props.standing.searching()}
          fallback={
            <Button icon="map-pin" onClick={() => props.standing.begin()}>
              {props.words}
            </Button>
          }
        >
          <Button busy={props.standing.accuracy() === null} onClick={() => props.standing.enough()}>
            {t('forms.pointEnough')}
          </Button>
        </Show>
      </div>
    </>
  );
}
