// The panel next to the phone: sample people, the sample photo, and enrolling oneself.

import { rehearse } from "./rehearsal.js";

const byId = (id) => document.getElementById(id);

function button(className, text, act) {
  const node = document.createElement("button");
  Object.assign(node, { type: "button", className, textContent: text });
  node.addEventListener("click", act);
  return node;
}

function portrait(person) {
  const node = document.createElement(person.photo ? "img" : "div");
  if (person.photo) Object.assign(node, { src: person.photo, alt: `${person.name}的示例照片` });
  else Object.assign(node, { className: "no-photo", textContent: "无照片" });
  return node;
}

function facts(person, fillInput) {
  const box = document.createElement("div");
  const note = document.createElement("div");
  box.className = "person-facts";
  note.className = "person-note";
  note.textContent = [person.scheme, person.id_type, person.note].filter(Boolean).join(" · ");
  const name = button("fill fill-name", person.name, () => fillInput(person.name));
  const number = button("fill fill-number", person.id_number, () => fillInput(person.id_number));
  box.append(name, document.createElement("br"), number, note);
  return box;
}

async function putPhoto(frame, photo) {
  const target = frame.contentDocument?.querySelector("#selfie-input");
  if (!target) return "这一页还没有拍照的地方，请先在页面里同意并继续。";
  const blob = await (await fetch(photo)).blob();
  const inside = frame.contentWindow;
  const files = new inside.DataTransfer();
  files.items.add(new inside.File([blob], "sample", { type: blob.type || "image/jpeg" }));
  target.files = files.files;
  target.dispatchEvent(new inside.Event("change", { bubbles: true }));
  return "已放入照片。";
}

// If movements are asked for, the photo has to move; if a still photo is enough, it is inserted as it is.
function stepIn(frame, photo) {
  const page = frame.contentDocument?.body;
  if (!page?.classList.contains("capture")) return Promise.resolve("这一页不用照片。请先打开刷脸页。");
  return page.dataset.liveness === "required" ? rehearse(frame, photo) : putPhoto(frame, photo);
}

function startPeople({ frame, fillInput }) {
  const list = byId("people");
  let chosen = null;

  function choose(person, card) {
    chosen = person;
    for (const other of list.children) other.classList.toggle("chosen", other === card);
  }

  function add(person) {
    const card = document.createElement("li");
    card.className = "person";
    card.append(portrait(person), facts(person, fillInput));
    card.addEventListener("click", () => choose(person, card));
    list.append(card);
    return card;
  }

  byId("use-sample").addEventListener("click", async () => {
    const note = byId("sample-note");
    note.textContent = chosen?.photo ? "正在准备照片……" : "这位人物没有照片，请选另一位。";
    if (chosen?.photo) note.textContent = await stepIn(frame, chosen.photo).catch(() => "没有准备好，请再试一次。");
  });
  return { add, choose };
}

async function post(path, body, headers = {}) {
  const answer = await fetch(path, { method: "POST", body, headers });
  if (!answer.ok) throw new Error(`HTTP ${answer.status}`);
  return answer.json();
}

function startCamera(usePhoto, note) {
  const video = byId("camera");
  const shot = byId("camera-shot");

  function stop() {
    for (const track of video.srcObject?.getTracks() ?? []) track.stop();
    video.srcObject = null;
    video.hidden = shot.hidden = true;
  }

  byId("camera-open").addEventListener("click", async () => {
    try {
      video.srcObject = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "user" } });
      video.hidden = shot.hidden = false;
      await video.play();
    } catch {
      note.textContent = "打不开摄像头，请改用照片文件。";
    }
  });
  shot.addEventListener("click", () => {
    const canvas = document.createElement("canvas");
    canvas.width = video.videoWidth;
    canvas.height = video.videoHeight;
    canvas.getContext("2d").drawImage(video, 0, 0);
    canvas.toBlob((blob) => blob && usePhoto(blob), "image/jpeg", 0.92);
    stop();
  });
}

function startEnrolment(people, fillInput) {
  const note = byId("enrol-note");
  const preview = byId("enrol-preview");
  let photo = null;

  function usePhoto(blob) {
    photo = blob;
    preview.src = URL.createObjectURL(blob);
    preview.hidden = false;
  }

  async function enrol(name) {
    const words = JSON.stringify({ name });
    const { id_number: number } = await post("/sim/api/newcomer", words, { "Content-Type": "application/json" });
    const form = new FormData();
    form.append("name", name);
    form.append("id_number", number);
    form.append("image", photo, "photo");
    const { reason } = await post("/sim/api/enrol", form);
    if (reason) return reason;
    const person = { name, id_number: number, id_type: "居民身份证", note: "我的照片", photo: preview.src };
    people.choose(person, people.add(person));
    fillInput(name);
    return `登记好了。您的示例号码：${number}，已加到上面的名单里。`;
  }

  byId("enrol-file").addEventListener("change", (event) => {
    const [file] = event.target.files;
    if (file) usePhoto(file);
  });
  byId("enrol-form").addEventListener("submit", async (event) => {
    event.preventDefault();
    const name = byId("enrol-name").value.trim();
    note.textContent = photo ? "正在登记……" : "请先选一张照片，或打开摄像头拍一张。";
    if (!photo || !name) return;
    note.textContent = await enrol(name).catch(() => "没有登记上，请换一张照片再试。");
  });
  startCamera(usePhoto, note);
}

async function loadPeople(people) {
  const answer = await fetch("/sim/api/people");
  const { people: samples, can_enrol: canEnrol } = await answer.json();
  const cards = samples.map((person) => [person, people.add(person)]);
  const first = cards.find(([person]) => person.photo) ?? cards[0];
  if (first) people.choose(...first);
  byId("enrol-section").hidden = !canEnrol;
}

export function startPanel({ frame, fillInput, newAccount }) {
  const panel = byId("panel");
  const toggle = byId("samples-toggle");
  const open = (on) => {
    panel.classList.toggle("open", on);
    toggle.setAttribute("aria-expanded", String(on));
  };
  const fillAndFold = (text) => {
    open(false);
    fillInput(text);
  };
  const people = startPeople({ frame, fillInput: fillAndFold });
  toggle.addEventListener("click", () => open(!panel.classList.contains("open")));
  byId("panel-close").addEventListener("click", () => open(false));
  byId("use-sample").addEventListener("click", () => open(false));
  byId("new-account").addEventListener("click", () => {
    open(false);
    newAccount();
  });
  startEnrolment(people, fillInput);
  loadPeople(people);
  return {
    pageChanged(isOpen) {
      byId("use-sample").disabled = !isOpen;
      byId("sample-note").textContent = "";
    },
  };
}
