/** When it was: the check-in line of a visit that happens now, or the real times of one that is written down later. */
import { createSignal, type JSX, onCleanup, Show } from 'solid-js';
import { t } from '../../i18n';
import { Button, Card, FieldError, Icon, TextField } from '../../ui';
import type { LaterTimes } from '../model/later';

/** After this long on the page she may have walked here since the tap. */
const STALE_MS = 5 * 60_000;

export function CheckedIn(props: {
  time: string;
  tapMs: number;
  /** where it was is kept */
  locates: boolean;
  onAgain: () => void;
}): JSX.Element {
  const [now, setNow] = createSignal(Date.now());
  const timer = setInterval(() => setNow(Date.now()), 30_000);
  onCleanup(() => clearInterval(timer));
  return (
    <div class="pad4">
      <p class="fact" role="status">
        <Icon name="check" />
        <span>
          {t('field.checkedIn', { time: props.time })}
          <span class="not-large">{t(props.locates ? 'field.checkedInRest' : 'field.checkedInNowhere')}</span>
        </span>
      </p>
      <Show when={now() - props.tapMs > STALE_MS}>
        <Button kind="bare" icon="map-pin" onClick={() => props.onAgain()}>
          {t('field.checkInAgain')}
        </Button>
      </Show>
    </div>
  );
}

export function LaterFields(props: {
  times: LaterTimes;
  problem: string | null;
  onChange: (times: LaterTimes) => void;
}): JSX.Element {
  return (
    <Card class="pad stack fills">
      <h2 class="title">{t('field.laterWhen')}</h2>
      <TextField
        label={t('field.laterDay')}
        type="date"
        value={props.times.day}
        onInput={(day) => props.onChange({ ...props.times, day })}
      />
      <div class="two">
        <TextField
          label={t('field.laterIn')}
          type="time"
          value={props.times.from}
          onInput={(from) => props.onChange({ ...props.times, from })}
        />
        <TextField
          label={t('field.laterOut')}
          type="time"
          value={props.times.to}
          onInput={(to) => props.onChange({ ...props.times, to })}
        />
      </div>
      <FieldError words={props.problem ?? undefined} />
    </Card>
  );
}
