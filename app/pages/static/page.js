// What pages gain from a script; without it everything works too, by whole pages.

const live = document.querySelector("form[data-live]");
const PARTS = ["results", "panel"];
let asked = 0;

/** The address a form would go to, without what is left empty. */
function address(form) {
  const url = new URL(form.action);
  for (const [name, value] of new FormData(form)) {
    if (value.trim() !== "") url.searchParams.append(name, value);
  }
  return url;
}

/** Opened parts of a panel stay open, and the focus stays where it was, when the panel is replaced. */
function replace(part, fresh) {
  const open = new Map([...part.querySelectorAll("details[id]")].map((one) => [one.id, one.open]));
  const focus = part.contains(document.activeElement) ? document.activeElement.id : "";
  const wasOpen = part.open;
  part.replaceWith(fresh);
  for (const one of fresh.querySelectorAll("details[id]")) one.open = open.get(one.id) ?? one.open;
  if (wasOpen !== undefined) fresh.open = wasOpen;
  if (focus) document.getElementById(focus)?.focus({ preventScroll: true });
}

/** Show what is at an address in the place of the list; anything that goes wrong is left to the browser. */
async function show(url) {
  const turn = ++asked;
  document.getElementById("results")?.setAttribute("aria-busy", "true");
  try {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (turn !== asked) return false;
    if (answer.status !== 200 || !page.getElementById("results")) throw new Error(String(answer.status));
    for (const id of PARTS) {
      const [part, fresh] = [document.getElementById(id), page.getElementById(id)];
      if (part && fresh) replace(part, fresh);
    }
    for (const shared of [".foot", ".tongue"]) {
      document.querySelector(shared)?.replaceWith(page.querySelector(shared));
    }
    document.title = page.title;
    keepPlace();
    return true;
  } catch {
    location.assign(url);
    return false;
  }
}

/** Go where the form or a link leads, as a page would. */
async function go(url, typing = false) {
  if (await show(url)) {
    if (typing) history.replaceState(null, "", url);
    else history.pushState(null, "", url);
  }
}

if (live) {
  let pause = 0;
  live.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(pause);
    go(address(live));
  });
  live.addEventListener("change", (event) => {
    if (event.target.type !== "search") go(address(live));
  });
  live.addEventListener("input", (event) => {
    // A word in the making (an input method's letters) is no word yet.
    if (event.target.type !== "search" || event.isComposing) return;
    clearTimeout(pause);
    pause = setTimeout(() => go(address(live), true), 250);
  });
  live.addEventListener("compositionend", () => live.dispatchEvent(new Event("search")));
  live.addEventListener("search", () => go(address(live), true));
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".chips a, .pages a");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
    event.preventDefault();
    const url = new URL(link.href);
    live.elements.q.value = url.searchParams.get("q") ?? "";
    go(url).then(() => {
      if (link.matches(".pages a")) document.getElementById("results").scrollIntoView();
    });
  });
  addEventListener("popstate", () => {
    live.elements.q.value = new URL(location.href).searchParams.get("q") ?? "";
    show(location.href);
  });
}

/** The links to the other languages lead to the same place of the page. */
function keepPlace() {
  for (const link of document.querySelectorAll(".tongue a")) link.hash = location.hash;
}
addEventListener("hashchange", keepPlace);
keepPlace();

/** A picture in pixels, twice as fine as on the page: drawn here, with the fonts that are here. */
async function png(url) {
  const answer = await fetch(url);
  const image = new Image();
  // Without the stylesheets, which an image may not load: the light scheme is in the drawing itself.
  const svg = (await answer.text()).replace(/<\?xml-stylesheet.*?\?>\s*/g, "");
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [image.width * 2, image.height * 2];
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done) => canvas.toBlob(done, "image/png"));
}

for (const button of document.querySelectorAll("button[data-png]")) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(await png(button.dataset.png));
    link.download = button.dataset.name;
    link.click();
    URL.revokeObjectURL(link.href);
  });
}

for (const button of document.querySelectorAll("button[data-clause]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const clause = document.getElementById(button.dataset.clause);
    const [print, translation] = [".print", ".translation"].map((one) => clause.querySelector(one)?.textContent.trim());
    const link = new URL(`#${clause.id}`, location.href).href;
    const lines = [`“${print}”`, translation, clause.parentElement.dataset.cite, link];
    await navigator.clipboard.writeText(lines.filter(Boolean).join("\n"));
    button.textContent = button.dataset.done;
  });
}

for (const button of document.querySelectorAll("button[data-copy]")) {
  button.hidden = !navigator.clipboard;
  button.addEventListener("click", async () => {
    const copied = document.getElementById(button.dataset.copy);
    await navigator.clipboard.writeText(copied.href ?? copied.textContent.trim());
    button.textContent = button.dataset.done;
  });
}
