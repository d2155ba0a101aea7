// Sends each form once: a second click while the answer is under way does nothing.
// A page that answers a form takes its own address: a reload, or the other language, asks for the page again.
"use strict";

// A download leaves its page as it is, and may be requested again after a while.
const AGAIN = 5000;

document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if (dataset.sent) event.preventDefault();
  dataset.sent = "yes";
  setTimeout(() => delete dataset.sent, AGAIN);
});

const { address } = document.body.dataset;
if (address && address !== location.pathname) history.replaceState(null, "", address);
