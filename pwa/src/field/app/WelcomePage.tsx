/** Once, after enrolment. */
import '../../i18n/areas/phone-later';
import type { JSX } from 'solid-js';
import { inWords } from '../../i18n';
import { install, installWay } from '../install';
import { Welcome } from '../pages/Welcome';
import { useApp } from './context';
import { createLive } from './live';

export function WelcomePage(props: { onStart: () => void }): JSX.Element {
  const { store } = useApp();
  const teams = createLive(store, ['world'], async () => (await store.teams()).filter((team) => team.mine));
  return (
    <Welcome
      name={store.identity.user.name}
      teams={(teams() ?? []).map((team) => inWords(team.name))}
      onInstall={installWay() === 'ask' ? () => void install() : null}
      onStart={() => props.onStart()}
    />
  );
}
