/** How large a form is, in words that mean something to whoever drew it. */
import { For, type JSX } from 'solid-js';
import type { FormSizes } from '../../api/types';
import { formatBytes, t } from '../../i18n';

export function Sizes(props: { sizes: FormSizes }): JSX.Element {
  const lines = (): readonly (readonly [string, string])[] => {
    const { questions, xform_bytes, media_bytes, longest_list, open_ms } = props.sizes;
    const open = open_ms === null ? t('publish.unknown') : t('publish.seconds', { n: (open_ms / 1000).toFixed(1) });
    return [
      [t('publish.sizeQuestions'), String(questions)],
      [t('publish.sizeForm'), formatBytes(xform_bytes)],
      ...(media_bytes > 0 ? [[t('publish.sizeFiles'), formatBytes(media_bytes)] as const] : []),
      ...(longest_list > 0 ? [[t('publish.sizeList'), t('publish.sizeListRows', { n: longest_list })] as const] : []),
      [t('publish.sizeOpen'), open],
    ];
  };
  return (
    <section class="panel">
      <h3>{t('publish.sizes')}</h3>
      <dl class="qa">
        <For each={lines()}>
          {([label, value]) => (
            <div class="row">
              <dt>{label}</dt>
              <dd>{value}</dd>
            </div>
          )}
        </For>
      </dl>
    </section>
  );
}
