/** Where files are dropped, or chosen by a button; the same files can be chosen twice, because they may have changed. */
import { createSignal, type JSX } from 'solid-js';
import { t } from '../../i18n';
import { Icon } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { ACCEPTS } from './upload';

/** Takes files that are dropped anywhere on it. */
export function DropGround(props: {
  class: string;
  onFiles: (files: File[]) => void;
  children: JSX.Element;
}): JSX.Element {
  const [over, setOver] = createSignal(false);
  const brings = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
  return (
    <main
      class={props.class}
      classList={{ over: over() }}
      onDragOver={(event) => {
        if (!brings(event)) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (!event.currentTarget.contains(event.relatedTarget as Node | null)) setOver(false);
      }}
      onDrop={(event) => {
        if (!brings(event)) return;
        event.preventDefault();
        setOver(false);
        props.onFiles([...(event.dataTransfer?.files ?? [])]);
      }}
    >
      {props.children}
    </main>
  );
}

export interface ChooseProps {
  words: string;
  kind?: 'main' | 'line';
  busy?: boolean;
  onFiles: (files: File[]) => void;
}

export function ChooseButton(props: ChooseProps): JSX.Element {
  let input!: HTMLInputElement;
  return (
    <>
      <input
        ref={input}
        type="file"
        hidden
        multiple
        accept={ACCEPTS}
        onChange={() => {
          const files = [...(input.files ?? [])];
          input.value = '';
          props.onFiles(files);
        }}
      />
      <DeskButton kind={props.kind ?? 'line'} icon="upload" busy={Boolean(props.busy)} onClick={() => input.click()}>
        {props.words}
      </DeskButton>
    </>
  );
}

/** The page before the first file. */
export function FirstDrop(props: {
  busy: boolean;
  onFiles: (files: File[]) => void;
  children?: JSX.Element;
}): JSX.Element {
  return (
    <div class="firstdrop">
      <Icon name="file-spreadsheet" />
      <h2>{t('publish.dropTitle')}</h2>
      <p class="muted">{t('publish.dropNote')}</p>
      <ChooseButton
        kind="main"
        words={t('publish.choose')}
        busy={props.busy}
        onFiles={(files) => props.onFiles(files)}
      />
      <p class="cap">{t('publish.dropSafe')}</p>
      {props.children}
    </div>
  );
}
