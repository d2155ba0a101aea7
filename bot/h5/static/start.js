"use strict";
// Goes on by itself; "back" from there leads to the reminder's page, not to this stop on the way.
location.replace(document.getElementById("on").href);
