/**
 * Before any page: is somebody enrolled on this phone, and do the records open? Only then the pages come. A code in the
 * address leads to enrolment even on a phone that somebody uses already: it is shared, and each keeps her own records.
 */
import { createSignal, type JSX, lazy, Match, Switch } from 'solid-js';
import { openStore, type Store, StoreError } from '../../store';
import { Loading } from '../../ui';
import { codeFromAddress } from '../model/code';
import { Trouble } from './trouble';

const EnrolPage = lazy(async () => ({ default: (await import('./EnrolPage')).EnrolPage }));

type Stage =
  | { at: 'opening' }
  | { at: 'enrol'; code: string }
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
      setStage(nobody ? { at: 'enrol', code: '' } : { at: 'trouble', cause });
    }
  };
  const given = codeFromAddress(location.href);
  if (given === null) void open(false);
  else setStage({ at: 'enrol', code: given });

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
            onEnrolled={() => {
              history.replaceState(null, '', '/'); // the code is spent: the address is not to offer it again
              void open(true);
            }}
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
