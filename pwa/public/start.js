/*
 * /start: looks again at what stands in the way (first.js knows), shows the section that fits and the address to carry
 * elsewhere. As old-fashioned as first.js, for the same reason.
 */
(function (window, document) {
  'use strict';
  var root = document.documentElement;

  function asked(name) {
    var found = new RegExp('[?&]' + name + '=([^&#]*)').exec(window.location.search);
    try {
      return found ? decodeURIComponent(found[1]) : '';
    } catch (_torn) {
      return '';
    }
  }

  function show(element) {
    if (element) element.removeAttribute('hidden');
  }

  /* Only an address of this very site: never a way to be sent elsewhere. */
  function ownPath(path) {
    return /^\/(?![\/\\])/.test(path) ? path : '/';
  }

  var from = ownPath(asked('from'));
  var why = window.lianxinObstacle(from.indexOf('/desk') === 0) || 'fine';
  var secure = 'https://' + window.location.host + from;
  var address = window.location.protocol + '//' + window.location.host + from;
  if (why === 'insecure') address = secure;

  var sections = document.querySelectorAll('[data-why]');
  for (var i = 0; i < sections.length; i += 1) {
    if ((' ' + sections[i].getAttribute('data-why') + ' ').indexOf(' ' + why + ' ') >= 0) show(sections[i]);
  }
  document.querySelector('[data-secure]').setAttribute('href', secure);
  document.querySelector('[data-from]').setAttribute('href', from);
  document.getElementById('address').textContent = address;
  if (why !== 'fine') show(document.getElementById('carry'));
  if (from.indexOf('/enrol') === 0) show(document.getElementById('kept'));

  document.getElementById('copy').onclick = function () {
    var range = document.createRange();
    range.selectNodeContents(document.getElementById('address'));
    var selection = window.getSelection();
    selection.removeAllRanges();
    selection.addRange(range);
    var done = false;
    try {
      done = document.execCommand('copy');
    } catch (_refused) {
      done = false;
    }
    var english = root.lang === 'en';
    document.getElementById('copied').textContent = done
      ? english
        ? 'Copied. Paste it in the browser.'
        : '复制好了，到浏览器里粘贴。'
      : english
        ? 'Please press long on the address and copy it.'
        : '请长按上面的地址，再点复制。';
  };

  var language = document.getElementById('language');
  show(language);
  language.onclick = function () {
    var next = root.lang === 'en' ? 'zh' : 'en';
    root.lang = next === 'en' ? 'en' : 'zh-CN';
    try {
      window.localStorage.setItem('lx.language', next);
    } catch (_closed) {
      /* the page works without it */
    }
  };
})(window, document);
