/** The desk's door: words, styles, session, pages. */
import '../i18n/areas/desk';
import '../i18n/areas/ui';
import '../ui/styles.css';
import './desk.css';
import { render } from 'solid-js/web';
import { Desk } from './Desk';

const app = document.getElementById('app');
if (app !== null) render(() => <Desk />, app);
