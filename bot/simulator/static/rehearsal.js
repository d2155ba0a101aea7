// A rehearsal (演练): instead of a camera the page gets a canvas on which a photo does what is asked.
// The service knows the link as a rehearsal, and records its pass as one; nothing of this exists outside the demo.

const REACTION_MS = 400;
const TICK_MS = 80;
const pause = (milliseconds) => new Promise((resolve) => setTimeout(resolve, milliseconds));

async function ask(ticket, photo) {
  const form = new FormData();
  form.append("ticket", ticket);
  form.append("image", await (await fetch(photo)).blob(), "photo");
  const answer = await fetch("/sim/api/rehearse", { method: "POST", body: form });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

async function picture(text) {
  const image = new Image();
  image.src = `data:image/jpeg;base64,${text}`;
  await image.decode();
  return image;
}

async function develop(film) {
  const entries = Object.entries(film).map(async ([action, texts]) => [action, await Promise.all(texts.map(picture))]);
  return Object.fromEntries(await Promise.all(entries));
}

// Goes back to the still picture first, then on to the next movement, as a head does.
function actor(inside, pictures) {
  let shown = "centre";
  let stage = 0;
  let wanted = "centre";
  let heard = "centre";
  const listen = async () => {
    const asked = inside.document.getElementById("card-live")?.dataset.action || "centre";
    if (asked === heard) return;
    heard = asked;
    await pause(REACTION_MS);
    wanted = asked in pictures ? asked : "centre";
  };
  return () => {
    listen();
    if (shown === wanted) stage = Math.min(stage + 1, pictures[shown].length);
    else if (stage > 0) stage -= 1;
    else shown = wanted;
    return stage > 0 && shown !== "centre" ? pictures[shown][stage - 1] : pictures.centre[0];
  };
}

function paint(canvas, image) {
  const brush = canvas.getContext("2d");
  brush.drawImage(image, 0, 0, canvas.width, canvas.height);
  for (let dot = 0; dot < 150; dot += 1) { // no camera gives the same picture twice
    brush.fillStyle = `rgba(${Math.random() * 255},99,99,.12)`;
    brush.fillRect(Math.random() * canvas.width, Math.random() * canvas.height, 3, 3);
  }
}

function putCamera(inside, pictures) {
  const canvas = inside.document.createElement("canvas");
  const [still] = pictures.centre;
  Object.assign(canvas, { width: still.naturalWidth, height: still.naturalHeight });
  const act = actor(inside, pictures);
  inside.setInterval(() => paint(canvas, act()), TICK_MS);
  const devices = { getUserMedia: async () => canvas.captureStream(15) };
  Object.defineProperty(inside.navigator, "mediaDevices", { value: devices, configurable: true });
}

function putSign(inside) {
  const sign = inside.document.createElement("p");
  sign.id = "rehearsal";
  sign.textContent = inside.pageWords.rehearsal;
  Object.assign(sign.style, { margin: "0 0 8px", padding: "6px", borderRadius: "12px", background: "#9c2f10", color: "#fff", textAlign: "center" });
  inside.document.querySelector("main")?.prepend(sign);
}

const loaded = (frame) => new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));

// Returns a sentence for the panel. The page restarts, so that no real camera's pictures are mixed in.
export async function rehearse(frame, photo) {
  const ticket = frame.contentWindow.location.pathname.split("/").filter(Boolean).pop();
  const { reason, film } = await ask(ticket, photo);
  if (reason) return reason;
  const pictures = await develop(film);
  const again = loaded(frame);
  frame.contentWindow.location.reload();
  await again;
  putCamera(frame.contentWindow, pictures);
  putSign(frame.contentWindow);
  return "照片会照着提示动。请在页面里点“开始”，再点“同意”。";
}
