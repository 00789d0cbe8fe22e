/** The service's time: the phone's own clock may be a day off. */
import { keep, recall } from "./db.js";

let skewMs = 0;

/** Take over what was learned before. */
export async function setUpClock() {
  skewMs = (await recall("skew")) ?? 0;
}

/** Learn from an answer how far off the phone is; less than 2 s may as well be the network. */
export async function learnTime(serverTime) {
  const skew = Date.parse(serverTime) - Date.now();
  const heard = Math.abs(skew) < 2000 ? 0 : skew;
  if (Number.isFinite(heard) && Math.abs(heard - skewMs) > 1000) {
    skewMs = heard;
    await keep("skew", heard);
  }
}

/** Return the present by the service's clock, in milliseconds. */
export const now = () => Date.now() + skewMs;
