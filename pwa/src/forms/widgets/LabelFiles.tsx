/**
 * What stands with a question, note, group or choice besides its words: a picture (a tap shows its large one), a sound, a
 * film, and the longer hint behind a fold. Sounds and films play when she asks for it. Nothing here is needed to answer:
 * where a file is not on this device, a line says so and the words remain.
 */
import '../label-files.css';
import { createResource, createSignal, type JSX, Match, Show, Switch } from 'solid-js';
import { language, t } from '../../i18n';
import { Button, Icon, Sheet } from '../../ui';
import { useFormAround } from '../files';
import type { FormNode, Option } from '../model';
import { schemaOf } from '../places';
import { FilmPlayer } from './FilmPlayer';
import { Player } from './Player';

type Labelled = Pick<FormNode, 'label' | 'media'>;

/** Above the words. `picture` false: its picture is shown otherwise (a map). */
export function LabelFiles(props: { node: Labelled; picture?: boolean }): JSX.Element {
  const media = () => props.node.media;
  const picture = () => (props.picture === false ? null : media().image);
  return (
    <Show when={picture() ?? media().audio ?? media().video}>
      <div class="label-files">
        <Show when={picture()}>{(name) => <Picture name={name()} what={props.node.label} />}</Show>
        <Show when={media().audio}>
          {(name) => <Sound name={name()} what={t('forms.listenTo', { what: props.node.label })} />}
        </Show>
        <Show when={media().video}>
          {(name) => <Film name={name()} what={t('forms.watchIt', { what: props.node.label })} />}
        </Show>
      </div>
    </Show>
  );
}

/** Behind a fold, since who knows it already should not have to read it each time. */
export function Guidance(props: { path: string }): JSX.Element {
  const around = useFormAround();
  const words = () => {
    const said = around?.file.guidance(schemaOf(props.path)) ?? {};
    return said[language()] ?? Object.values(said)[0] ?? '';
  };
  return (
    <Show when={words()}>
      {(said) => (
        <details class="guidance">
          <summary>
            <Icon name="chevron-down" />
            {t('forms.howTo')}
          </summary>
          <p>{said()}</p>
        </details>
      )}
    </Show>
  );
}

/** A choice as its card shows it. */
export function OptionWords(props: { option: Option }): JSX.Element {
  return (
    <>
      <Show when={props.option.media?.image}>
        {(name) => (
          <FileOf name={name()}>{(url) => <img class="choice-picture" src={url()} alt="" draggable={false} />}</FileOf>
        )}
      </Show>
      {props.option.label}
    </>
  );
}

/** What of a choice is tapped by itself: outside the card, whose every part chooses. */
export function OptionBeside(props: { option: Option }): JSX.Element {
  const around = useFormAround();
  const large = () => around?.file.large.get(props.option.media?.image ?? '');
  return (
    <Show when={large() ?? props.option.media?.audio ?? props.option.media?.video}>
      <div class="choice-beside">
        <Show when={large()}>
          {(name) => (
            <Enlarge name={name()} what={props.option.label}>
              <Icon name="image" />
              <span>{t('forms.enlarge')}</span>
            </Enlarge>
          )}
        </Show>
        <Show when={props.option.media?.audio}>
          {(name) => <Sound name={name()} what={t('forms.listenTo', { what: props.option.label })} />}
        </Show>
        <Show when={props.option.media?.video}>
          {(name) => <Film name={name()} what={t('forms.watchIt', { what: props.option.label })} />}
        </Show>
      </div>
    </Show>
  );
}

export const hasMedia = ({ media }: Option): boolean =>
  media !== undefined && (media.image ?? media.audio ?? media.video) !== null;

function Picture(props: { name: string; what: string }): JSX.Element {
  const around = useFormAround();
  const large = () => around?.file.large.get(props.name);
  const picture = (
    <FileOf name={props.name}>
      {(url) => <img class="label-picture" src={url()} alt={t('forms.pictureOf', { what: props.what })} />}
    </FileOf>
  );
  return (
    <Show when={large()} fallback={picture}>
      {(name) => (
        <Enlarge name={name()} what={props.what}>
          {picture}
          <span class="cap">{t('forms.enlarge')}</span>
        </Enlarge>
      )}
    </Show>
  );
}

function Enlarge(props: { name: string; what: string; children: JSX.Element }): JSX.Element {
  const [open, setOpen] = createSignal(false);
  return (
    <>
      <button
        type="button"
        class="enlarge"
        aria-label={t('forms.enlargeWhat', { what: props.what })}
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
      >
        {props.children}
      </button>
      <Show when={open()}>
        <Sheet
          title={props.what}
          onClose={() => setOpen(false)}
          foot={<Button onClick={() => setOpen(false)}>{t('forms.backOut')}</Button>}
        >
          <FileOf name={props.name}>
            {(url) => <img class="large-picture" src={url()} alt={t('forms.pictureOf', { what: props.what })} />}
          </FileOf>
        </Sheet>
      </Show>
    </>
  );
}

function Sound(props: { name: string; what: string }): JSX.Element {
  return <FileOf name={props.name}>{(url) => <Player src={url()} name={props.name} what={props.what} />}</FileOf>;
}

function Film(props: { name: string; what: string }): JSX.Element {
  return (
    <FileOf name={props.name}>
      {(url) => <FilmPlayer class="label-film" src={url()} name={props.name} what={props.what} />}
    </FileOf>
  );
}

/** With the file's object URL, once it is there. */
export function FileOf(props: { name: string; children: (url: () => string) => JSX.Element }): JSX.Element {
  const around = useFormAround();
  const [url] = createResource(
    () => props.name,
    (name) => around?.files.url(name).catch(() => null) ?? null,
  );
  return (
    <Switch>
      <Match when={url.latest}>{(there) => props.children(there)}</Match>
      <Match when={!url.loading}>
        <p class="cap">{t('forms.pictureNotHere')}</p>
      </Match>
    </Switch>
  );
}
