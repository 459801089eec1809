/** The fields that versions say differently: each with its values to choose from, and who says them. */
import { For, type JSX, Show } from 'solid-js';
import type { Differing, Version } from '../../api/types';
import { inWords, t } from '../../i18n';
import { Dot, FieldError, Icon } from '../../ui';
import { Value } from '../compare/Value';
import { near } from '../parts/near';
import { type Chosen, standing } from './choosing';

export interface FieldsProps {
  fields: readonly Differing[];
  versions: readonly Version[];
  chosen: Chosen;
  /** she has tried to go on: what is left to choose is said */
  tried: boolean;
  onChoose: (field: string, revision: string) => void;
}

export function Fields(props: FieldsProps): JSX.Element {
  return (
    <For each={props.fields}>
      {(field) => (
        <fieldset
          class="settlefield"
          classList={{ open: field.conflict && standing(field, props.chosen) === null }}
          data-field={field.field}
        >
          <legend>
            <Show when={field.conflict}>
              <Icon name="flag" size="sm" />
            </Show>
            <Show when={inWords(field.group)}>
              {(group) => (
                <>
                  {group()}
                  <Dot />
                </>
              )}
            </Show>
            {labelOf(field)}
          </legend>
          <div class="settleopts">
            <For each={field.values}>
              {(said) => (
                <label class="settleopt" classList={{ on: standing(field, props.chosen) === said.revision }}>
                  <input
                    type="radio"
                    name={field.field}
                    checked={standing(field, props.chosen) === said.revision}
                    onChange={() => props.onChoose(field.field, said.revision)}
                  />
                  <span class="tick" aria-hidden="true">
                    <Icon name="check" />
                  </span>
                  <span class="said">
                    <span class="what">
                      <Show when={field.kind !== 'entry'} fallback={entryWords(said.answer?.raw)}>
                        <Value answer={said.answer} label={labelOf(field)} missing={missingWords(field)} />
                      </Show>
                    </span>
                    <span class="cap">{byWords(props.versions, said.revision)}</span>
                  </span>
                </label>
              )}
            </For>
          </div>
          <Show when={props.tried && standing(field, props.chosen) === null}>
            <FieldError words={t('settle.choose')} />
          </Show>
        </fieldset>
      )}
    </For>
  );
}

/** Each version: who finished it when, on which phone, and what its author had seen. */
export function VersionList(props: { versions: readonly Version[] }): JSX.Element {
  return (
    <dl class="qa">
      <For each={props.versions}>
        {(version) => (
          <div class="row">
            <dt>{t('settle.versionN', { number: version.number })}</dt>
            <dd>
              <b>{version.by}</b>
              <Dot />
              {t('settle.finished', { when: near(version.said_at) })}
              <p class="cap">
                {version.device === null ? t('settle.atDesk') : t('settle.onPhone', { device: version.device })}
                <Dot />
                {version.base === null ? t('settle.baseUnknown') : t('settle.basedOn', { number: version.base })}
              </p>
            </dd>
          </div>
        )}
      </For>
    </dl>
  );
}

function labelOf(field: Differing): string {
  if (field.kind === 'answer') return inWords(field.label) || field.field;
  return t(`settle.${field.kind}`);
}

function missingWords({ kind }: Differing): string {
  if (kind === 'answer' || kind === 'row' || kind === 'record' || kind === 'file' || kind === 'participant')
    return t(`settle.missing_${kind}`);
  return t('settle.missing_fact');
}

function entryWords(raw: unknown): string {
  return raw === 'live' || raw === 'later' || raw === 'desk' ? t(`settle.entry_${raw}`) : String(raw);
}

function byWords(versions: readonly Version[], id: string): string {
  const version = versions.find((each) => each.id === id);
  return version === undefined ? '' : t('settle.by', { number: version.number, who: version.by });
}
