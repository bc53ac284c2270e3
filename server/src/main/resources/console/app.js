import { h, render } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { call, follow, Refusal, signIn, signOut, token } from './api.js';
import { button, div, form, header, img, input, main, option, p, select, span } from './dom.js';
import { DecisionsCard } from './view/decisions.js';
import { DeskCard, LatencyCard, NoticesCard, OrdersCard, PnlCard, PositionsCard, QuotesCard, VenuesCard } from './view/desk.js';
import { EngineRouteCard, MeasuredCard, engineKinds } from './view/engines.js';
import { ExperimentsCard } from './view/experiments.js';
import { ChecklistCard, HistoryCard, ReasonDialog, RolloutCard } from './view/rollout.js';
import { RouteCard } from './view/route.js';
import { TrafficCard } from './view/traffic.js';
import { VersionsCard } from './view/versions.js';

const REFRESH_MILLIS = 1000;

function SignIn({ onDone, problem }) {
  const submit = (event) => { event.preventDefault(); signIn(new FormData(event.target).get('token').trim()); onDone(); };
  return form('login', { onSubmit: submit }, div('name', img('', { src: '/console/icon.svg', alt: '', width: 40 })), h('h1', null, 'Tranche'),
    p('soft', 'Paste a token. The first one is in admin.token in the data folder.'), problem ? div('notice', problem) : null,
    input('', { name: 'token', type: 'password', placeholder: 'token', autocomplete: 'current-password', required: true, 'aria-label': 'token' }), button('main', { type: 'submit' }, 'Open the console'));
}

const CHART_SECONDS = [60, 300];

/**
 * One product's windows as the traffic card draws them; a second without answers is a gap, not a line through it.
 * A policy is shown while one is moved in: else it would repeat the traffic of the models.
 */
function traffic(windows, product, route) {
  const end = Math.floor(Date.parse(windows.at) / 1000);
  const shown = (windows.products?.[product] ?? []).filter((v) => v.version !== route.policy?.live || route.policy.candidate);
  const oldest = Math.min(end, ...shown.flatMap((v) => (v.series ?? []).slice(0, 1).map((point) => point.at)));
  const seconds = Math.min(CHART_SECONDS[1], Math.max(CHART_SECONDS[0], end - oldest + 1));
  const points = (series) => {
    const dense = Array.from({ length: seconds }, () => ({ requests: 0, p95_ms: null }));
    for (const point of series ?? []) {
      const k = point.at - end + seconds - 1;
      if (k >= 0 && k < seconds) dense[k] = { requests: point.requests, p95_ms: point.latency_p95_ms };
    }
    return dense;
  };
  const versions = shown.map((v) => ({
    version: v.version, role: v.shadow ? 'shadow' : '', requests_per_second: v.requests_per_second, errors: v.minute?.errors, fallbacks: v.minute?.fallbacks, approval_rate: v.minute?.approval_rate,
    latency_ms: { p50: v.minute?.latency_p50_ms, p95: v.minute?.latency_p95_ms, p99: v.minute?.latency_p99_ms }, series: points(v.series) }));
  return { versions };
}

/** How a product's desk does; most products have none. */
async function desk(product, desks) {
  return desks.some((each) => each.product === product) ? call('/api/v1/desks/' + encodeURIComponent(product)) : null;
}

/** All that the page shows of one product, read together; of a desk without a route, the desk. */
async function read(product, routed, desks) {
  if (!routed) return { desk: await desk(product, desks), health: await call('/health') };
  const query = '?product=' + encodeURIComponent(product);
  const [route, rollouts, windows, versions, decisions, experiments, health, measured, told] = await Promise.all([
    call('/api/v1/routes/' + encodeURIComponent(product)), call('/api/v1/rollouts' + query), call('/api/v1/windows' + query), call('/api/v1/versions' + query),
    call('/api/v1/decisions' + query + '&limit=15'), call('/api/v1/experiments' + query), call('/health'), call('/api/v1/measured' + query), desk(product, desks)]);
  const newest = rollouts.rollouts?.find((r) => r.active) ?? rollouts.rollouts?.[0];
  const rollout = newest ? await call('/api/v1/rollouts/' + newest.id) : null;
  return { route, rollout, windows: traffic(windows, product, route), versions: versions.versions, decisions: decisions.decisions?.map((d) => ({ ...d, decision_id: d.id, model: d.model?.name })), experiments: experiments.experiments, health, measured: measured.products?.[product], desk: told };
}

function Console({ onRefused }) {
  const [products, setProducts] = useState([]);
  const [product, setProduct] = useState(new URLSearchParams(location.search).get('product') ?? '');
  const [view, setView] = useState({});
  const [stream, setStream] = useState('connecting');
  const [request, setRequest] = useState(null);
  const busy = useRef(false);
  const refresh = useCallback(async () => {
    if (busy.current) return;
    busy.current = true;
    try {
      const routes = (await call('/api/v1/routes')).routes ?? [];
      const desks = (await call('/api/v1/desks')).desks ?? [];
      const names = [...new Set([...routes.map((r) => r.product), ...desks.map((each) => each.product)])];
      setProducts(names);
      const chosen = names.includes(product) ? product : names[0];
      if (chosen) { setProduct(chosen); setView({ ...(await read(chosen, routes.some((r) => r.product === chosen), desks)), product: chosen }); }
    } catch (refused) {
      if (refused instanceof Refusal && refused.status === 401) onRefused('The server does not know this token.');
      else setStream('unreachable');
    } finally {
      busy.current = false;
    }
  }, [product]);
  const latest = useRef(refresh);
  latest.current = refresh;
  useEffect(() => { refresh(); const timer = setInterval(() => document.hidden || latest.current(), REFRESH_MILLIS); return () => clearInterval(timer); }, [product]);
  useEffect(() => { follow((name) => ['rollout', 'route', 'desk', 'signal'].includes(name) && latest.current(), setStream); }, []);
  const ask = (verb, label, run) => setRequest({ verb, label, run });
  const engines = engineKinds(view.route).length > 0;
  const models = Boolean(view.route?.model) || !(engines || view.desk);
  const routed = Boolean(view.route) || !view.desk;
  const ok = view.health?.status === 'ok' || view.health?.status === 'UP';
  return [
    header('', div('name', img('', { src: '/console/icon.svg', alt: '' }), 'Tranche'),
      products.length > 1 ? select('', { value: product, 'aria-label': 'product', onChange: (e) => setProduct(e.target.value) }, products.map((name) => option('', { value: name }, name))) : span('soft', product),
      div('right', span('', span('dot ' + (view.health ? (ok ? 'ok' : 'bad') : 'wait')), view.health ? 'health ' + view.health.status : 'health unknown'),
        span('', span('dot ' + (stream === 'live' ? 'ok' : 'wait')), stream === 'live' ? 'live' : stream), button('', { type: 'button', onClick: () => { signOut(); onRefused(null); } }, 'Sign out'))),
    main('', view.desk ? [div('column', h(DeskCard, view), h(QuotesCard, view), h(VenuesCard, view), h(NoticesCard, view)), div('column', h(PnlCard, view), h(PositionsCard, view), h(OrdersCard, view), h(LatencyCard, view))] : null,
      routed ? [div('column', models ? h(RouteCard, view) : null, engines ? h(EngineRouteCard, view) : null, h(RolloutCard, { ...view, ask, onDone: refresh }), h(VersionsCard, view)), div('column', engines ? h(MeasuredCard, view) : null, models ? [h(TrafficCard, view), h(ExperimentsCard, view)] : null, h(HistoryCard, view), h(ChecklistCard, view))] : null, models ? div('column wide', h(DecisionsCard, view)) : null),
    h(ReasonDialog, { request, close: () => setRequest(null) })];
}

function App() {
  const [signedIn, setSignedIn] = useState(Boolean(token()));
  const [problem, setProblem] = useState(null);
  return signedIn ? h(Console, { onRefused: (text) => { signOut(); setProblem(text); setSignedIn(false); } }) : h(SignIn, { problem, onDone: () => { setProblem(null); setSignedIn(true); } });
}

const root = document.getElementById('app');
root.textContent = '';
render(h(App), root);
