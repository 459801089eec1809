/** What was found, errors first: each leads to its cell. What is mended since the file before stands below, ticked. */
import { For, type JSX, Show } from 'solid-js';
import type { Finding, FormSheet } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Icon } from '../../ui';
import { isError, placeOf, spotOf } from './findings';

export interface FindingsProps {
  findings: readonly Finding[];
  sheets: readonly FormSheet[];
  gone: readonly Finding[];
  /** those that were not there in the file before */
  fresh: ReadonlySet<Finding>;
  /** the one whose cell is being looked at */
  here: Finding | null;
  onShow: (finding: Finding) => void;
}

export function Findings(props: FindingsProps): JSX.Element {
  const errors = () => props.findings.filter(isError).length;
  const warnings = () => props.findings.length - errors();
  return (
    <section class="findings" aria-label={t('publish.findings')}>
      <header class="found-sum" classList={{ clean: errors() === 0 }} tabindex="-1">
        <Show
          when={errors() > 0}
          fallback={
            <>
              <Icon name="circle-check-big" />
              <div>
                <h2>{t('publish.allGood')}</h2>
                <p class="cap">{t('publish.allGoodNote')}</p>
              </div>
            </>
          }
        >
          <Icon name="circle-alert" />
          <h2>{t('publish.toMend', { n: errors() })}</h2>
        </Show>
        <Show when={warnings() > 0}>
          <span class="flag soft">
            <Icon name="info" />
            {t('publish.toKnow', { n: warnings() })}
          </span>
        </Show>
      </header>
      <Show when={props.findings.length > 0}>
        <ul class="foundlist">
          <For each={props.findings}>
            {(finding) => (
              <li>
                <Show
                  when={spotOf(finding, props.sheets) !== null}
                  fallback={
                    <div class="found" classList={look(finding)}>
                      {inside(finding)}
                    </div>
                  }
                >
                  <button
                    type="button"
                    class="found"
                    classList={{ ...look(finding), on: props.here === finding }}
                    aria-current={props.here === finding ? 'true' : undefined}
                    onClick={() => props.onShow(finding)}
                  >
                    {inside(finding)}
                  </button>
                </Show>
              </li>
            )}
          </For>
        </ul>
      </Show>
      <Show when={props.gone.length > 0}>
        <h3 class="sec gonehead">{t('publish.gone', { n: props.gone.length })}</h3>
        <ul class="foundlist gone">
          <For each={props.gone}>
            {(finding) => (
              <li class="found">
                <Icon name="circle-check" />
                <span>
                  <span class="where">{placeOf(finding)}</span>
                  <span class="hidden">{t('publish.goneMark')}</span>
                  <s>{inWords(finding)}</s>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );

  function look(finding: Finding): Record<string, boolean> {
    return { wrong: isError(finding), warn: !isError(finding) };
  }

  function inside(finding: Finding): JSX.Element {
    return (
      <>
        <Icon name={isError(finding) ? 'circle-alert' : 'info'} />
        <span>
          <span class="where" classList={{ wrong: isError(finding), warn: !isError(finding) }}>
            <b>{t(isError(finding) ? 'publish.error' : 'publish.warning')}</b> {placeOf(finding)}
            <Show when={props.fresh.has(finding)}>
              {' '}
              <span class="flag soft">{t('publish.newMark')}</span>
            </Show>
          </span>
          {inWords(finding)}
        </span>
      </>
    );
  }
}
