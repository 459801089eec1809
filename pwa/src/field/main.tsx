/** The field app's door. */
import '../i18n/areas/field';
import '../i18n/areas/forms';
import '../i18n/areas/ui';
import { render } from 'solid-js/web';
import { Wordmark } from '../ui';

const app = document.getElementById('app');
if (app !== null) render(() => <Wordmark />, app);
