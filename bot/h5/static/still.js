"use strict";
// The photo of LIVENESS=basic: a preview if the browser has a camera for pages, else the phone's own camera.
window.stillCamera = (() => {
  const LONG_SIDE = 1280;
  const part = (id) => document.getElementById(id);
  let stream = null;
  let unwatch = () => {};
  let asked = 0;

  async function open() {
    if (stream || !window.pageCamera.possible()) return;
    const mine = ++asked;
    try {
      const opened = await window.pageCamera.open("user", 1280, 960);
      if (mine !== asked) return window.pageCamera.close(opened);
      stream = opened;
      unwatch = window.pageCamera.watch(opened, reopen);
      window.pageCamera.play(opened, part("preview"));
      part("preview").hidden = false;
      part("outline").toggleAttribute("hidden", true);
    } catch { /* no camera here, or not allowed: the file input is the way */ }
  }

  // A lost camera is reopened once the page is in sight, unless the page has moved on meanwhile.
  async function reopen() {
    close();
    const mine = asked;
    await window.pageCamera.inSight();
    if (mine === asked) open();
  }

  function close() {
    asked += 1;
    unwatch();
    if (stream) window.pageCamera.close(stream);
    stream = null;
    part("preview").srcObject = null;
    part("preview").hidden = true;
    part("outline").toggleAttribute("hidden", false);
  }

  function drawn(source, width, height) {
    const scale = Math.min(1, LONG_SIDE / Math.max(width, height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.round(width * scale);
    canvas.height = Math.round(height * scale);
    canvas.getContext("2d").drawImage(source, 0, 0, canvas.width, canvas.height);
    return new Promise((done, fail) =>
      canvas.toBlob((blob) => (blob ? done(blob) : fail(new Error("no picture"))), "image/jpeg", 0.92));
  }

  // A picture of the preview; null if there is none, and the phone's own camera is used instead.
  async function take() {
    const preview = part("preview");
    return stream && preview.videoWidth ? drawn(preview, preview.videoWidth, preview.videoHeight) : null;
  }

  function decoded(file) {
    const picture = new Image();
    picture.src = URL.createObjectURL(file);
    return picture.decode().then(() => picture).finally(() => URL.revokeObjectURL(picture.src));
  }

  async function smaller(file) {
    try {
      const picture = await decoded(file);
      if (Math.max(picture.naturalWidth, picture.naturalHeight) <= LONG_SIDE && file.type === "image/jpeg") return file;
      return await drawn(picture, picture.naturalWidth, picture.naturalHeight);
    } catch {
      return file; // what this browser cannot decode, the server judges
    }
  }

  return { open, close, take, smaller };
})();
