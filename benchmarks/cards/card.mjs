// The listing card by Satori and resvg-js: card.mjs FONTS.json OUT.png PHOTO…; prints the CPU seconds of each.
import { readFileSync, writeFileSync } from "node:fs";
import satori from "satori";
import { Resvg } from "@resvg/resvg-js";
const [fontsFile, out, ...photos] = process.argv.slice(2);
const fonts = JSON.parse(readFileSync(fontsFile)).map((f) => ({ ...f, data: readFileSync(f.file) }));
const div = (style, ...children) => ({ type: "div", props: { style: { display: "flex", ...style }, children } });
const text = (content, style) => ({ type: "div", props: { style: { color: "white", ...style }, children: content } });
function card(photo) {
  const serif = { fontFamily: "Playfair Display", fontWeight: 600 };
  const sans = { fontFamily: "Inter", fontWeight: 400 };
  return div({ width: 1080, height: 1350, position: "relative", flexDirection: "column", justifyContent: "flex-end",
      padding: 72 },
    { type: "img", props: { src: photo, width: 1080, height: 1350,
        style: { position: "absolute", left: 0, top: 0, objectFit: "cover" } } },
    div({ position: "absolute", left: 0, top: 300, width: 1080, height: 1050,
        backgroundImage: "linear-gradient(180deg, rgba(8,13,24,0), rgba(8,13,24,0.86) 45%, rgba(8,13,24,0.95))" }),
    text("JUST LISTED", { ...sans, fontWeight: 600, fontSize: 27, color: "#111418", backgroundColor: "#e0b972",
        padding: "9px 22px", alignSelf: "flex-start", marginBottom: 28 }),
    text("3 bedroom apartment by the harbour", { ...serif, fontSize: 92, lineHeight: 1.14, width: 900 }),
    text("Hafenstraße 12, Hamburg", { ...sans, fontSize: 36, marginTop: 14 }),
    div({ justifyContent: "space-between", alignItems: "center", marginTop: 28 },
      text("€485,000", { ...serif, fontSize: 72 }), text("3   2   112 m²", { ...sans, fontSize: 36 })),
    div({ height: 2, backgroundColor: "rgba(255,255,255,0.28)", marginTop: 24, marginBottom: 20 }),
    div({ justifyContent: "space-between" },
      text("Petersen & Co", { ...serif, fontSize: 32 }),
      div({ flexDirection: "column", alignItems: "flex-end" },
        text("Anna Petersen", { ...sans, fontWeight: 600, fontSize: 29 }),
        text("+49 40 123 45 67", { ...sans, fontSize: 29 }))));
}
const times = [];
for (const [index, file] of photos.entries()) {
  const bytes = readFileSync(file);
  const started = process.cpuUsage();
  const svg = await satori(card("data:image/jpeg;base64," + bytes.toString("base64")),
    { width: 1080, height: 1350, fonts });
  const png = new Resvg(svg, { font: { loadSystemFonts: false } }).render().asPng();
  const used = process.cpuUsage(started);
  times.push((used.user + used.system) / 1e6);
  if (index === photos.length - 1) writeFileSync(out, png);
}
console.log(JSON.stringify(times));
