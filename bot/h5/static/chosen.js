"use strict";
// A file from the phone, checked before it is sent: a slow connection should not carry what will be refused.
window.chosenFile = (() => {
  const MOST_BYTES = { photo: 10e6, video: 30e6 };
  const MOST_SECONDS = 20.5; // half a second for recorders that stop late
  const OLD_MS = 600000; // the life of a link: a video recorded now is never older
  const METADATA_MS = 3000;
  const KINDS = { photo: /^image\/(jpeg|png)$/, video: /^video\// };
  const STILL = /\.(heic|heif|avif|jpe?g|png|gif|webp|bmp)$/i; // some phones name no type

  // The length in seconds; 0 if this browser cannot tell.
  function seconds(file) {
    return new Promise((done) => {
      const player = document.createElement("video");
      const end = (length) => {
        URL.revokeObjectURL(player.src);
        done(Number.isFinite(length) ? length : 0);
      };
      player.preload = "metadata";
      player.onloadedmetadata = () => end(player.duration);
      player.onerror = () => end(0);
      setTimeout(() => end(0), METADATA_MS);
      player.src = URL.createObjectURL(file);
    });
  }

  const otherKind = (file, medium) => (file.type ? !KINDS[medium].test(file.type) : medium === "video" && STILL.test(file.name));

  // The key of the sentence that refuses it; "" for a file that may be sent.
  async function fault(file, medium) {
    if (otherKind(file, medium)) return `${medium}_other_kind`;
    if (medium === "video" && file.lastModified && Date.now() - file.lastModified > OLD_MS) return "video_old";
    if (file.size > MOST_BYTES[medium]) return `${medium}_too_large`;
    return medium === "video" && await seconds(file) > MOST_SECONDS ? "video_too_long" : "";
  }

  return { fault };
})();
