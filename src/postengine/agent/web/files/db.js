/** What the phone keeps: IndexedDB, with promises. The worker and all pages share it. */

const NAME = "agent";
const VERSION = 1;
/** Later versions add stores here and never drop `outbox`: answers in it are not told yet. */
const STORES = {
  kv: {}, // session, language, skew …: one value a key
  tasks: { keyPath: "id" }, // as last heard of
  marks: { keyPath: "id" }, // what the phone itself knows of a task: asked, put off, told
  outbox: { keyPath: "seq", autoIncrement: true }, // events in their order
};

let opened = null;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => {
      for (const [name, options] of Object.entries(STORES)) {
        if (!asked.result.objectStoreNames.contains(name)) asked.result.createObjectStore(name, options);
      }
    };
    asked.onsuccess = () => {
      const database = asked.result;
      database.onversionchange = () => { database.close(); opened = null; }; // lets a newer version in
      resolve(database);
    };
    asked.onerror = () => { opened = null; reject(asked.error); };
  });
  return opened;
}

/**
 * Run `work` on one store; all of it happens, or nothing.
 * @param {(store: IDBObjectStore) => IDBRequest|void} work
 * @returns {Promise<any>} The result of the request that `work` returns, once all is written.
 */
export async function on(name, mode, work) {
  const transaction = (await open()).transaction(name, mode);
  const request = work(transaction.objectStore(name));
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve(request?.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const get = (name, key) => on(name, "readonly", (store) => store.get(key));
export const all = (name) => on(name, "readonly", (store) => store.getAll());
export const put = (name, value) => on(name, "readwrite", (store) => store.put(value));
export const remove = (name, key) => on(name, "readwrite", (store) => store.delete(key));
export const recall = (key) => get("kv", key);
export const keep = (key, value) => on("kv", "readwrite", (store) => store.put(value, key));

/** Change a row in one go; `change` gets the row, or one with nothing but its id. */
export function alter(name, id, change) {
  return on(name, "readwrite", (store) => {
    const asked = store.get(id);
    asked.onsuccess = () => store.put({ ...(asked.result ?? { id }), ...change });
  });
}

/** Empty all stores, but for what is no secret: the language. */
export async function forget() {
  const language = await recall("language");
  for (const name of Object.keys(STORES)) await on(name, "readwrite", (store) => store.clear());
  if (language) await keep("language", language);
}
