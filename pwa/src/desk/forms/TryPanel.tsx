/** The form to be tried out on a phone, and beside it what it weighs and what publishing adds to it. */
import { createMemo, createSignal, For, type JSX, Show, untrack } from 'solid-js';
import type { LookedOver } from '../../api/types';
import { inWords, type Language, language, t } from '../../i18n';
import { Empty, Icon, Segments, type TextStep, textSteps } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { me } from '../session/session';
import type { TryForm } from './frame/messages';
import { PhoneFrame } from './PhoneFrame';
import { Sizes } from './Sizes';

export interface TryPanelProps {
  looked: LookedOver;
  media: readonly File[];
}

export function TryPanel(props: TryPanelProps): JSX.Element {
  const [spoken, setSpoken] = createSignal<Language>(language());
  const [text, setText] = createSignal<TextStep>('18');
  const [time, setTime] = createSignal(0);
  /** Of no language: whoever switches it keeps what was filled in. */
  const form = createMemo((): TryForm | null => {
    time();
    const { form: key, xform, title, lists, one_page: onePage } = props.looked;
    if (xform === null) return null;
    const named = title ?? { zh: key ?? '', en: key ?? '' };
    return { kind: 'form', xform, title: named, onePage, lists, files: props.media, user: untrack(me).user.name };
  });
  return (
    <Show
      when={form()}
      fallback={
        <div class="middle tryno">
          <Empty title={t('publish.tryNot')}>{t('publish.tryNotNote')}</Empty>
        </div>
      }
    >
      {(shown) => (
        <div class="try">
          <PhoneFrame form={shown()} look={{ language: spoken(), text: text() }} />
          <div class="trybeside">
            <section class="panel trysets">
              <div>
                <h3 class="sec">{t('publish.tryLanguage')}</h3>
                <Segments
                  label={t('publish.tryLanguage')}
                  options={[
                    { value: 'zh', label: '中文' },
                    { value: 'en', label: 'English' },
                  ]}
                  chosen={spoken()}
                  onChoose={setSpoken}
                />
              </div>
              <div>
                <h3 class="sec">{t('publish.tryText')}</h3>
                <Segments
                  label={t('publish.tryText')}
                  options={textSteps.map((step) => ({ value: step, label: t(`publish.text${step}`) }))}
                  chosen={text()}
                  onChoose={setText}
                />
              </div>
              <DeskButton small icon="rotate-ccw" onClick={() => setTime(time() + 1)}>
                {t('publish.tryAgain')}
              </DeskButton>
              <ul class="cap trynotes">
                <li>{t('publish.tryNote')}</li>
                <Show when={Object.keys(props.looked.lists).length > 0}>
                  <li>{t('publish.tryRows')}</li>
                </Show>
                <li>{t('publish.tryFiles')}</li>
              </ul>
            </section>
            <section class="panel">
              <h3>{t('publish.adds')}</h3>
              <ul class="adds">
                <For each={props.looked.changed} fallback={<li>{t('publish.addsNothing')}</li>}>
                  {(each) => (
                    <li>
                      <Icon name="plus" size="sm" />
                      <span>{inWords(each)}</span>
                    </li>
                  )}
                </For>
              </ul>
            </section>
            <Show when={props.looked.sizes}>{(sizes) => <Sizes sizes={sizes()} />}</Show>
          </div>
        </div>
      )}
    </Show>
  );
}
