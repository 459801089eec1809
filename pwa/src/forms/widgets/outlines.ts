/**
 * The parts of a drawing that are choices: of the SVG only shapes, where they lie, and their names come over; no style, no
 * text, no reference, so that whatever else stands in the file never reaches the page. It is shown as a picture below.
 */
const SVG = 'http://www.w3.org/2000/svg';
const SHAPES = new Set(['path', 'rect', 'circle', 'ellipse', 'polygon', 'polyline', 'line']);
const GEOMETRY = 'd x y width height cx cy r rx ry points x1 y1 x2 y2 transform'.split(' ');

export interface Outlines {
  readonly frame: string;
  /** Name of a choice → its shapes, to be put into the page. */
  readonly areas: ReadonlyMap<string, SVGGElement>;
}

/** Null when the text is no drawing. */
export function outlinesOf(svg: string, names: readonly string[]): Outlines | null {
  const root = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  const frame = root.getAttribute('viewBox');
  if (root.localName !== 'svg' || frame === null) return null;
  const areas = new Map<string, SVGGElement>();
  for (const each of root.querySelectorAll('[id]')) {
    if (!names.includes(each.id) || areas.has(each.id)) continue;
    const area = placed(each, root);
    if (area.querySelector([...SHAPES].join()) !== null) areas.set(each.id, area);
  }
  return { frame, areas };
}

/** Within groups that move it as those that it stands in do. */
function placed(element: Element, root: Element): SVGGElement {
  const area = document.createElementNS(SVG, 'g');
  let into: Element = area;
  for (const transform of transformsAbove(element, root)) {
    const group = into.appendChild(document.createElementNS(SVG, 'g'));
    group.setAttribute('transform', transform);
    into = group;
  }
  const shape = shapeOf(element);
  if (shape !== null) into.append(shape);
  return area;
}

function transformsAbove(element: Element, root: Element): string[] {
  const found: string[] = [];
  for (let at = element.parentElement; at !== null && at !== root; at = at.parentElement) {
    const transform = at.getAttribute('transform');
    if (transform !== null) found.unshift(transform);
  }
  return found;
}

function shapeOf(element: Element): Element | null {
  const isGroup = element.localName === 'g';
  if (!isGroup && !SHAPES.has(element.localName)) return null;
  const made = document.createElementNS(SVG, element.localName);
  for (const name of GEOMETRY) {
    const value = element.getAttribute(name);
    if (value !== null) made.setAttribute(name, value);
  }
  if (isGroup) for (const child of element.children) made.append(shapeOf(child) ?? '');
  return made;
}
