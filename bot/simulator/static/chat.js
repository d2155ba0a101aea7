// The fake phone: one chat with one official account.

import { renderMessage } from "./bubbles.js";
import { startPanel } from "./panel.js";

const MENU = [
  { name: "养老认证", items: [["企业职工认证", "CERTIFY_EMPLOYEE"], ["城乡居民认证", "CERTIFY_RESIDENT"]] },
  { name: "查询", items: [["企业职工查询", "QUERY_EMPLOYEE"], ["城乡居民查询", "QUERY_RESIDENT"]] },
  { name: "帮助", items: [["帮助", "HELP"], ["返回首页", "HOME"]] },
];
const byId = (id) => document.getElementById(id);
const chat = byId("chat");
const dock = byId("dock");
const input = byId("input");
const page = byId("page");
const frame = byId("page-frame");

let account = "";
let last = 0;

const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function call(name, body) {
  try {
    await fetch(`/sim/api/${name}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ account, ...body }),
    });
  } catch {
    show({ id: 0, from: "bot", channel: "notice", text: "网络不通，请稍后再试" });
  }
}

function show(message) {
  chat.append(renderMessage(message, { say, open: openPage }));
  chat.scrollTop = chat.scrollHeight;
}

const say = (text) => call("say", { text });

// One endless long poll per account; it ends when the account changes.
async function listen(who) {
  while (who === account) {
    try {
      const query = new URLSearchParams({ account: who, after: last });
      const answer = await fetch(`/sim/api/messages?${query}`);
      if (!answer.ok) throw new Error("no messages");
      const { messages } = await answer.json();
      if (who !== account) return;
      for (const message of messages) show(message);
      last = messages.at(-1)?.id ?? last;
      if (!messages.length) await pause(200);
    } catch {
      await pause(1500);
    }
  }
}

function randomAccount() {
  const letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  const bytes = crypto.getRandomValues(new Uint8Array(27));
  return "o" + Array.from(bytes, (byte) => letters[byte % letters.length]).join("");
}

function startAccount({ fresh }) {
  const kept = fresh ? null : sessionStorage.getItem("openid");
  account = kept ?? randomAccount();
  sessionStorage.setItem("openid", account);
  document.cookie = `sim_phone=${account}; path=/sim; samesite=lax`; // for WECHAT_OAUTH=on: whose phone opens a page
  last = 0;
  chat.replaceChildren();
  closePage();
  listen(account);
  if (!kept) call("event", { event: "subscribe", key: "" });
}

// Our own pages open over the chat, from this origin, so that the panel can reach into them.
const LOOPBACK = new Set(["127.0.0.1", "localhost", "[::1]"]);

function isOurs(url) {
  if (url.origin === location.origin) return true;
  return LOOPBACK.has(url.hostname) && LOOPBACK.has(location.hostname) && url.port === location.port;
}

function openPage(url, label) {
  if (!isOurs(url)) {
    window.open(url.href, "_blank", "noopener,noreferrer");
    return;
  }
  byId("page-title").textContent = label;
  frame.src = url.pathname + url.search + url.hash;
  page.hidden = false;
  panel.pageChanged(true);
}

function closePage() {
  if (page.hidden) return;
  page.hidden = true;
  frame.src = "about:blank";
  panel.pageChanged(false);
}

// In WeChat's browser a page closes itself through this bridge.
function lendBridge() {
  const inside = frame.contentWindow;
  try {
    const close = (name) => name === "closeWindow" && closePage();
    inside.WeixinJSBridge = { call: close, invoke: close };
    inside.document.dispatchEvent(new Event("WeixinJSBridgeReady"));
    if (inside.document.title) byId("page-title").textContent = inside.document.title;
  } catch {
    // A page from elsewhere: it keeps its own title and is closed by the cross.
  }
}

function closeMenus() {
  for (const list of document.querySelectorAll(".menu-list")) list.hidden = true;
  for (const button of document.querySelectorAll(".menu-button")) button.setAttribute("aria-expanded", "false");
}

function menuItem([label, key]) {
  const item = document.createElement("button");
  Object.assign(item, { type: "button", className: "menu-item", textContent: label });
  item.dataset.key = key;
  item.addEventListener("click", () => {
    closeMenus();
    call("click", { key });
  });
  return item;
}

function menuSlot({ name, items }) {
  const slot = document.createElement("div");
  const button = document.createElement("button");
  const list = document.createElement("div");
  slot.className = "menu-slot";
  list.className = "menu-list";
  list.hidden = true;
  list.append(...items.map(menuItem));
  Object.assign(button, { type: "button", className: "menu-button", textContent: name });
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    const opens = list.hidden;
    closeMenus();
    list.hidden = !opens;
    button.setAttribute("aria-expanded", String(opens));
  });
  slot.append(list, button);
  return slot;
}

function typing(on) {
  dock.classList.toggle("typing", on);
  byId("show-input").setAttribute("aria-expanded", String(on));
}

function fillInput(text) {
  typing(true);
  input.value = text;
  input.focus();
}

function sendInput(event) {
  event.preventDefault();
  const text = input.value;
  if (!text.trim()) return;
  input.value = "";
  say(text);
}

const panel = startPanel({ frame, fillInput, newAccount: () => startAccount({ fresh: true }) });
byId("menu-buttons").append(...MENU.map(menuSlot));
byId("show-input").addEventListener("click", () => typing(!dock.classList.contains("typing")));
byId("voice").addEventListener("click", () => call("media", { kind: "voice" }));
byId("input-bar").addEventListener("submit", sendInput);
byId("page-close").addEventListener("click", closePage);
frame.addEventListener("load", lendBridge);
document.addEventListener("click", closeMenus);
input.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) sendInput(event);
});
typing(true);
startAccount({ fresh: false });
