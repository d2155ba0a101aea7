// Sends each form once: a second click while the answer is under way does nothing.
"use strict";

// A download leaves its page as it is, and may be requested again after a while.
const AGAIN = 5000;

document.addEventListener("submit", (event) => {
  const { dataset } = event.target;
  if (dataset.sent) event.preventDefault();
  dataset.sent = "yes";
  setTimeout(() => delete dataset.sent, AGAIN);
});
