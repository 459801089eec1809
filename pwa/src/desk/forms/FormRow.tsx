/** One form: which version is in use since when, and all of them with their workbooks when it is opened. */
import { For, type JSX, Show } from 'solid-js';
import type { FormLine, FormVersion } from '../../api/types';
import { formatBytes, inWords, t } from '../../i18n';
import { Dot, Icon } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { near } from '../parts/near';

export interface FormRowProps {
  form: FormLine;
  onFetch: (version: FormVersion) => void;
}

export function FormRow(props: FormRowProps): JSX.Element {
  const title = () => inWords(props.form.title);
  const current = () => props.form.versions.find((version) => version.current);
  return (
    <li class="formrow">
      <Show when={props.form.versions.length > 0} fallback={<FormLineWords title={title()} form={props.form} />}>
        <details>
          <summary>
            <Icon name="chevron-right" size="sm" />
            <FormLineWords title={title()} form={props.form} current={current()} />
          </summary>
          <div class="versionsbox">
            <table class="versions">
              <caption class="hidden">{t('publish.versionsOf', { what: title() })}</caption>
              <thead>
                <tr>
                  <th scope="col">{t('publish.version')}</th>
                  <th scope="col">{t('publish.publishedAt')}</th>
                  <th scope="col">{t('publish.publishedBy')}</th>
                  <th scope="col" class="n">
                    {t('publish.questions')}
                  </th>
                  <th scope="col" class="n">
                    {t('publish.size')}
                  </th>
                  <th scope="col">{t('publish.workbook')}</th>
                </tr>
              </thead>
              <tbody>
                <For each={props.form.versions}>
                  {(version) => <VersionRow title={title()} version={version} onFetch={() => props.onFetch(version)} />}
                </For>
              </tbody>
            </table>
          </div>
        </details>
      </Show>
    </li>
  );
}

function FormLineWords(props: { title: string; form: FormLine; current?: FormVersion | undefined }): JSX.Element {
  return (
    <span class="formline">
      <b>{props.title}</b>
      <span class="cap">
        <Show when={props.current} fallback={t('publish.notYet')}>
          {(current) => (
            <>
              {t('publish.currentVersion', { version: current().version })}
              <Dot />
              {near(current().published_at)}
              <Show when={props.form.versions.length > 1}>
                <Dot />
                {t('publish.versions', { n: props.form.versions.length })}
              </Show>
            </>
          )}
        </Show>
      </span>
    </span>
  );
}

function VersionRow(props: { title: string; version: FormVersion; onFetch: () => void }): JSX.Element {
  return (
    <tr>
      <th scope="row">
        {props.version.version}
        <Show when={props.version.current}>
          <span class="flag soft">
            <Icon name="check" />
            {t('publish.current')}
          </span>
        </Show>
      </th>
      <td>{near(props.version.published_at)}</td>
      <td>{props.version.published_by ?? t('publish.bySystem')}</td>
      <td class="n">{props.version.questions}</td>
      <td class="n">{formatBytes(props.version.bytes)}</td>
      <td>
        <Show when={props.version.workbook} fallback={<span class="cap">{t('publish.noWorkbook')}</span>}>
          <DeskButton small icon="download" onClick={props.onFetch}>
            <span aria-hidden="true">{t('publish.fetch')}</span>
            <span class="hidden">{t('publish.fetchOf', { what: props.title, version: props.version.version })}</span>
          </DeskButton>
        </Show>
      </td>
    </tr>
  );
}
