/**
 * A place on the earth, taken from the phone's receiver, also without a signal. While it searches it says how good the
 * fix is, and she may take it as it is. Shown in words: there is no map without a network.
 */
import { createSignal, createUniqueId, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, FieldError, Icon } from '../../ui';
import { Label } from './Label';
import { type Locating, locate, type NoFix, written } from './locate';
import { inWords, type WidgetProps } from './widget';

export function PointBox(props: WidgetProps): JSX.Element {
  const id = createUniqueId();
  const [search, setSearch] = createSignal<Locating | null>(null);
  const [accuracy, setAccuracy] = createSignal<number | null>(null);
  const [failed, setFailed] = createSignal<NoFix | null>(null);
  onCleanup(() => search()?.take());

  const take = async (): Promise<void> => {
    setFailed(null);
    setAccuracy(null);
    if (navigator.geolocation === undefined) return void setFailed('noPosition');
    const begun = locate(navigator.geolocation, (fix) => setAccuracy(fix.accuracy));
    setSearch(begun);
    try {
      props.onAnswer(written(await begun.found));
      props.onEnd();
    } catch (cause) {
      setFailed((cause as Error).message as NoFix);
    } finally {
      setSearch(null);
    }
  };
  const trouble = () => {
    const why = failed();
    return why === null ? undefined : t(`forms.${why}`);
  };
  return (
    <div class="q point" role="group" aria-labelledby={`${id}-label`}>
      <p class="label" id={`${id}-label`}>
        <Label node={props.node} alone={props.alone} />
      </p>
      <Show when={props.node.hint}>
        <p class="cap hint">{props.node.hint}</p>
      </Show>
      <Show when={props.value !== ''}>
        <p class="told">
          <Icon name="map-pin" />
          <span class="grow">{inWords(props.node)}</span>
        </p>
      </Show>
      <p class="cap" role="status">
        <Show when={search()}>
          {accuracy() === null ? t('forms.searching') : t('forms.searchingNear', { m: Math.round(accuracy() ?? 0) })}
        </Show>
      </p>
      <div class="ways">
        <Show
          when={search()}
          fallback={
            <Button icon="map-pin" onClick={() => void take()}>
              {props.value === '' ? t('forms.takePoint') : t('forms.pointAnew')}
            </Button>
          }
        >
          {(begun) => (
            <Button busy={accuracy() === null} onClick={() => begun().take()}>
              {t('forms.pointEnough')}
            </Button>
          )}
        </Show>
        <Show when={props.value !== '' && search() === null}>
          <Button kind="bare" small icon="trash-2" onClick={() => props.onReplace('', t('forms.pointRemoved'))}>
            {t('forms.remove')}
          </Button>
        </Show>
      </div>
      <FieldError id={`${id}-error`} words={props.error ?? trouble()} />
    </div>
  );
}
