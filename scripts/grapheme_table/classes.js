// Finds the grapheme class of each code point by asking Intl.Segmenter how it joins its neighbours.
//
// JavaScript names some of the properties behind UAX #29, not all; how a code point behaves between
// neighbours of known classes tells every class apart that the rules tell apart.
// Prints {"unicode": version, "classes": {class: [[first, last], ...]}, "samples": [[cluster, ...], ...]}.
"use strict";

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
const isOne = (text) => segmenter.segment(text).containing(0).segment === text;

function classOf(code) {
  const char = String.fromCodePoint(code);
  if (code === 0x200d) return "ZWJ";
  if (/^\p{Regional_Indicator}$/u.test(char)) return "REGIONAL";
  if (isOne("a" + char)) {
    if (!isOne("😀" + char + "\u200d😀")) return "SPACING";
    if (isOne("क" + char + "ष")) return "LINKER";
    return isOne("क" + char + "\u094dष") ? "EXTEND_INDIC" : "EXTEND";
  }
  if (!isOne(char + "\u0301")) return "CONTROL";
  if (isOne(char + "a")) return "PREPEND";
  if (/^\p{Extended_Pictographic}$/u.test(char)) return "PICTURE";
  if (isOne("क\u094d" + char)) return "CONSONANT";
  if (code >= 0xac00 && code <= 0xd7a3) return null; // Hangul syllables: told by arithmetic
  if (isOne(char + "\u1100")) return "L";
  if (isOne("\u1100" + char)) return "V";
  return isOne("\u1160" + char) ? "T" : null;
}

const classes = {};
let [previous, first] = [null, 0];
for (let code = 0; code <= 0x110000; code++) {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  const found = code === 0x110000 ? "END" : isSurrogate ? "CONTROL" : classOf(code);
  if (found !== previous) {
    if (previous !== null) (classes[previous] ??= []).push([first, code - 1]);
    [previous, first] = [found, code];
  }
}

// One text of each class, every two of them and every four of the telling ones, and a few that people write.
const each = ["a", "\r", "\n", "\u0001", "\u0301", "\u0c4d", "\u094d", "\u0903", "\u0600", "क", "ᄀ", "ᅡ", "ᆨ", "가",
  "각", "😀", "\u200d", "🇩", "🏽", "\ufe0f"];
const written = ["👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪🇫🇷🇯", "👍🏽👍", "1️⃣2️⃣", "❤️‍🔥", "한국어 각", "क्षत्रिय हिन्दी", "নমস্কার",
  "தமிழ்", "é e\u0301 o\u0308\u0301", "\u0e01\u0e33", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "a\r\nb\n\nc", "Z͑ͫ̓ͪ̂ͫ̽͏̴̙̤̞͉͚̯̞̠͍A", "⏱️⏱", "©®™", "က္ခ", "\u{1f1e6}\u200d\u{1f1e7}"];
const texts = [...written];
for (const a of each) for (const b of each) texts.push(a + b);
const telling = ["\u0301", "\u094d", "क", "😀", "\u200d", "🇩", "a"];
for (const a of telling) for (const b of telling) for (const c of telling) for (const d of telling) texts.push(a + b + c + d);
const samples = texts.map((text) => [...segmenter.segment(text)].map((part) => part.segment));
process.stdout.write(JSON.stringify({ unicode: process.versions.unicode, classes, samples }));
