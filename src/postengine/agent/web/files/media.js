/** The files of tasks: fetched before anybody taps, checked, kept by their hash, let go when the task is over. */
import { Refused, ask } from "./api.js";
import { announce, listen } from "./bus.js";

const CACHE = "media";
const MOST_BYTES = 400e6;
const LIMIT_MS = 600_000;
const parts = new Map(); // sha256 → share that is here, 0 to 1, whoever fetches it

listen(({ type, sha256, part }) => { if (type === "progress") parts.set(sha256, part); });

const addressOf = (sha256) => new URL(`/agent/kept/${sha256}`, self.location.origin).href;

/** The bytes are not those that the task promised. */
export class NotThePromisedFile extends Error {}

/** Whether the file is here. */
export const isHere = async (asset) => Boolean(await (await caches.open(CACHE)).match(addressOf(asset.sha256)));

/** Return the file to show or to share, or null if it is not here yet. */
export async function fileOf(asset) {
  const kept = await (await caches.open(CACHE)).match(addressOf(asset.sha256));
  return kept ? new File([await kept.blob()], asset.filename, { type: asset.mime }) : null;
}

/** Return how much of a file is here, 0 to 1, as far as known. */
export const partOf = (asset) => parts.get(asset.sha256) ?? 0;

/**
 * Fetch a file unless it is here; one of all pages and the worker does it.
 * @throws {NotThePromisedFile|Unreachable|Refused|Unpaired}
 */
export function fetchFile(asset) {
  return navigator.locks.request(`media:${asset.sha256}`, async () => {
    if (await isHere(asset)) return;
    const blob = new Blob(await download(asset), { type: asset.mime });
    await check(asset, blob);
    await (await caches.open(CACHE)).put(addressOf(asset.sha256), new Response(blob));
    tellPart(asset, 1);
  });
}

async function download(asset) {
  // By id, not by the signed address: the page may reach the service by another name than it calls itself.
  const answer = await ask("GET", `assets/${encodeURIComponent(asset.id)}`, { signal: AbortSignal.timeout(LIMIT_MS) });
  const chunks = [];
  let length = 0, told = 0;
  for (const reader = answer.body.getReader(); ;) {
    const { done, value } = await reader.read();
    if (done) return chunks;
    chunks.push(value);
    length += value.length;
    if (length - told > asset.bytes / 50) tellPart(asset, (told = length) / asset.bytes);
  }
}

const tellPart = ({ sha256 }, part) => announce({ type: "progress", sha256, part });

async function check(asset, blob) {
  const digest = await crypto.subtle.digest("SHA-256", await blob.arrayBuffer());
  const sha256 = [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  if (sha256 === asset.sha256) return;
  throw new NotThePromisedFile(`${asset.filename}: expected sha256 ${asset.sha256}, got ${blob.size} bytes with ${sha256}`);
}

/** Whether the office has to do something: trying again does not help. */
export const isFinal = (error) => error instanceof NotThePromisedFile || error instanceof Refused;

/**
 * Let go of files that no task wants, then of those that are wanted last, until all fit.
 * @param {object[]} assets What is wanted, the most urgent first.
 * @returns {Promise<object[]>} Those that have room.
 */
export async function makeRoom(assets) {
  const quota = (await navigator.storage?.estimate?.())?.quota ?? Infinity;
  let room = Math.min(MOST_BYTES, quota * 0.5);
  const fitting = assets.filter((asset, index) => (room -= asset.bytes) > 0 || index === 0);
  const wanted = new Set(fitting.map((asset) => addressOf(asset.sha256)));
  const cache = await caches.open(CACHE);
  for (const request of await cache.keys()) {
    if (!wanted.has(request.url)) await cache.delete(request);
  }
  return fitting;
}
