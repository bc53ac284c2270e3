// Tiny words for preact's h(): tag("class", props?, ...children).
import { h } from 'preact';

const tag = (name) => (cls, ...rest) => {
  const plain = rest[0] !== null && typeof rest[0] === 'object' && !Array.isArray(rest[0]) && !('__v' in rest[0]);
  const props = plain ? rest.shift() : {};
  return h(name, cls ? { class: cls, ...props } : props, ...rest);
};
export const [div, span, p, section, ul, ol, li, table, thead, tbody, tr, th, td, button, dl, dt, dd, code, pre, i, h2, h3, select, option, input, form, header, main, img, label, strong] =
  ['div', 'span', 'p', 'section', 'ul', 'ol', 'li', 'table', 'thead', 'tbody', 'tr', 'th', 'td', 'button', 'dl', 'dt', 'dd', 'code', 'pre', 'i', 'h2', 'h3', 'select', 'option', 'input', 'form', 'header', 'main', 'img', 'label', 'strong'].map(tag);

/** A titled card. */
export const card = (title, aside, ...body) =>
  section('', { 'aria-label': title }, div('head', h2('', title), aside ? div('right soft', aside) : null), ...body);

/** A version within its product: without the product's name, which the page says once; the whole name on hover. */
export const short = (text, product) => code('', { title: text }, text?.startsWith(product + '_') ? text.slice(product.length + 1) : text);
/** A version's name, which may be broken after its underscores. */
export const name = (text) => code('', (text ?? '').split('_').flatMap((part, k) => (k ? ['_', h('wbr'), part] : [part])));

const SYMBOL = { pass: '✓', fail: '✕', wait: '…', broken: '?' };
/** One of the four verdicts, by colour, symbol and word. */
export const verdict = (word) => span('pill ' + word, SYMBOL[word] ?? '', ' ', word);

export const percent = (share, digits = 1) => (share == null || Number.isNaN(share) ? '–' : (100 * share).toFixed(digits) + ' %');
export const number = (x, digits = 0) => (x == null || Number.isNaN(x) ? '–' : x.toLocaleString('en', { maximumFractionDigits: digits, minimumFractionDigits: digits }));
export const clock = (iso) => (iso ? new Date(iso).toLocaleTimeString('en-GB') : '–');
export const day = (iso) => (iso ? new Date(iso).toLocaleDateString('sv-SE') + ' ' + clock(iso) : '–');

/** 90 → "1 min 30 s"; 604800 → "7 d". */
export function duration(seconds) {
  if (seconds == null) return '–';
  const s = Math.round(seconds);
  const parts = [[86400, 'd'], [3600, 'h'], [60, 'min'], [1, 's']];
  const out = [];
  let left = s;
  for (const [size, unit] of parts) {
    if (left >= size || (unit === 's' && out.length === 0)) { out.push(Math.floor(left / size) + ' ' + unit); left %= size; }
    if (out.length === 2) break;
  }
  return out.join(' ');
}
