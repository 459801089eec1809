/** For tests: every area. A page loads only its own. */
import './desk';
import './field';
import './forms';
import './ui';
