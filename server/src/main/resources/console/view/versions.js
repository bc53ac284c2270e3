import { card, day, div, name, p, span, table, tbody, td, th, thead, tr } from '../dom.js';

const STATE = { LIVE: 'pass', REGISTERED: 'wait' };

/** Every registered version of the product, newest first. */
export function VersionsCard({ versions }) {
  if (!versions?.length) return card('Versions', null, p('empty', 'Nothing registered.'));
  return card('Versions', versions.length + ' registered',
    div('scroll', table('', thead('', tr('', th('', 'version'), th('', 'kind'), th('', 'state'), th('', 'digest'), th('hide-small', 'registered'))),
      tbody('', versions.map((v) => tr('', td('', name(v.name)), td('', (v.kind ?? '').toLowerCase()), td('', span('pill ' + (STATE[v.state] ?? ''), (v.state ?? '').toLowerCase())), td('mono', (v.digest ?? '').slice(0, 12)), td('hide-small', day(v.registered_at))))))));
}
