/**
 * Before any page: is somebody enrolled on this phone, and do the records open? Only then the pages come. A code in the
 * address leads to enrolment even on a phone that somebody uses already: it is shared, and each keeps her own records.
 */
import { createSignal, type JSX, lazy, Match, Switch } from 'solid-js';
import { identity, openStore, type Store, StoreError } from '../../store';
import { Loading } from '../../ui';
import { codeFromAddress } from '../model/code';
import { Trouble } from './trouble';

const EnrolPage = lazy(async () => ({ default: (await import('./EnrolPage')).EnrolPage }));

type Stage =
  | { at: 'opening' }
  | { at: 'enrol'; code: string; shared: boolean }
  | { at: 'open'; store: Store; fresh: boolean }
  | { at: 'trouble'; cause: unknown };

export function Gate(props: { children: (store: Store, fresh: boolean) => JSX.Element }): JSX.Element {
  const [stage, setStage] = createSignal<Stage>({ at: 'opening' });

  const open = async (fresh: boolean): Promise<void> => {
    setStage({ at: 'opening' });
    try {
      setStage({ at: 'open', store: await openStore(), fresh });
    } catch (cause) {
      const nobody = cause instanceof StoreError && cause.kind === 'nobody';
      setStage(nobody ? { at: 'enrol', code: '', shared: false } : { at: 'trouble', cause });
    }
  };
  /** Asked to enrol by the address: by a card's code, or from 我的 for somebody else who shares the phone. */
  const begin = async (code: string | null): Promise<void> => {
    if (code === null && !new URLSearchParams(location.search).has('join')) return open(false);
    const shared = await identity().then(
      (somebody) => somebody !== null,
      () => false,
    );
    setStage({ at: 'enrol', code: code ?? '', shared });
  };
  /** The code is spent or not wanted: the address is not to offer it again. */
  const goOn = (fresh: boolean) => {
    history.replaceState(null, '', '/');
    void open(fresh);
  };
  void begin(codeFromAddress(location.href));

  const at = <A extends Stage['at']>(name: A) => {
    const now = stage();
    return now.at === name ? (now as Extract<Stage, { at: A }>) : undefined;
  };
  return (
    <Switch fallback={<Loading />}>
      <Match when={at('enrol')}>
        {(now) => (
          <EnrolPage
            initialCode={now().code}
            onEnrolled={() => goOn(true)}
            onCancel={now().shared ? () => goOn(false) : null}
          />
        )}
      </Match>
      <Match when={at('open')} keyed>
        {(now) => props.children(now.store, now.fresh)}
      </Match>
      <Match when={at('trouble')}>{(now) => <Trouble cause={now().cause} onAgain={() => void open(false)} />}</Match>
    </Switch>
  );
}
