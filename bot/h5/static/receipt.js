"use strict";
// Printing from the page, if the browser can; WeChat's own browser cannot, and shows no button for it.
(() => {
  const button = document.getElementById("print");
  const canPrint = typeof window.print === "function" && !/MicroMessenger/i.test(navigator.userAgent);
  if (!button || !canPrint) return;
  button.hidden = false;
  button.addEventListener("click", () => window.print());
})();
