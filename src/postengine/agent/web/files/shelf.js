/** The app's own files, kept by version, so that page and modules always fit each other. */

const shelf = (version) => caches.open(`files-${version}`);

/** Keep the page and all its files. */
export async function keepFiles(version, files) {
  const paths = ["./", "manifest.webmanifest", ...files.map((path) => `files/${version}/${path}`)];
  await (await shelf(version)).addAll(paths.map((path) => new Request(path, { cache: "reload" })));
}

/** Let go of the files of other versions; answers and media stay. */
export async function tidy(version) {
  const others = (await caches.keys()).filter((name) => name.startsWith("files-") && name !== `files-${version}`);
  await Promise.all(others.map((name) => caches.delete(name)));
  await self.clients.claim();
}

/** Answer with what is kept; the API is none of it, and always goes to the network. */
export function serve(event, version) {
  const { method, url } = event.request;
  const { origin, pathname } = new URL(url);
  const key = pathname === "/agent/" ? "./" : url;
  if (method === "GET" && origin === self.location.origin && (key === "./" || pathname.startsWith("/agent/files/"))) {
    event.respondWith(kept(version, key, event.request));
  }
}

const kept = async (version, key, request) => (await (await shelf(version)).match(key)) ?? fetch(request);
