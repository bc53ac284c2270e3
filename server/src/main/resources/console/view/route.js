import { card, dd, div, dl, dt, duration, code, p, percent, span } from '../dom.js';

/** Who answers now: the live version, the candidate's share, the policy and the warm versions behind them. */
export function RouteCard({ route, rollout }) {
  if (!route) return card('Route', null, p('empty', 'No product yet. Register a model: ', code('', 'tranche register FOLDER')));
  const live = route.model?.live;
  const active = rollout && rollout.active && rollout.kind === 'MODEL' ? rollout : null;
  const mode = active?.stage?.mode;
  const share = active?.stage?.share_basis_points ?? 0;
  const entities = active?.stage?.entities;
  const bar = !live
    ? p('empty', 'Nothing is live on this route.')
    : div('share', { role: 'img', 'aria-label': live + ' answers ' + percent(1 - (mode === 'live' ? share / 1e4 : 0), 0) },
        div('live', mode === 'live' && share >= 10000 ? '' : live),
        active && mode === 'live' && share > 0 ? div('candidate', { style: { flexBasis: share / 100 + '%' } }, percent(share / 1e4, 0) + (share >= 4000 ? ' ' + active.candidate : '')) : null,
        active && mode === 'shadow' ? div('shadow', 'shadow: ' + active.candidate) : null);
  const fact = (name, value) => (value && value.length !== 0 ? [dt('', name), dd('', value)] : null);
  return card('Route', route.product, bar,
    dl('facts',
      fact('live', live ? code('', live) : null),
      fact('since', route.model?.since ? span('', new Date(route.model.since).toLocaleString('sv-SE'), route.model.actor ? span('soft', ' by ' + route.model.actor) : null, route.model.reason ? span('soft', ': ' + route.model.reason) : null) : null),
      active ? fact('candidate', span('', code('', active.candidate), ' ', entities?.length ? entities.join(', ') + ' · ' + mode : mode === 'live' ? percent(share / 1e4, 0) + ' of units' : mode)) : null,
      fact('policy', route.policy?.live ? code('', route.policy.live) : null),
      fact('warm', route.model?.warm?.length ? route.model.warm.map((name, k) => [k ? ', ' : '', code('', name)]) : null),
      fact('epoch', route.epoch != null ? String(route.epoch) : null)));
}
