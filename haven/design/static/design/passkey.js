// Asks for a passkey in place: the question comes from the server as data, the answer goes back as text.
const asBytes = (text) =>
  Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (letter) => letter.charCodeAt(0));
const asText = (bytes) =>
  btoa(String.fromCharCode(...new Uint8Array(bytes))).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

export function hasPasskeys() {
  return Boolean(window.PublicKeyCredential && navigator.credentials);
}

async function fetched(url) {
  const answer = await fetch(url, { headers: { Accept: "application/json" }, cache: "no-store" });
  return answer.json();
}

const onPage = (id) => JSON.parse(document.getElementById(id).textContent);

export async function askPasskey(url, question) {
  const { publicKey } = (question ? onPage(question) : await fetched(url)).request_options;
  publicKey.challenge = asBytes(publicKey.challenge);
  publicKey.allowCredentials = (publicKey.allowCredentials ?? []).map((each) => ({ ...each, id: asBytes(each.id) }));
  const given = await navigator.credentials.get({ publicKey });
  const { authenticatorData, clientDataJSON, signature, userHandle } = given.response;
  return JSON.stringify({
    id: given.id,
    rawId: asText(given.rawId),
    type: given.type,
    clientExtensionResults: given.getClientExtensionResults(),
    response: {
      authenticatorData: asText(authenticatorData),
      clientDataJSON: asText(clientDataJSON),
      signature: asText(signature),
      ...(userHandle ? { userHandle: asText(userHandle) } : {}),
    },
  });
}

// A form with data-hv-passkey="where the question is": shown where passkeys work, sent once one was given.
export function startPasskeys(root) {
  root.querySelectorAll("form[data-hv-passkey]:not([data-hv-ready])").forEach((form) => {
    form.dataset.hvReady = "";
    form.hidden = !hasPasskeys();
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      const said = form.querySelector("[data-hv-said]");
      said.textContent = "";
      try {
        form.elements.credential.value = await askPasskey(form.dataset.hvPasskey, form.dataset.hvQuestion);
        form.submit();
      } catch {
        said.textContent = said.dataset.hvSaid;
      }
    });
  });
  root.querySelectorAll("form[data-hv-passkey-make]:not([data-hv-ready])").forEach(startMaking);
}

function startMaking(form) {
  form.dataset.hvReady = "";
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const said = form.querySelector("[data-hv-said]");
    said.textContent = "";
    try {
      const alone = Boolean(form.elements.passwordless?.checked);
      form.elements.credential.value = await makePasskey(onPage(form.dataset.hvPasskeyMake), alone);
      form.submit();
    } catch {
      said.textContent = said.dataset.hvSaid;
    }
  });
}

// `alone`: it is to sign in by itself, so it is kept on the device and asks for a finger, a face or a PIN.
async function makePasskey({ creation_options: { publicKey } }, alone) {
  publicKey.challenge = asBytes(publicKey.challenge);
  publicKey.user.id = asBytes(publicKey.user.id);
  publicKey.excludeCredentials = (publicKey.excludeCredentials ?? []).map((each) => ({ ...each, id: asBytes(each.id) }));
  publicKey.authenticatorSelection = {
    ...publicKey.authenticatorSelection,
    residentKey: alone ? "required" : "discouraged",
    requireResidentKey: alone,
    ...(alone ? { userVerification: "required" } : {}),
  };
  const made = await navigator.credentials.create({ publicKey });
  return JSON.stringify({
    id: made.id,
    rawId: asText(made.rawId),
    type: made.type,
    clientExtensionResults: made.getClientExtensionResults(),
    response: {
      attestationObject: asText(made.response.attestationObject),
      clientDataJSON: asText(made.response.clientDataJSON),
    },
  });
}
