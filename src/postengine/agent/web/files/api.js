/** The agent API as the phone calls it. */
import { announce } from "./bus.js";
import { session, wipe } from "./session.js";

/** The service said no. */
export class Refused extends Error {
  constructor(status, problem) {
    super(problem.detail ?? String(status));
    Object.assign(this, { status, code: problem.code ?? "", problem });
  }
}

/** No answer (without a status), or "not now" (429, 5xx): try again after `waitS` seconds. */
export class Unreachable extends Error {
  constructor(why, status, waitS) {
    super(why);
    Object.assign(this, { status, waitS: Number(waitS) });
  }
}

/** The token is no longer good: this phone was taken off, and has forgotten everything. */
export class Unpaired extends Error {}

const LIMIT_MS = 20_000;

/** Wait for `work`; that there is no network, or no longer a pairing, is no fault of it: what waits, waits on. */
export async function patiently(work) {
  try {
    return await work;
  } catch (error) {
    if (error instanceof Unreachable || error instanceof Unpaired) return null;
    throw error;
  }
}

/**
 * Ask the service; answers are JSON.
 * @param {string} path Below `/agent/v1/`.
 * @returns {Promise<any>}
 */
export async function call(method, path, body) {
  const answer = await ask(method, path, { body, signal: AbortSignal.timeout(LIMIT_MS) });
  if (answer.status === 204) return null;
  try {
    return await answer.json();
  } catch (error) {
    throw new Unreachable(`the answer broke off: ${error.message}`);
  }
}

/** Ask the service; return the answer, to be read as it comes. */
export async function ask(method, path, { body, signal } = {}) {
  const token = (await session())?.token;
  const headers = {};
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let answer;
  try {
    answer = await fetch(`/agent/v1/${path}`, { method, headers, signal, body: JSON.stringify(body), cache: "no-store", credentials: "omit" });
  } catch (error) {
    throw new Unreachable(error.message);
  }
  if (answer.ok) return answer;
  throw await errorOf(answer, token);
}

async function errorOf(answer, token) {
  const problem = await answer.json().catch(() => ({}));
  const { status } = answer;
  if (status === 401) {
    // A late answer to an older token says nothing of the one that is in use.
    if (token && (await session())?.token === token) {
      await wipe();
      announce({ type: "unpaired" });
    }
    return new Unpaired(problem.detail);
  }
  if (status === 429 || status >= 500) return new Unreachable("not now", status, answer.headers.get("Retry-After"));
  return new Refused(status, problem);
}
