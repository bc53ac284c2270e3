import { useEffect, useRef } from 'preact/hooks';
import { h } from 'preact';
import { canvas } from './canvas.js';
import { card, div, h3, number, p, percent, short, table, tbody, td, th, thead, tr } from '../dom.js';

const style = (property) => getComputedStyle(document.documentElement).getPropertyValue(property).trim();
const colours = () => [style('--accent'), style('--candidate'), style('--broken'), style('--soft')];

/** A line a version over at most the last five minutes, one point a second, oldest first. */
function Lines({ versions, field, unit, label }) {
  const node = useRef(null);
  const chart = useRef(null);
  useEffect(() => {
    const dark = matchMedia('(prefers-color-scheme: dark)');
    const redraw = () => { chart.current?.destroy(); chart.current = null; };
    dark.addEventListener('change', redraw);
    return () => { dark.removeEventListener('change', redraw); redraw(); };
  }, []);
  useEffect(() => {
    if (!window.Chart || !node.current) return;
    const length = Math.max(0, ...versions.map((v) => v.series.length));
    const labels = Array.from({ length }, (_, k) => k - length + 1);
    const palette = colours();
    const datasets = versions.map((v, k) => ({ label: v.version, data: v.series.map((point) => point[field] ?? null), borderColor: palette[k % palette.length], backgroundColor: palette[k % palette.length], borderWidth: 1.8, pointRadius: 0, tension: 0.25, spanGaps: false }));
    if (!chart.current) {
      chart.current = new window.Chart(node.current, {
        type: 'line', data: { labels, datasets },
        options: {
          animation: false, responsive: true, maintainAspectRatio: false, interaction: { mode: 'index', intersect: false },
          scales: {
            x: { ticks: { maxTicksLimit: 6, color: style('--soft'), callback: (_, k) => (labels[k] === 0 ? 'now' : labels[k] + ' s') }, grid: { display: false } },
            y: { beginAtZero: true, ticks: { maxTicksLimit: 5, color: style('--soft') }, grid: { color: style('--line') } } },
          plugins: { legend: { display: false }, tooltip: { callbacks: { title: (items) => items[0].label + ' s', label: (item) => item.dataset.label + ': ' + number(item.parsed.y, 2) + ' ' + unit } } } } });
    } else {
      chart.current.data.labels = labels;
      chart.current.data.datasets = datasets;
      chart.current.update('none');
    }
  });
  return div('', h3('', label), div('chart', canvas(node, label)));
}

/** Left to wide screens: the charts below show the rate, and p95 stands for the three. */
const HIDDEN_SMALL = ['req/s', 'p50 ms', 'p99 ms'];

/** Live traffic and latency by version. */
export function TrafficCard({ windows, product }) {
  const versions = windows?.versions ?? [];
  if (versions.length === 0) return card('Traffic', null, p('empty', 'No request in the last five minutes.'));
  const swatch = (k) => h('span', { class: 'dot', style: { background: colours()[k % 4] } });
  return card('Traffic', 'last minute',
    div('scroll', table('', thead('', tr('', th('', 'version'), ...['req/s', 'p50 ms', 'p95 ms', 'p99 ms', 'errors', 'fallback', 'approved'].map((title) => th('num' + (HIDDEN_SMALL.includes(title) ? ' hide-small' : ''), title)))),
      tbody('', versions.map((v, k) => tr('', td('', swatch(k), short(v.version, product), v.role ? h('span', { class: 'soft' }, ' ' + v.role) : ''),
        td('num hide-small', number(v.requests_per_second, 1)), td('num hide-small', number(v.latency_ms?.p50, 2)), td('num', number(v.latency_ms?.p95, 2)), td('num hide-small', number(v.latency_ms?.p99, 2)),
        td('num', number(v.errors)), td('num', number(v.fallbacks)), td('num', percent(v.approval_rate))))))),
    div('pair', h(Lines, { versions, field: 'requests', unit: 'requests/s', label: 'Requests per second' }), h(Lines, { versions, field: 'p95_ms', unit: 'ms', label: 'Latency p95, ms' })));
}
