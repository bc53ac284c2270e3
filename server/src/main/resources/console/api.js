// The console speaks the same HTTP API as the command line, with the token it was opened with.
const KEY = 'tranche-token';
const fragment = new URLSearchParams(location.hash.slice(1)).get('token');
if (fragment) {
  sessionStorage.setItem(KEY, fragment);
  history.replaceState(null, '', location.pathname + location.search);
}

export const token = () => sessionStorage.getItem(KEY);
export const signIn = (value) => sessionStorage.setItem(KEY, value);
export const signOut = () => sessionStorage.removeItem(KEY);

/** A refusal as the server worded it. */
export class Refusal extends Error {
  constructor(status, problem) {
    super(problem.detail || problem.title || 'HTTP ' + status);
    this.status = status;
    this.problem = problem;
  }
}

export async function call(path, body) {
  const headers = { Authorization: 'Bearer ' + token() };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  const answer = await fetch(path, { method: body === undefined ? 'GET' : 'POST', headers, body: body === undefined ? undefined : JSON.stringify(body) });
  const text = await answer.text();
  let json = {};
  try { json = text ? JSON.parse(text) : {}; } catch { json = { detail: text }; }
  if (!answer.ok) throw new Refusal(answer.status, json);
  return json;
}

/** Follows /api/v1/events for ever; reconnects by itself. EventSource cannot carry a token, so the stream is read by fetch. */
export async function follow(onEvent, onState) {
  for (;;) {
    try {
      const answer = await fetch('/api/v1/events', { headers: { Authorization: 'Bearer ' + token(), Accept: 'text/event-stream' } });
      if (!answer.ok) throw new Error('HTTP ' + answer.status);
      onState('live');
      const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
      let rest = '';
      for (;;) {
        const { value, done } = await reader.read();
        if (done) break;
        rest += value;
        const blocks = rest.split('\n\n');
        rest = blocks.pop();
        for (const block of blocks) {
          const fields = Object.fromEntries(block.split('\n').filter((l) => l.includes(':') && !l.startsWith(':')).map((l) => [l.slice(0, l.indexOf(':')), l.slice(l.indexOf(':') + 1).trim()]));
          if (fields.data) onEvent(fields.event || 'message', JSON.parse(fields.data));
        }
      }
    } catch (broken) {
      console.warn('event stream:', broken.message);
    }
    onState('reconnecting');
    await new Promise((resume) => setTimeout(resume, 1500));
  }
}
