// Runs in our isolated world on the frozen page. Gives the document's text as
// boxes, its pictures, controls and moving lines as boxes, whether its ground stands still, its title
// and its HTML, all bounded. Uses the
// prototypes' own functions, because a form or picture can be named like a
// property of document or of a form and hide it.
((limits) => {
  const getter = (proto, name) => {
    const get = Object.getOwnPropertyDescriptor(proto, name).get;
    return (o) => get.call(o);
  };
  const parentOf = getter(Node.prototype, 'parentElement');
  const rootOf = getter(Document.prototype, 'documentElement');
  const titleOf = getter(Document.prototype, 'title');
  const htmlOf = getter(Element.prototype, 'outerHTML');
  const boxOf = (e) => Element.prototype.getBoundingClientRect.call(e);
  const nameOf = getter(Element.prototype, 'localName');
  const styleOf = (e) => window.getComputedStyle(e);
  const sx = window.scrollX, sy = window.scrollY;
  const root = rootOf(document);
  const round = (n) => Math.round(n * 100) / 100;

  // An element is seen if it and what holds it is; the answer is remembered.
  const seen = new Map();
  const visible = (e) => {
    if (!e) return true;
    const known = seen.get(e);
    if (known !== undefined) return known;
    const style = styleOf(e);
    let yes = style.display !== 'none' && Number(style.opacity) > 0.02;
    if (yes && style.overflow !== 'visible' && e !== root && nameOf(e) !== 'body') {
      const box = boxOf(e);
      yes = box.width >= 1 && box.height >= 1;
    }
    yes = yes && visible(parentOf(e));
    seen.set(e, yes);
    return yes;
  };

  // Whether an element, or what holds it, stays in view while the page is scrolled.
  const kept = new Map();
  const held = (e) => {
    if (!e) return false;
    const known = kept.get(e);
    if (known !== undefined) return known;
    const position = styleOf(e).position;
    const yes = position === 'fixed' || position === 'sticky' || held(parentOf(e));
    kept.set(e, yes);
    return yes;
  };

  const texts = [], pictures = [], controls = [], moving = [];
  let ground = false;
  let left = limits.bytes;
  const addText = (node) => {
    const value = node.data;
    if (!/\S/.test(value)) return;
    const parent = parentOf(node);
    if (!visible(parent) || styleOf(parent).visibility !== 'visible') return;
    const range = document.createRange();
    Range.prototype.selectNodeContents.call(range, node);
    const rects = [...Range.prototype.getClientRects.call(range)].filter((r) => r.width > 0 && r.height > 0);
    if (rects.length === 0) return;
    let x0 = Infinity, y0 = Infinity, x1 = -Infinity, y1 = -Infinity;
    for (const r of rects) {
      x0 = Math.min(x0, r.left); y0 = Math.min(y0, r.top);
      x1 = Math.max(x1, r.right); y1 = Math.max(y1, r.bottom);
    }
    if (x1 + sx <= 0 || y1 + sy <= 0) return; // pushed out of the document
    const text = value.replace(/\s+/g, ' ').trim().slice(0, left);
    const font = styleOf(parent).fontFamily.slice(0, 200);
    left -= text.length + font.length;
    texts.push({ x: round(x0 + sx), y: round(y0 + sy), w: round(x1 - x0), h: round(y1 - y0), text, font, held: held(parent) });
  };
  const shown = (e, style) => {
    const r = boxOf(e);
    if (r.width < 1 || r.height < 1 || !visible(e) || style.visibility !== 'visible') return null;
    return { x: round(r.left + sx), y: round(r.top + sy), w: round(r.width), h: round(r.height) };
  };
  const fields = new Set(['input', 'select', 'textarea', 'button', 'progress', 'meter']);
  const control = (e) => {
    const name = nameOf(e);
    return fields.has(name) || ((name === 'audio' || name === 'video') && Element.prototype.hasAttribute.call(e, 'controls'));
  };
  const add = (list, e) => {
    if (list.length >= limits.pictures) return;
    const box = shown(e, styleOf(e));
    if (box) list.push(box);
  };
  const drawn = new Set(['img', 'video', 'canvas', 'svg', 'picture', 'object', 'embed', 'iframe', 'image']);
  const addPicture = (e) => {
    const name = nameOf(e), style = styleOf(e);
    const own = drawn.has(name) || (name === 'input' && e.getAttribute('type') === 'image');
    const behind = style.backgroundImage !== 'none';
    if (!own && !behind) return;
    const box = shown(e, style);
    if (!box) return;
    ground = ground || (behind && /fixed/.test(style.backgroundAttachment));
    if (!own && !/url\(/.test(style.backgroundImage)) return;
    pictures.push(box);
  };

  if (root) {
    const walk = Document.prototype.createTreeWalker.call(document, root,
      NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
    const skip = new Set(['script', 'style', 'noscript', 'template', 'head', 'title']);
    let steps = limits.nodes, node = walk.currentNode;
    while (node && steps-- > 0) {
      if (node.nodeType === 3) {
        const parent = parentOf(node);
        if (texts.length < limits.texts && left > 0 && parent && !skip.has(nameOf(parent))) addText(node);
      } else {
        if (pictures.length < limits.pictures) addPicture(node);
        if (control(node)) add(controls, node);
        if (nameOf(node) === 'marquee') add(moving, node);
      }
      node = TreeWalker.prototype.nextNode.call(walk);
    }
  }
  const kind = document.doctype ? new XMLSerializer().serializeToString(document.doctype) + '\n' : '';
  const html = root ? htmlOf(root) : '';
  return { title: titleOf(document).slice(0, 2000), html: (kind + html).slice(0, limits.html), texts, pictures, controls, moving, ground };
})(/*LIMITS*/)
