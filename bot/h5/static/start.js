"use strict";
// Continues automatically; "back" from there leads to the reminder's page, not to this intermediate page.
location.replace(document.getElementById("on").href);
