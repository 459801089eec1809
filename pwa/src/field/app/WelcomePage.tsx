/** Once, after enrolment. */
import '../../i18n/areas/phone-later';
import { type JSX, onMount } from 'solid-js';
import { inWords } from '../../i18n';
import { install, installWay } from '../install';
import { Welcome } from '../pages/Welcome';
import { useApp } from './context';
import { cameByDoor } from './demo-door';
import { createLive } from './live';

export function WelcomePage(props: { onStart: () => void }): JSX.Element {
  const { store } = useApp();
  const teams = createLive(store, ['world'], async () => (await store.teams()).filter((team) => team.mine));
  // what a phone in use would have begun: nothing waits for it, and nobody misses it where it cannot be made
  onMount(() => {
    if (!cameByDoor() || !store.identity.org.demo) return;
    void import('./demo-draft').then(({ beginAsDemo }) => beginAsDemo(store)).catch(() => undefined);
  });
  return (
    <Welcome
      name={store.identity.user.name}
      teams={(teams() ?? []).map((team) => inWords(team.name))}
      onInstall={installWay() === 'ask' ? () => void install() : null}
      onStart={() => props.onStart()}
    />
  );
}
