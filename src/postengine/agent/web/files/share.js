/** Handing the file to the app that posts it, and knowing when the person is back. */
import { mark, say } from "./tasks.js";

/**
 * Open the share sheet. Nothing is awaited here: the tap would be stale, and the sheet would not open.
 * The files go alone; with a text beside them some apps drop the files.
 * @param {object} task
 * @param {File[]} files In memory already; without any, the caption goes.
 * @param {() => void} back Called once the person is back.
 * @param {(error: Error) => void} refused Called where no sheet opened.
 */
export function share(task, files, back, refused) {
  const handed = navigator.share(files.length > 0 ? { files } : { text: task.caption });
  const trip = leave(task, back);
  handed.then(
    () => { say(task, "shared"); trip.arrive(); },
    (error) => {
      if (trip.hasLeft()) return; // another app was open: what became of it, only the person knows
      trip.cancel();
      if (error.name !== "AbortError") refused(error);
    },
  );
}

/**
 * Remember that the person is away to post, so that the question comes up on return: also where the promise of
 * the share sheet never settles, or the system ends the page in the meantime.
 */
export function leave(task, back) {
  let hasLeft = false;
  const end = () => ["visibilitychange", "pageshow"].forEach((name) => removeEventListener(name, watch, true));
  const arrive = () => {
    if (document.visibilityState === "hidden") { hasLeft = true; return; }
    end();
    back();
  };
  const watch = () => { if (hasLeft || document.visibilityState === "hidden") arrive(); };
  ["visibilitychange", "pageshow"].forEach((name) => addEventListener(name, watch, true));
  mark(task.id, { asking: true });
  return { arrive, hasLeft: () => hasLeft, cancel: () => { end(); mark(task.id, { asking: false }); } };
}
