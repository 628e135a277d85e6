// Requests to the workbench's own server, one edit at a time and in the order of the keys.

const base = new URL("./", document.location.href);

export class Failure extends Error {
  constructor(status, detail) {
    super(detail);
    this.status = status;
  }
}

export async function get(path) {
  return answer(await fetch(new URL(path, base), { credentials: "omit" }));
}

export async function post(path, body) {
  const options = { method: "POST", credentials: "omit", body: JSON.stringify(body) };
  return answer(await fetch(new URL(path, base), { ...options, headers: { "Content-Type": "application/json" } }));
}

async function answer(response) {
  if (response.status === 204) return null;
  const content = await response.json();
  if (!response.ok) throw new Failure(response.status, content.detail ?? response.statusText);
  return content;
}

// Each edit names the version that the one before it made, so that they wait for each other.
let last = Promise.resolve();

export function inOrder(task) {
  last = last.then(task, task);
  return last;
}
