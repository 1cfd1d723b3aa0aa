// Runs in the page's world at the start of every document, before the page's
// own scripts: makes the page paint the same twice. What it changes is listed
// in the package documentation.
(() => {
  'use strict';
  const start = /*CLOCK*/0;
  const RealDate = Date;
  // Every look at the clock moves it by 10 ms: loops that wait for a time end,
  // scripted fades reach their end, and a shown clock keeps its second.
  let reads = 0, ahead = 0;
  const now = () => start + 10 * reads++ + ahead;
  const FakeDate = function Date(...args) {
    if (!new.target) return new RealDate(now()).toString();
    const made = args.length === 0 ? new RealDate(now()) : new RealDate(...args);
    Object.setPrototypeOf(made, new.target.prototype);
    return made;
  };
  FakeDate.prototype = RealDate.prototype;
  FakeDate.prototype.constructor = FakeDate;
  FakeDate.now = now;
  FakeDate.parse = RealDate.parse;
  FakeDate.UTC = RealDate.UTC;
  globalThis.Date = FakeDate;

  // Every frame that is drawn moves all clocks by 100 ms more, in the first 12 seconds: what
  // a script moves from frame to frame, as charts do, is at its end after ten or twenty.
  const realNow = globalThis.Performance && Performance.prototype.now;
  if (realNow) Performance.prototype.now = function () { return realNow.call(this) + ahead; };
  const realFrame = globalThis.requestAnimationFrame, realCancel = globalThis.cancelAnimationFrame;
  if (realFrame) {
    const asked = new Set();
    let drawn;
    globalThis.requestAnimationFrame = (step) => {
      if (typeof step !== 'function') return realFrame.call(globalThis, step);
      const id = realFrame.call(globalThis, (stamp) => {
        asked.delete(id);
        if (stamp !== drawn && ahead < 12000) ahead += 100;
        drawn = stamp;
        step(stamp + ahead);
      });
      asked.add(id);
      return id;
    };
    globalThis.cancelAnimationFrame = (id) => { asked.delete(id); return realCancel.call(globalThis, id); };
    // Answers when nothing is moved any more, or after 40 frames.
    globalThis.addEventListener('defacecheck-rest', (e) => {
      e.preventDefault();
      let frames = 0;
      const look = () => {
        if (asked.size > 0 && frames++ < 40) realFrame.call(globalThis, look);
        else globalThis.dispatchEvent(new Event('defacecheck-rested'));
      };
      look();
    });
  }

  // mulberry32: small, and the same sequence for everybody but another visitor.
  let seed = 0x9e3779b9;
  const shift = /*SHIFT*/0;
  Math.random = () => {
    seed = (seed + 0x6d2b79f5) | 0;
    let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) / 4294967296 + shift) % 1;
  };

  const nothing = () => {};
  for (const name of ['print', 'close', 'focus', 'blur', 'moveTo', 'moveBy', 'resizeTo', 'resizeBy'])
    globalThis[name] = nothing;
  globalThis.open = () => null;
  if (globalThis.Element)
    Element.prototype.requestFullscreen = () => Promise.reject(new TypeError('Permissions check failed'));

  // Media does not play.
  if (globalThis.HTMLMediaElement) {
    HTMLMediaElement.prototype.play = () =>
      Promise.reject(new DOMException('play() failed because the user did not interact', 'NotAllowedError'));
    const stop = (e) => { e.target.autoplay = false; e.target.pause(); };
    for (const name of ['loadstart', 'canplay', 'play', 'playing'])
      document.addEventListener(name, stop, true);
  }

  // Moving lines do not move: they are stopped before their first frame, where their
  // content stands as it is written, and not wherever they are when the photograph is taken.
  if (globalThis.HTMLMarqueeElement) {
    const Line = HTMLMarqueeElement, halt = Line.prototype.stop;
    const within = Element.prototype.querySelectorAll;
    Line.prototype.start = nothing;
    new MutationObserver((changes) => {
      for (const change of changes)
        for (const e of change.addedNodes) {
          if (!(e instanceof Element)) continue;
          if (e instanceof Line) halt.call(e);
          for (const line of within.call(e, 'marquee')) halt.call(line);
        }
    }).observe(document, { childList: true, subtree: true });
  }

  // Transitions and animations have no duration, the caret is not drawn.
  const style = `*, *::before, *::after {
    transition-duration: 0s !important; transition-delay: 0s !important;
    animation-duration: 0s !important; animation-delay: 0s !important;
    animation-iteration-count: 1 !important; caret-color: transparent !important;
    scroll-behavior: auto !important; }`;
  try {
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(style);
    document.adoptedStyleSheets.push(sheet);
  } catch (e) { /* a document without styles has nothing to calm */ }
})();
