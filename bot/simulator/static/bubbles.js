// Turns a message into a bubble. Only <a href> is markup in a WeChat text; all else is shown as it stands.

const LINK = /<a\s[^>]*?href\s*=\s*(?:"([^"]*)"|'([^']*)')[^>]*>([\s\S]*?)<\/a>/gi;
const MENU_LINK = /^weixin:\/\/bizmsgmenu\?(?:.*&)?msgmenucontent=([^&]*)/;

const element = (name, className, text = "") => {
  const node = document.createElement(name);
  node.className = className;
  node.textContent = text;
  return node;
};

function decoded(words) {
  try {
    return decodeURIComponent(words);
  } catch {
    return words;
  }
}

function menuLink(words, label, actions) {
  const link = element("a", "choice", label);
  link.href = "#";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    actions.say(words);
  });
  return link;
}

function webLink(url, label, actions) {
  const link = element("a", "weblink", label);
  link.href = url.href;
  link.rel = "noopener noreferrer";
  link.addEventListener("click", (event) => {
    event.preventDefault();
    actions.open(url, label);
  });
  return link;
}

function linkNode(address, label, actions) {
  const href = address.replaceAll("&amp;", "&");
  const menu = MENU_LINK.exec(href);
  if (menu) return menuLink(decoded(menu[1]), label, actions);
  const url = URL.canParse(href, location.href) ? new URL(href, location.href) : null;
  const isWeb = url && ["http:", "https:"].includes(url.protocol);
  return isWeb ? webLink(url, label, actions) : document.createTextNode(label);
}

function fill(bubble, text, actions) {
  let end = 0;
  for (const match of text.matchAll(LINK)) {
    bubble.append(text.slice(end, match.index), linkNode(match[1] ?? match[2], match[3], actions));
    end = match.index + match[0].length;
  }
  bubble.append(text.slice(end));
}

export function renderMessage(message, actions) {
  if (message.channel === "notice") return element("div", "notice", message.text);
  const mine = message.from === "me";
  const row = element("div", mine ? "row me" : "row");
  const bubble = element("div", `bubble ${mine ? "me" : "bot"} ${mine ? "" : message.channel}`.trim());
  bubble.dataset.id = message.id;
  if (mine) bubble.textContent = message.text;
  else fill(bubble, message.text, actions);
  const avatar = element("div", "avatar", mine ? "我" : "养");
  avatar.setAttribute("aria-hidden", "true");
  row.append(avatar, bubble);
  return row;
}
