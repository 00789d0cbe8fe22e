// Stands in for what a desktop's browser without Google has not: a share sheet, push subscriptions, a home screen.
((told) => {
  const standins = { shared: [], outcome: "taken", rows: null };
  window.standins = standins;

  const { now } = Date;
  Date.now = () => now() + told.clockOffMs;

  const hash = async (file) => {
    const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  };
  const share = (data) => {
    if (!navigator.userActivation.isActive) return Promise.reject(new DOMException("no fresh tap", "NotAllowedError"));
    if (standins.outcome === "closed") return Promise.reject(new DOMException("the person closed the sheet", "AbortError"));
    if (standins.outcome === "broken") return Promise.reject(new DOMException("no sheet", "DataError"));
    const entry = { keys: Object.keys(data), text: data.text ?? null, files: [] };
    standins.shared.push(entry);
    const read = Promise.all((data.files ?? []).map(async (file) => entry.files.push({ name: file.name, type: file.type, size: file.size, sha256: await hash(file) })));
    return standins.outcome === "silent" ? new Promise(() => {}) : read.then(() => undefined);
  };
  const define = (target, name, value) => Object.defineProperty(target, name, { configurable: true, value });
  define(Navigator.prototype, "share", told.canShare ? share : undefined);
  define(Navigator.prototype, "canShare", told.canShare ? (data) => (data.files ?? []).length > 0 : undefined);
  if (told.standalone !== null) define(Navigator.prototype, "standalone", told.standalone);
  if (!told.canCopy) {
    // As on an iPhone: only a tap may copy.
    const refuse = () => Promise.reject(new DOMException("not allowed", "NotAllowedError"));
    let tappedAt = -Infinity;
    addEventListener("click", (event) => { if (event.isTrusted) tappedAt = event.timeStamp; }, true);
    define(Clipboard.prototype, "writeText", (text) => (performance.now() - tappedAt < 500 ? Promise.resolve(void (standins.copied = text)) : refuse()));
  }

  standins.rows = (store) => new Promise((resolve, reject) => {
    const opening = indexedDB.open("agent");
    opening.onerror = () => reject(opening.error);
    opening.onsuccess = () => {
      if (!opening.result.objectStoreNames.contains(store)) { opening.result.close(); resolve([]); return; }
      const asked = opening.result.transaction(store).objectStore(store).getAll();
      asked.onsuccess = () => { opening.result.close(); resolve(asked.result); };
    };
  });

  if (!window.PushManager) return;
  let subscription = null;
  const made = { endpoint: told.subscription.endpoint, toJSON: () => told.subscription, unsubscribe: async () => { subscription = null; return true; } };
  PushManager.prototype.subscribe = async () => (subscription = made);
  PushManager.prototype.getSubscription = async () => subscription;
})
