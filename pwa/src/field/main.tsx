/** The field app's door. */
import './field.css';
import { render } from 'solid-js/web';
import { wordsReady } from '../i18n/areas/phone';
import { startWorker } from '../ui';
import { App } from './app/App';
import { Gate } from './app/Gate';
import { catchInstall } from './install';

catchInstall();
void startWorker().catch(() => undefined); // without one the app still works where there is a network
void wordsReady().then(() => {
  const root = document.getElementById('app');
  if (root !== null) render(() => <Gate>{(store, fresh) => <App store={store} fresh={fresh} />}</Gate>, root);
});
