/** For tests: every area. A page loads only its own. */
import './components';
import './demo';
import './desk';
import './field';
import './forms';
import './group';
import './publish';
import './settle';
import './ui';
import './visits';
