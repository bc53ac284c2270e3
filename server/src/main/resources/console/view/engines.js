import { card, code, dd, div, dl, dt, number, p, short, span, table, tbody, td, th, thead, tr } from '../dom.js';

const KINDS = ['calibration', 'strategy', 'parameters'];
const MODE = { live: 'pass', 'read-only': 'wait' };
const works = (list, product) => (list?.length
  ? list.map((w) => div('', short(w.version, product), ' ', span('pill ' + (MODE[w.mode] ?? ''), w.mode), w.rollout ? span('soft', ' ' + w.rollout) : null))
  : span('soft', 'nothing'));

/** The kinds on a route that engines elsewhere work with. */
export const engineKinds = (route) => KINDS.filter((kind) => route?.[kind]);

/** Which version an engine works with for which entity, and how far its signals reach. */
export function EngineRouteCard({ route }) {
  return card('Route', route.product, engineKinds(route).map((kind) => {
    const slot = route[kind];
    return div('', dl('facts',
      dt('', kind), dd('', slot.live ? code('', slot.live) : span('soft', 'nothing is live')),
      slot.since ? [dt('', 'since'), dd('', new Date(slot.since).toLocaleString('sv-SE'), slot.actor ? span('soft', ' by ' + slot.actor) : null, slot.reason ? span('soft', ': ' + slot.reason) : null)] : null,
      slot.warm?.length ? [dt('', 'before'), dd('', slot.warm.map((name, k) => [k ? ', ' : '', code('', name)]))] : null),
    div('scroll', table('', thead('', tr('', th('', 'entity'), th('', 'works with'))),
      tbody('', Object.entries(slot.entities ?? {}).map(([entity, list]) => tr('', td('mono', entity), td('', works(list, route.product)))),
        tr('', td('soft', Object.keys(slot.entities ?? {}).length ? 'all others' : 'all'), td('', works(slot.others, route.product)))))));
  }), dl('facts', dt('', 'epoch'), dd('', String(route.epoch))));
}

/** What engines told in the last minute, by version and entity; the 95th percentile is the detector's own time. */
export function MeasuredCard({ measured, product, desk }) {
  if (!measured?.length) return card('Measured by engines', null, p('empty', 'No engine has told anything yet.'));
  return card('Measured by engines', 'last minute',
    div('scroll', table('', thead('', tr('', th('', 'version'), th('', 'entity'), th('', 'mode'), ...['events', 'errors', desk ? 'quotes' : 'signals', 'up s', 'p95 ms', 'age s'].map((title) => th('num', title)))),
      tbody('', measured.map((m) => tr('', td('', short(m.version, product)), td('mono', m.entity), td('', span('pill ' + (MODE[m.mode] ?? ''), m.mode)),
        td('num', number(m.events)), td('num', number(m.errors)), td('num', desk ? number(m.quotes) : number(m.signals) + (m.unclosed ? ' (' + number(m.unclosed) + ' open)' : '')),
        td('num', number(m.up_seconds)), td('num', number(desk ? m.quote_latency_p95_ms : m.detection_latency_p95_ms, 3)), td('num', span(m.data_age_seconds > 30 ? 'pill fail' : '', number(m.data_age_seconds, 1)))))))));
}
