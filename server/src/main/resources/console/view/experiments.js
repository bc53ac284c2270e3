import { card, code, div, name, number, p, percent, span, table, tbody, td, th, thead, tr, verdict } from '../dom.js';

/** Running experiments, each with its readout by arm. */
export function ExperimentsCard({ experiments }) {
  if (!experiments?.length) return null;
  return card('Experiments', null, experiments.map((x) => div('', p('', code('', x.id), ' ', span('pill', (x.state ?? '').toLowerCase())),
    div('scroll', table('', thead('', tr('', th('', 'arm'), ...['share', 'units', 'approved', 'score', 'outcome', 'errors', 'p95 ms'].map((title) => th('num', title)))),
      tbody('', (x.readout?.arms ?? []).map((arm) => tr('', td('', name(arm.id)), td('num', percent((arm.share_basis_points ?? 0) / 1e4, 0)), td('num', number(arm.count)), td('num', percent(arm.approval_rate)), td('num', number(arm.average_score, 4)), td('num', percent(arm.outcome_rate)), td('num', number(arm.errors)), td('num', number(arm.latency_p95_ms, 2))))))),
    (x.readout?.comparisons ?? []).map((c) => p('soft', c.verdict ? verdict(c.verdict) : null, ' ', c.text ?? '')))));
}
