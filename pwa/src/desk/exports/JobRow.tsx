/** One export: what it holds, how far it is, and what one can do with it now. */
import { type JSX, Match, Show, Switch } from 'solid-js';
import type { ExportJob } from '../../api/types';
import { dayOf, formatBytes, formatDay, t } from '../../i18n';
import { Bar, Dot, Icon } from '../../ui';
import { DeskButton } from '../parts/DeskButton';
import { near } from '../parts/near';
import { zone } from '../session/session';

export const runs = (job: ExportJob): boolean => job.state === 'queued' || job.state === 'running';

export function JobRow(props: { job: ExportJob; onCancel: () => void; onFetch: () => void }): JSX.Element {
  const today = () => dayOf(new Date(), zone());
  const period = () => `${formatDay(props.job.asked.from_day, today())}–${formatDay(props.job.asked.to_day, today())}`;
  return (
    <li class="job">
      <Icon name={props.job.asked.format === 'xlsx' ? 'file-spreadsheet' : 'file-text'} />
      <div class="grow">
        <p>
          <b>{props.job.filename ?? period()}</b>
        </p>
        <p class="cap">
          {formatWord(props.job.asked.format)}
          <Dot />
          {period()}
          <Dot />
          {near(props.job.created_at)}
          <Show when={props.job.asked.names}>
            <Dot />
            {t('desk.holdsNames')}
          </Show>
          <Show when={props.job.asked.sensitive}>
            <Dot />
            {t('desk.holdsSensitive')}
          </Show>
          <Show when={props.job.bytes}>
            {(bytes) => (
              <>
                <Dot />
                {t('desk.nRows', { n: props.job.done_rows })}
                <Dot />
                {formatBytes(bytes())}
              </>
            )}
          </Show>
        </p>
        <Switch>
          <Match when={props.job.state === 'queued'}>
            <p class="cap">{t('desk.queued')}</p>
          </Match>
          <Match when={props.job.state === 'running'}>
            <Bar
              done={props.job.total_rows === null ? null : props.job.done_rows}
              of={props.job.total_rows ?? 0}
              label={t('desk.making')}
            />
            <p class="cap" role="status">
              {props.job.total_rows === null
                ? t('desk.making')
                : t('desk.makingRows', { done: props.job.done_rows, total: props.job.total_rows })}
            </p>
          </Match>
          <Match when={props.job.state === 'cancelled'}>
            <p class="cap">{t('desk.cancelled')}</p>
          </Match>
          <Match when={props.job.state === 'failed'}>
            <p class="emsg">
              <Icon name="circle-alert" size="sm" />
              <span>
                {props.job.problem?.title} {props.job.problem?.detail}
              </span>
            </p>
          </Match>
        </Switch>
      </div>
      <Switch>
        <Match when={runs(props.job)}>
          <DeskButton small icon="x" onClick={props.onCancel}>
            {t('desk.cancelJob')}
          </DeskButton>
        </Match>
        <Match when={props.job.state === 'done'}>
          <DeskButton small icon="download" onClick={props.onFetch}>
            {t('desk.download')}
          </DeskButton>
        </Match>
      </Switch>
    </li>
  );
}

const formats = { xlsx: 'desk.format_xlsx', csv: 'desk.format_csv', 'csv-excel': 'desk.format_csv_excel' } as const;

export function formatWord(format: string): string {
  return format in formats ? t(formats[format as keyof typeof formats]) : format;
}
