// What WCAG 2.2 asks of a page and a program can measure: contrast, names, targets, language; returns what is wrong.
() => {
  const faults = [];
  const dialog = document.querySelector("dialog[open]");
  const root = dialog ?? document.body;
  const isSeen = (node) => node.checkVisibility({ opacityProperty: true, visibilityProperty: true }) && node.getClientRects().length > 0;
  const name = (node) => `${node.tagName.toLowerCase()}.${node.className?.baseVal ?? node.className}: ${(node.textContent ?? "").trim().slice(0, 40)}`;

  const context = Object.assign(document.createElement("canvas"), { width: 1, height: 1 }).getContext("2d", { willReadFrequently: true });
  const rgba = (colour) => {
    context.clearRect(0, 0, 1, 1);
    context.fillStyle = colour;
    context.fillRect(0, 0, 1, 1);
    return [...context.getImageData(0, 0, 1, 1).data];
  };
  const over = ([r, g, b, a], below) => [r, g, b].map((value, index) => (value * a + below[index] * (255 - a)) / 255);
  const ground = (node) => {
    const layers = [];
    for (let at = node; at; at = at.parentElement) {
      const colour = rgba(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 255) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const luminance = (rgb) => {
    const [r, g, b] = rgb.map((value) => (value /= 255) <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const contrast = (one, two) => {
    const [low, high] = [luminance(one), luminance(two)].sort((a, b) => a - b);
    return (high + 0.05) / (low + 0.05);
  };

  const texts = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode.parentElement;
    if (!texts.currentNode.data.trim() || !isSeen(node) || node.closest("option, noscript, title, :disabled")) continue;
    const below = ground(node);
    const ratio = contrast(over(rgba(getComputedStyle(node).color), below), below);
    if (ratio < 4.5) faults.push(["contrast", ratio.toFixed(2), name(node)]);
    if (parseFloat(getComputedStyle(node).fontSize) < 15) faults.push(["small text", getComputedStyle(node).fontSize, name(node)]);
  }

  for (const node of root.querySelectorAll("button, a[href], input, select, textarea, summary")) {
    if (!isSeen(node)) continue;
    const { width, height } = node.getBoundingClientRect();
    if (width < 44 || height < 44) faults.push(["target", `${Math.round(width)}x${Math.round(height)}`, name(node)]);
    const label = node.getAttribute("aria-label") || node.textContent.trim() || [...(node.labels ?? [])].map((one) => one.textContent).join("");
    if (!label) faults.push(["no name", "", name(node)]);
    if (node.matches("input, select, textarea")) {
      const line = contrast(rgba(getComputedStyle(node).borderTopColor), ground(node.parentElement));
      if (line < 3) faults.push(["edge", line.toFixed(2), name(node)]);
    }
  }
  for (const node of root.querySelectorAll("img, video")) {
    if (!node.closest("[aria-hidden]") && !node.alt && !node.getAttribute("aria-label")) faults.push(["no alternative", "", name(node)]);
  }

  const levels = [...root.querySelectorAll("h1, h2, h3")].filter(isSeen).map((node) => Number(node.tagName[1]));
  if (!dialog && levels.filter((level) => level === 1).length !== 1) faults.push(["headings", levels.join(), ""]);
  if (levels.some((level, index) => index > 0 && level > levels[index - 1] + 1)) faults.push(["heading skipped", levels.join(), ""]);
  const ids = [...document.querySelectorAll("[id]")].map((node) => node.id);
  for (const id of new Set(ids.filter((one, index) => ids.indexOf(one) !== index))) faults.push(["id twice", id, ""]);
  for (const node of document.querySelectorAll("[aria-describedby], [aria-labelledby]")) {
    const wanted = `${node.getAttribute("aria-describedby") ?? ""} ${node.getAttribute("aria-labelledby") ?? ""}`.trim().split(/\s+/);
    for (const id of wanted) if (!document.getElementById(id)) faults.push(["points nowhere", id, name(node)]);
  }
  const { lang, dir } = document.documentElement;
  if (!lang || dir !== (lang === "ar" ? "rtl" : "ltr")) faults.push(["language", lang, dir]);
  if (!document.title) faults.push(["no title", "", ""]);
  if (document.documentElement.scrollWidth > screen.width) faults.push(["wider than the screen", document.documentElement.scrollWidth, ""]);
  return faults;
}
