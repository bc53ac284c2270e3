import { card, clock, code, day, dd, div, dl, dt, duration, h3, li, number, p, percent, short, span, table, tbody, td, th, thead, tr, ul } from '../dom.js';

// What a trading desk says of itself (docs/reference/desk-status.md), shown as it came: nothing is added up here.
// A word and a symbol stand beside every colour; what is not known is a dash, never a zero.

const STATE = { QUOTING: 'pass', NORMAL: 'pass', STARTING: 'wait', STOPPING: 'wait', ENDED: 'wait', WARNING: 'wait', STOPPED: 'wait', RESTRICTED: 'wait', HALTED: 'fail', KILLED: 'fail', DETACHED: 'fail' };
const SYMBOL = { pass: '✓', wait: '!', fail: '✕' };
const MODE = { live: 'pass', 'read-only': 'wait' };
const REGIME = { LOW: '▁', MEDIUM: '▄', HIGH: '█' };
const BOOK = { VALID: 'pass' };

const state = (word, of = STATE) => span('pill ' + (of[word] ?? (of === STATE ? '' : 'fail')), SYMBOL[of[word] ?? (of === STATE ? '' : 'fail')] ?? '·', ' ', (word ?? 'unknown').toLowerCase().replaceAll('_', ' '));
/** An amount with its sign: −1,234.50, +12.25. */
const signed = (x, digits = 2) => (x == null ? '–' : (x > 0 ? '+' : x < 0 ? '−' : '') + number(Math.abs(x), digits));
/** A number of which nobody knows the size beforehand: about six digits. */
const plain = (x) => (x == null ? '–' : x.toLocaleString('en', { maximumSignificantDigits: 7 }).replace('-', '−'));
const micros = (x) => (x == null ? '–' : x >= 10000 ? number(x / 1000, 1) + ' ms' : number(x, 1) + ' µs');
const words = (text) => text.toLowerCase().replaceAll('_', ' ').replace('var ', 'VaR ');
const grid = (head, rows, empty) => (rows?.length
  ? div('scroll', table('', thead('', tr('', head.map(([title, cls]) => th(cls ?? '', title)))), tbody('', rows)))
  : p('empty', empty));
const num = (title, more = '') => [title, 'num ' + more];
const facts = (...pairs) => dl('facts', pairs.map(([name, value]) => (value == null ? null : [dt('', name), dd('', value)])));

/** The newest word of the newest engine, or nothing. */
const newest = (desk) => desk?.engines?.[0];
/** What stands beside a card's title; of an old word first of all that it is old. */
const aside = (desk, text) => (newest(desk).stale ? [span('pill fail', '✕ as of ' + clock(newest(desk).told_at)), ' ', text] : text);

function Age({ told }) {
  if (!told.stale) return span('', 'heard ' + number(told.age_seconds, 1) + ' s ago');
  return span('pill fail', '✕ stale: ' + duration(told.age_seconds) + ' old');
}

/** What the numbers of a silent engine are worth. */
function Silence({ told }) {
  return told.stale ? div('notice', { role: 'alert' }, 'Nothing was heard of ', code('', told.engine), ' for ' + duration(told.age_seconds) + '. What stands here is how the desk was at ' + day(told.told_at) + ', not how it is.') : null;
}

/** Whether the desk quotes and why not, its breaker with what it looks at, its strategies. */
export function DeskCard({ desk, product }) {
  const told = newest(desk);
  if (!told) return card('Desk', null, p('empty', 'No engine has told how this desk does. Start one: ', code('', 'tranche market run --config engine.yaml')));
  const s = told.status;
  const b = s.breaker ?? {};
  const others = desk.engines.slice(1).filter((each) => !each.stale);
  return card('Desk', [Age({ told })], Silence({ told }),
    p('', state(s.state), ' ', s.why ? span('', s.why) : null),
    others.length ? div('notice', { role: 'alert' }, 'More than one engine speaks for this desk: ' + [told, ...others].map((each) => each.engine).join(', ')) : null,
    facts(['engine', code('', told.engine)], ['since', s.started ? day(s.started) : null],
      ['journal', s.journal ? [number(s.journal.events) + ' events', s.journal.full ? span('pill fail', '✕ full') : null, s.journal.hash ? [span('soft', ' · state '), code('', s.journal.hash)] : null] : null],
      ['server', s.server ? [s.server.reachable ? 'reached, epoch ' + (s.server.epoch ?? '–') : span('pill fail', '✕ not reached'), s.server.refused?.length ? span('', ' · refused by the engine: ' + s.server.refused.map((each) => (typeof each === 'string' ? each : (each.version ?? each.name) + (each.why ? ' (' + each.why + ')' : ''))).join('; ')) : null] : null]),
    h3('', 'Circuit breaker'),
    p('', state(b.state), b.since ? span('soft', ' since ' + day(b.since)) : null, b.why ? span('', ' · ' + b.why) : null),
    b.violations?.length ? ul('rows', b.violations.map((v) => li('', span('pill ' + (v.critical ? 'fail' : 'wait'), v.critical ? '✕ critical' : '! warning'),
      span('', words(v.metric) + ' is ' + (v.value == null ? 'not known' : percent(v.value, 2)) + ', the limit is ' + percent(v.limit, 2))))) : null,
    b.inputs ? div('inputs', Object.entries(b.inputs).map(([name, value]) => div('', span('soft', words(name)), span('num', value == null ? span('pill fail', '? not known') : percent(value, 2))))) : null,
    b.state === 'KILLED' ? p('soft', 'A named person ends it at the engine, with a reason: ', code('', 'tranche market release')) : b.state === 'HALTED' ? p('soft', 'Nothing is quoted. It recovers step by step once nothing has been violated for its cool-down.') : null,
    h3('', 'Strategies'),
    grid([['version'], ['mode'], ['regime'], ['spread', 'hide-small'], num('PnL $'), num('fills'), num('refused', 'hide-small')], (s.strategies ?? []).map((each) => tr('',
      td('', short(each.name, product), each.why ? div('soft', each.why) : each.quoting === false ? div('soft', 'does not quote') : null),
      td('', span('pill ' + (MODE[each.mode] ?? ''), each.mode)),
      td('', each.regime?.state ? [REGIME[each.regime.state] ?? '', ' ', words(each.regime.state)] : '–'),
      td('hide-small', each.spread ? [each.spread.source, each.spread.version ? div('', short(each.spread.version, '')) : null, each.spread.fallbacks ? div('soft', number(each.spread.fallbacks) + ' fallbacks') : null] : '–'),
      td('num', signed(each.pnl?.total)), td('num', number(each.fills)), td('num hide-small', number(each.refusals)))), 'No strategy is in force.'));
}

const ATTRIBUTION = ['spread', 'adverse_selection', 'inventory', 'hedge', 'fees', 'funding', 'residual'];
const GREEKS = ['delta', 'gamma', 'vega', 'theta', 'residual', 'other'];

/** What was earned, and what earned it. */
export function PnlCard({ desk }) {
  const m = newest(desk)?.status?.pnl;
  if (!m) return null;
  const rest = Object.keys(m.attribution ?? {}).filter((name) => name !== 'greeks' && !ATTRIBUTION.includes(name));
  const greeks = m.attribution?.greeks;
  return card('PnL', aside(desk, 'dollars'),
    div('figures', [['today', signed(m.day)], ['last 24 h', signed(m.last_24h)], ['in all', signed(m.total)], ['equity', number(m.equity, 2)], ['drawdown', percent(m.drawdown, 2)]].map(([name, value]) => div('', span('soft', name), div('figure', value)))),
    div('pair', div('', h3('', 'By kind'), facts(...['realised', 'unrealised', 'fees', 'funding'].map((name) => [name, span('num amount', signed(m[name]))]))),
      div('', h3('', 'By cause'), facts(...[...ATTRIBUTION, ...rest].filter((name) => m.attribution && name in m.attribution).map((name) => [words(name), span('num amount', signed(m.attribution[name]))]))),
      greeks ? div('', h3('', 'By greek'), facts(...GREEKS.filter((name) => name in greeks).map((name) => [name, span('num amount', signed(greeks[name]))]))) : null));
}

/** What is held, and how it moves with the market. */
export function PositionsCard({ desk }) {
  const s = newest(desk)?.status;
  if (!s) return null;
  return card('Positions and greeks', aside(desk, null),
    grid([['contract'], num('held'), num('average', 'hide-small'), num('mark'), num('$'), num('unrealised'), num('venue says', 'hide-small')], (s.positions ?? []).map((each) => tr('',
      td('mono', each.symbol, div('soft', each.venue)), td('num', plain(each.quantity)), td('num hide-small', plain(each.average)), td('num', plain(each.mark)), td('num', signed(each.notional).replace('+', '')), td('num', signed(each.unrealised)),
      td('num hide-small', each.venue_quantity == null ? '–' : each.venue_quantity === each.quantity ? ['✓ ', plain(each.venue_quantity)] : span('pill fail', '✕ ' + plain(each.venue_quantity))))), 'Nothing is held.'),
    grid([['base'], num('delta'), num('gamma'), num('vega'), num('theta')], (s.greeks ?? []).map((each) => tr('',
      td('mono', each.base), td('num', plain(each.delta)), td('num', plain(each.gamma)), td('num', plain(each.vega)), td('num', plain(each.theta)))), 'No greeks.'));
}

/** What stands at the venues now, and why it is so. */
export function QuotesCard({ desk, product }) {
  const quotes = newest(desk)?.status?.quotes;
  if (!quotes) return null;
  return card('Quotes', aside(desk, number(quotes.length)),
    grid([['contract'], num('bid'), num('ask'), num('fair', 'hide-small'), num('half spread bp'), num('skew bp', 'hide-small')], quotes.slice(0, 50).flatMap((q) => [
      tr('over', td('mono', q.symbol, div('soft', q.strategy ? short(q.strategy, product) : q.venue)),
        td('num', plain(q.bid), div('soft', plain(q.bid_quantity))), td('num', plain(q.ask), div('soft', plain(q.ask_quantity))),
        td('num hide-small', plain(q.fair)), td('num', number(q.half_spread_bps, 2)), td('num hide-small', signed(q.skew_bps, 2))),
      q.why ? tr('why', td('soft', { colSpan: 6 }, q.why)) : null]), 'Nothing is quoted.'),
    quotes.length > 50 ? p('soft', 'The first 50 are shown; all are in GET /api/v1/desks.') : null);
}

/** Orders under way, what became of the others, and what the checks refused. */
export function OrdersCard({ desk }) {
  const s = newest(desk)?.status;
  const o = s?.orders;
  if (!o) return null;
  const refused = Object.entries(o.refused ?? {});
  return card('Orders', aside(desk, null),
    div('figures', ['active', 'unknown', 'placed', 'filled', 'cancelled', 'rejected'].map((name) => div('', span('soft', name), div('figure', number(o[name])))),
      div('', span('soft', 'filled, 5 min'), div('figure', percent(o.fill_rate_5m, 1)))),
    h3('', 'Refused before they left'),
    refused.length ? dl('facts', refused.map(([reason, count]) => [dt('', words(reason)), dd('num left', number(count))])) : p('empty', 'None.'),
    s.hedges ? [h3('', 'Hedges'), p('', number(s.hedges.executed) + ' executed', s.hedges.last ? span('soft', ' · last ' + clock(s.hedges.last.at) + ' ' + signed(s.hedges.last.quantity, 4) + ' ' + s.hedges.last.symbol + (s.hedges.last.why ? ': ' + s.hedges.last.why : '')) : null)] : null);
}

const ARMED = { armed: 'pass', none: '' };
const armed = (word) => span('pill ' + (ARMED[word] ?? 'fail'), word === 'armed' ? '✓ ' : word === 'none' ? '· ' : '✕ ', word ?? 'unknown');

/** The venues: reached or not, what protects the desk there, and whether the books can be trusted. */
export function VenuesCard({ desk }) {
  const venues = newest(desk)?.status?.venues;
  if (!venues) return null;
  return card('Venues', aside(desk, null), venues.length ? venues.map((v) => div('venue',
    p('', code('', v.name), span('soft', ' ' + (v.kind ?? '') + ' '), span('pill ' + (v.connected ? 'pass' : 'fail'), v.connected ? '✓ connected' : '✕ not connected'), v.why ? span('', ' ' + v.why) : null),
    facts(['cancel on disconnect', armed(v.cancel_on_disconnect)], ['protection', armed(v.protection)], ['reconciled', v.reconciled ? clock(v.reconciled) : '–']),
    grid([['book'], ['state'], num('age'), num('bid', 'hide-small'), num('ask', 'hide-small')], (v.books ?? []).map((b) => tr('', td('mono', b.symbol), td('', state(b.state, BOOK)), td('num', b.age_ms == null ? '–' : b.age_ms < 10000 ? number(b.age_ms) + ' ms' : duration(b.age_ms / 1000)), td('num hide-small', plain(b.bid)), td('num hide-small', plain(b.ask)))), 'No books.'))) : p('empty', 'No venue.'));
}

/** How long the engine takes. */
export function LatencyCard({ desk }) {
  const latency = newest(desk)?.status?.latency;
  if (!latency) return null;
  return card('Latency', aside(desk, 'since the engine began'),
    grid([['path'], num('count', 'hide-small'), num('p50'), num('p95'), num('p99'), num('p99.9', 'hide-small'), num('max')], Object.entries(latency).map(([name, each]) => tr('',
      td('', name === 'quote' ? 'data in to order out' : name === 'loop' ? 'one event' : name), td('num hide-small', number(each?.count)), ...['p50_us', 'p95_us', 'p99_us'].map((q) => td('num', micros(each?.[q]))), td('num hide-small', micros(each?.p999_us)), td('num', micros(each?.max_us)))), 'Nothing was timed.'));
}

/** What happened last, in the engine's own words. */
export function NoticesCard({ desk }) {
  const notices = newest(desk)?.status?.notices;
  if (!notices?.length) return null;
  return card('Notices', aside(desk, 'newest first'), ul('rows', notices.slice(0, 12).map((n) => li('', span('soft mono', clock(n.at)), span('', span('pill', n.kind), ' ', n.text)))));
}
