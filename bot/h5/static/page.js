"use strict";
// Written for phones that get no updates: code that Chrome 66 cannot parse would leave them a dead page.
// Type size: 20 px at first, from 18 to 30, remembered on this phone where storage is allowed.
(() => {
  const REFUSED_MS = 300;
  const sizes = [18, 20, 24, 30];
  const root = document.documentElement;
  const remember = (size) => { try { localStorage.setItem("type-size", size); } catch { /* private window */ } };
  const remembered = () => { try { return Number(localStorage.getItem("type-size")); } catch { return 0; } };
  let at = 1;
  // Android's WeChat multiplies all type by the size chosen there: it is measured once, and reversed on this page.
  root.style.fontSize = "20px";
  const zoom = parseFloat(getComputedStyle(root).fontSize) / 20 || 1;
  root.style.setProperty("--zoom", zoom);
  const apply = () => { root.style.fontSize = `${sizes[at] / zoom}px`; };
  const show = () => { apply(); remember(sizes[at]); };
  const move = (to) => { at = Math.min(sizes.length - 1, Math.max(0, to)); show(); };
  // WeChat's own type size, until one is chosen here: the iPhone's, in percent, whose zoom of the text alone is
  // switched off, or Android's.
  const adopt = () => {
    const wished = sizes[1] * zoom * (parseFloat(document.body.style.webkitTextSizeAdjust) || 100) / 100;
    at = sizes.indexOf(remembered());
    if (at < 0) at = Math.max(1, sizes.filter((size) => size <= wished).length - 1);
    apply();
  };
  new MutationObserver(adopt).observe(document.body, { attributes: true, attributeFilter: ["style"] });
  adopt();
  const onTap = (id, act) => { const node = document.getElementById(id); if (node) node.addEventListener("click", act); };
  onTap("smaller", () => move(at - 1));
  onTap("normal", () => move(1));
  onTap("larger", () => move(at + 1));

  // The scripts' words, in the page's language: all wording comes from the server.
  window.pageWords = JSON.parse(document.body.dataset.words || "{}");

  // Lines break after a comma or a stop, not inside a word: large type has room for few characters.
  window.setPhrases = (node, text) => {
    const phrases = text.match(/[^，、。：]+[，、。：]?/g) || [];
    node.textContent = "";
    node.append(...phrases.map((phrase) => {
      const span = document.createElement("span");
      span.className = "phrase";
      span.textContent = phrase;
      return span;
    }));
  };
  for (const node of document.querySelectorAll("h1, .card > h2, .next, #message")) window.setPhrases(node, node.textContent);

  // Other browsers close by a script only what was opened for this page: then the words stand in the button's place.
  function closeByHand(button) {
    window.close();
    setTimeout(() => {
      const words = document.createElement("p");
      words.className = "by-hand screen";
      words.setAttribute("role", "status");
      window.setPhrases(words, document.querySelector("meta[name=close-by-hand]").content);
      button.replaceWith(words);
      words.scrollIntoView({ block: "nearest" });
    }, REFUSED_MS);
  }

  // Back to the chat: WeChat's own browser, the frame of a parent page of ours, or by hand.
  window.leavePage = ({ currentTarget }) => {
    if (/[?&]from=capture\b/.test(location.search)) history.back();
    else if (window.WeixinJSBridge) window.WeixinJSBridge.invoke("closeWindow", {}, () => {});
    else if (window.parent !== window) window.parent.postMessage("close", location.origin);
    else closeByHand(currentTarget);
  };
  onTap("close", window.leavePage);
})();
