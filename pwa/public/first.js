/*
 * The first thing that a page runs, before its first paint. Written for browsers of ten years ago, because it is the
 * one that must tell them that they are too old: no modules, no arrow functions, nothing newer than 2011.
 *  - gives <html> the chosen theme, text size and language (the same keys as src/ui/look.ts and src/i18n/words.ts)
 *  - on the field app: sends a browser that cannot run it to /start, with the reason; the address that it wanted goes
 *    along, so that an enrolment code is not spent
 *  - on /start: shows the one sentence that fits, and the way out
 */
(function (window, document) {
  'use strict';
  var root = document.documentElement;
  var place = root.getAttribute('data-place');

  function kept(key) {
    try {
      return window.localStorage.getItem(key);
    } catch (_closed) {
      return null;
    }
  }

  function inApp() {
    return /MicroMessenger|QQ\/|DingTalk|AlipayClient|Weibo|Lark|Feishu|aweme|FBAN|FBAV/i.test(
      window.navigator.userAgent,
    );
  }

  /* What stands in the way, or null. Chrome 97, Safari 16.4 and Firefox 115 have all of this. */
  function obstacle(desk) {
    var script = document.createElement('script');
    if (!('noModule' in script) || !Array.prototype.findLast || !window.BigInt || !window.CompressionStream) {
      return inApp() ? 'in-app' : 'old';
    }
    if (desk) return null;
    if (window.isSecureContext === false) return 'insecure';
    if (!window.navigator.serviceWorker) return inApp() ? 'in-app' : 'no-worker';
    if (!window.crypto || !window.crypto.subtle) return 'old';
    try {
      if (!window.indexedDB) return 'no-storage';
    } catch (_closed) {
      return 'no-storage';
    }
    return null;
  }

  var theme = kept('lx.theme');
  var text = kept('lx.text');
  if (theme === 'light' || theme === 'dark') root.setAttribute('data-theme', theme);
  if (place === 'phone' && (text === '22' || text === '30')) root.setAttribute('data-text', text);
  if (kept('lx.language') === 'en') root.setAttribute('lang', 'en');

  if (place === 'start') {
    window.lianxinObstacle = obstacle;
    return;
  }
  var reason = obstacle(place === 'desk');
  if (reason !== null) {
    var wanted = window.location.pathname + window.location.search + window.location.hash;
    window.location.replace('/start?why=' + reason + '&from=' + encodeURIComponent(wanted));
  }
})(window, document);
