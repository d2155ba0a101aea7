"use strict";
// Stands for WeChat's page script (JS-SDK) in the demo: the two calls of its face verification, and who it was.
window.wx = (() => {
  const desk = new URL("api/face", document.currentScript.src);
  const faces = [["是本人", 0], ["是别人", 10004], ["没有刷完", 90004]];

  function ask() {
    const shade = document.createElement("div");
    shade.id = "sim-face";
    Object.assign(shade.style, { position: "fixed", top: 0, right: 0, bottom: 0, left: 0, background: "rgba(0,0,0,.8)",
      display: "flex", flexDirection: "column", justifyContent: "center", alignItems: "center", zIndex: 9 });
    return new Promise((chosen) => {
      for (const [label, code] of faces) {
        const button = document.createElement("button");
        button.textContent = label;
        button.className = "big";
        button.dataset.code = code;
        button.onclick = () => { shade.remove(); chosen(code); };
        shade.append(button);
      }
      document.body.append(shade);
    });
  }

  async function verify({ request_verify_pre_info: info }) {
    const key = JSON.parse(info).user_id_key;
    const code = await ask();
    const body = JSON.stringify({ user_id_key: key, identify_ret: code });
    const { verify_result: proof } = await (await fetch(desk, { method: "POST", body })).json();
    return proof ? { err_code: code, verify_result: proof } : { err_code: 90199 };
  }

  return {
    config: () => {},
    ready: (go) => setTimeout(go),
    error: () => {},
    invoke: (name, asked, done) => {
      if (name === "checkIsSupportFaceDetect") done({ err_code: 0 });
      else verify(asked).then(done);
    },
  };
})();
