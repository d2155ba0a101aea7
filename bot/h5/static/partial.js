"use strict";
// Where a script of the page has not come, over a poor line, or is too new for this browser, the buttons are dead: this
// one says so. It is written so that old browsers read it.
(function () {
  var ours = location.origin + "/h5/static/";

  // Once the page has turned to its first card it answers for its own errors; a script that has not come is missed later.
  window.addEventListener("error", function (event) {
    var source = event.filename || event.target.src || "";
    var isMissing = event.target.tagName === "SCRIPT";
    if (source.indexOf(ours) !== 0 || (!isMissing && document.body.getAttribute("data-card"))) return;
    document.body.setAttribute("data-partial", "");
    document.getElementById("card-partial").hidden = false;
  }, true);
  document.getElementById("reload").onclick = function () { location.reload(); };
})();
