import { useState } from 'preact/hooks';
import { h } from 'preact';
import { call } from '../api.js';
import { button, card, clock, code, div, duration, form, h3, i, input, li, ol, p, percent, span, ul, verdict } from '../dom.js';

const ENDED = { COMPLETED: 'pass', ROLLED_BACK: 'fail', ABORTED: 'wait' };
const stageName = (stage) =>
  stage.mode === 'shadow' ? 'shadow' : stage.entities?.length ? (stage.entities.length < 3 ? stage.entities.join(', ') : stage.entities.length + ' entities') + (stage.mode === 'live' ? '' : ', ' + stage.mode) : percent((stage.share_basis_points ?? 0) / 1e4, 0);

function Timeline({ rollout }) {
  const now = rollout.stage?.index ?? -1;
  const over = rollout.state === 'COMPLETED';
  const steps = (rollout.stages ?? []).map((stage, k) => ({ name: stageName(stage), state: over || k < now || rollout.state === 'BAKING' ? 'done' : k === now ? (rollout.active ? 'now' : 'stopped') : 'later' }));
  steps.push({ name: 'bake', state: over ? 'done' : rollout.state === 'BAKING' ? 'now' : 'later' });
  const dwell = rollout.stage?.dwell_seconds ? Math.min(1, (rollout.stage.elapsed_seconds ?? 0) / rollout.stage.dwell_seconds) : 1;
  return ol('stages', steps.map((step) =>
    li(step.state, { 'aria-current': step.state === 'now' ? 'step' : undefined },
      div('bar', i('', { style: { width: step.state === 'done' ? '100%' : step.state === 'now' ? 100 * dwell + '%' : 0 } })), step.name)));
}

function Verb({ rollout, verb, label, kind, ask, onDone }) {
  return button(kind ?? '', { type: 'button', onClick: () => ask(verb, label, async (reason) => { await call('/api/v1/rollouts/' + rollout.id + '/' + verb, { reason }); onDone(); }) }, label);
}

/** The running rollout: where it stands, what each gate says and by which numbers, and how long each guard has been bad. */
export function RolloutCard({ rollout, ask, onDone }) {
  if (!rollout) return card('Rollout', null, p('empty', 'No rollout yet. Start one: ', code('', 'tranche rollout start rollout.yaml')));
  const state = rollout.state ?? '';
  const head = span('pill ' + (ENDED[state] ?? ''), state.toLowerCase().replaceAll('_', ' '));
  return card('Rollout', head,
    p('', code('', rollout.candidate), span('soft', ' · ' + rollout.strategy + ' · ' + rollout.id)),
    rollout.reason ? div(state === 'ROLLED_BACK' ? 'notice' : 'soft', rollout.reason) : null,
    h(Timeline, { rollout }),
    rollout.active && rollout.stage?.dwell_seconds ? p('soft', 'in this stage ' + duration(rollout.stage.elapsed_seconds) + ' of ' + duration(rollout.stage.dwell_seconds)) : null,
    rollout.active ? div('verbs',
      rollout.approvals?.needed > 0 ? h(Verb, { rollout, verb: 'approve', label: 'Approve', ask, onDone }) : null,
      h(Verb, { rollout, verb: 'promote', label: 'Promote', kind: 'main', ask, onDone }),
      state === 'PAUSED' ? h(Verb, { rollout, verb: 'resume', label: 'Resume', ask, onDone }) : h(Verb, { rollout, verb: 'pause', label: 'Pause', ask, onDone }),
      h(Verb, { rollout, verb: 'rollback', label: 'Roll back', kind: 'grave', ask, onDone }),
      h(Verb, { rollout, verb: 'abort', label: 'Abort', ask, onDone })) : null,
    rollout.gates?.length ? [h3('', 'Gates to leave this stage'), ul('rows', rollout.gates.map((gate) => li('', verdict(gate.verdict), code('', gate.text), gate.detail ? div('detail', gate.detail) : null)))] : null,
    rollout.guards?.length ? [h3('', 'Guards, watched all the time'), ul('rows', rollout.guards.map((guard) => {
      const part = guard.limit_seconds ? Math.min(1, (guard.bad_for_seconds ?? 0) / guard.limit_seconds) : 0;
      return li('', verdict(guard.verdict), code('', guard.text),
        part > 0 ? div('meter', i('', { style: { width: 100 * part + '%', background: 'var(--' + (part >= 1 ? 'fail' : 'wait') + ')' } })) : null,
        guard.detail || part > 0 ? div('detail', (part > 0 ? 'bad for ' + duration(guard.bad_for_seconds) + ' of ' + duration(guard.limit_seconds) + '. ' : '') + (guard.detail ?? '')) : null);
    }))] : null);
}

/** What happened, newest first. That a gate waits is no news, so it shows only with everything else. */
export function HistoryCard({ rollout }) {
  const [all, setAll] = useState(false);
  const history = [...(rollout?.history ?? [])].reverse();
  if (!history.length) return null;
  const news = history.filter((entry) => !/: wait, /.test(entry.reason ?? ''));
  const shown = all ? history : news.slice(0, 8);
  return card('History', rollout.id,
    ul('rows', shown.map((entry) => li('', span('soft mono', clock(entry.at)), span('', entry.event.replaceAll('-', ' '), entry.actor && entry.actor !== 'tranche' ? span('soft', ' by ' + entry.actor) : null), entry.reason ? div('detail', entry.reason) : null))),
    shown.length < history.length || all ? button('', { type: 'button', onClick: () => setAll(!all) }, all ? 'Show fewer' : 'Show all ' + history.length) : null);
}

/** The five points that were executed before the first stage. */
export function ChecklistCard({ rollout }) {
  const points = rollout?.checklist ?? [];
  if (!points.length) return null;
  return card('Checklist', 'executed before the first stage', ul('rows', points.map((point) => li('', verdict(point.verdict), span('', point.name), point.detail ? div('detail', point.detail) : null))));
}

/** Asks for the reason of an action; the reason goes into the journal. */
export function ReasonDialog({ request, close }) {
  const [problem, setProblem] = useState(null);
  if (!request) return null;
  const submit = async (event) => {
    event.preventDefault();
    try {
      await request.run(new FormData(event.target).get('reason'));
      setProblem(null);
      close();
    } catch (refused) {
      setProblem(refused.message);
    }
  };
  return h('dialog', { ref: (node) => node && !node.open && node.showModal(), onClose: () => { setProblem(null); close(); } },
    form('', { onSubmit: submit },
      h('label', null, h('strong', null, request.label), ': why? The reason is kept in the journal.', input('', { name: 'reason', required: true, autofocus: true })),
      problem ? div('notice', problem) : null,
      div('verbs', button('', { type: 'button', onClick: close }, 'Cancel'), button('main', { type: 'submit' }, request.label))));
}
