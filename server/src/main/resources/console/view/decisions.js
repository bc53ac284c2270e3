import { useState } from 'preact/hooks';
import { call } from '../api.js';
import { button, card, clock, code, div, number, p, pre, short, span, table, tbody, td, th, thead, tr } from '../dom.js';

const ACTION = { APPROVE: 'pass', DECLINE: 'fail', REVIEW: 'wait' };

/** The latest decisions; a click shows the whole record, and replays it. */
export function DecisionsCard({ decisions, product }) {
  const [open, setOpen] = useState(null);
  const show = async (id) => setOpen(open?.id === id ? null : { id, record: await call('/api/v1/decisions/' + id) });
  const replay = async () => setOpen({ ...open, replay: await call('/api/v1/decisions/' + open.id + '/replay', {}) });
  if (!decisions?.length) return card('Latest decisions', null, p('empty', 'No decision yet.'));
  return card('Latest decisions', 'click one for its record',
    open ? div('', p('', code('', open.id), ' ', button('', { type: 'button', onClick: replay }, 'Replay'), ' ',
      open.replay ? span('pill ' + (open.replay.verdict === 'EXACT' ? 'pass' : 'fail'), open.replay.verdict) : null, ' ', button('', { type: 'button', onClick: () => setOpen(null) }, 'Close')),
      open.replay?.differences?.length ? pre('', JSON.stringify(open.replay.differences, null, 2)) : null,
      pre('', JSON.stringify(open.record, null, 2))) : null,
    div('scroll', table('', thead('', tr('', th('', 'time'), th('hide-small', 'unit'), th('num', 'score'), th('', 'decision'), th('', 'version'), th('hide-small', 'source'), th('num hide-small', 'ms'))),
      tbody('', decisions.map((d) => tr('pick' + (open?.id === d.decision_id ? ' chosen' : ''), { onClick: () => show(d.decision_id), tabIndex: 0, onKeyDown: (e) => e.key === 'Enter' && show(d.decision_id) },
        td('mono', clock(d.at)), td('mono hide-small', d.loan_id ?? d.unit ?? ''), td('num', number(d.score, 4)),
        td('', d.decision ? span('pill ' + (ACTION[d.decision] ?? ''), d.decision.toLowerCase()) : ''), td('line', d.source === 'fallback_rules' ? span('only-small pill broken', 'fallback') : null, span(d.source === 'fallback_rules' ? 'hide-small' : '', short(d.model, product))), td('hide-small', d.source === 'fallback_rules' ? span('pill broken', 'fallback') : 'model'), td('num hide-small', number(d.latency_ms, 2))))))));
}
