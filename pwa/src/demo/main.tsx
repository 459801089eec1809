/** The demo page's door: words, styles, and the stage. */
import '../i18n/areas/demo';
import '../i18n/areas/ui';
import '../ui/styles.css';
import './demo.css';
import { render } from 'solid-js/web';
import { Stage } from './Stage';

const app = document.getElementById('app');
if (app !== null) render(() => <Stage />, app);
