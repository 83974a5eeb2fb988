/*
 * Asks the browser for passkeys (Web Authentication). One file for the plain pages around signing in and for the console's own,
 * so it is plain JavaScript without parts from elsewhere. Where the browser knows no passkeys, the buttons stay hidden.
 */
(() => {
  'use strict';

  const possible = () => window.isSecureContext && typeof window.PublicKeyCredential === 'function';

  const bytes = (text) =>
    Uint8Array.from(atob(text.replace(/-/g, '+').replace(/_/g, '/')), (letter) => letter.charCodeAt(0));
  const text = (buffer) =>
    btoa(String.fromCharCode(...new Uint8Array(buffer))).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
  const keys = (list) => (list ?? []).map((key) => ({ ...key, id: bytes(key.id) }));

  /** Ends the question that waits in the field for the address, since browsers take one at a time. */
  let waiting = new AbortController();

  /** In one word what went wrong: browsers tell neither a cancelled question nor a missing passkey apart, on purpose. */
  function reason(error, begun, timeout) {
    if (error.reason) return error.reason;
    if (error.name === 'AbortError') return 'aborted';
    if (error.name === 'InvalidStateError') return 'known';
    if (error.name === 'SecurityError') return 'elsewhere';
    if (error.name === 'NotSupportedError' || error.name === 'ConstraintError') return 'unable';
    if (error.name === 'NotAllowedError') return Date.now() - begun >= timeout - 500 ? 'timeout' : 'cancelled';
    return 'failed';
  }

  async function asked(deed, options) {
    if (!possible()) throw new Error('unable');
    waiting.abort();
    const begun = Date.now();
    try {
      return JSON.stringify(await deed(options));
    } catch (error) {
      throw new Error(reason(error, begun, options.timeout));
    }
  }

  async function makeOne(options) {
    const made = await navigator.credentials.create({
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        user: { ...options.user, id: bytes(options.user.id) },
        excludeCredentials: keys(options.excludeCredentials),
      },
    });
    return {
      id: made.id,
      rawId: text(made.rawId),
      type: made.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(made.response.clientDataJSON),
        attestationObject: text(made.response.attestationObject),
        transports: made.response.getTransports?.() ?? [],
      },
    };
  }

  async function useOne(options, more) {
    const used = await navigator.credentials.get({
      ...more,
      publicKey: {
        ...options,
        challenge: bytes(options.challenge),
        allowCredentials: keys(options.allowCredentials),
      },
    });
    return {
      id: used.id,
      rawId: text(used.rawId),
      type: used.type,
      clientExtensionResults: {},
      response: {
        clientDataJSON: text(used.response.clientDataJSON),
        authenticatorData: text(used.response.authenticatorData),
        signature: text(used.response.signature),
        userHandle: used.response.userHandle ? text(used.response.userHandle) : undefined,
      },
    };
  }

  /** For the console's pages, which pass questions and answers on themselves; a refusal's message is one word. */
  window.perennialPasskeys = {
    possible,
    make: (options) => asked(makeOne, JSON.parse(options)),
    use: (options) => asked(useOne, JSON.parse(options)),
    /** For the sign-in page once it is drawn: its button, and passkeys among the suggestions for the address. */
    signIn() {
      show(document);
      suggest();
    },
  };

  const base = new URL('.', document.currentScript.src);

  function token() {
    const meta = (name) => document.querySelector(`meta[name="${name}"]`)?.content;
    return meta('_csrf')
      ? { [meta('_csrf_header') ?? 'X-CSRF-TOKEN']: meta('_csrf') }
      : { 'X-CSRF-TOKEN': document.querySelector('input[name="_csrf"]')?.value ?? '' };
  }

  async function send(path, body) {
    const answer = await fetch(new URL(path, base), {
      method: 'POST',
      credentials: 'same-origin',
      headers: { ...token(), 'Content-Type': 'application/json', Accept: 'application/json' },
      body,
    });
    const said = await answer.json().catch(() => ({}));
    if (!answer.ok) throw Object.assign(new Error(said.reason ?? 'failed'), { reason: said.reason ?? 'failed', said });
    return said;
  }

  async function signInWith(beside, more) {
    const options = await send(`sign-in/passkey/question?beside=${beside}`);
    const begun = Date.now();
    let answer;
    try {
      answer = await useOne(options, more);
    } catch (error) {
      throw Object.assign(error, { reason: reason(error, begun, options.timeout) });
    }
    try {
      const went = await send('sign-in/passkey', JSON.stringify(answer));
      window.location.assign(went.path);
    } catch (error) {
      if (error.reason === 'unknown' && !beside) {
        // So that the browser offers it no more.
        await window.PublicKeyCredential.signalUnknownCredential?.({ rpId: options.rpId, credentialId: answer.id });
      }
      throw error;
    }
  }

  /** Where a second factor has to be set up: the first passkey, which signs in at once. */
  async function makeFirst() {
    const options = await send('sign-in/passkey/first/question');
    const begun = Date.now();
    let made;
    try {
      made = await makeOne(options);
    } catch (error) {
      throw Object.assign(error, { reason: reason(error, begun, options.timeout) });
    }
    const kept = await send('sign-in/passkey/first', JSON.stringify(made));
    window.location.assign(kept.path);
  }

  function say(button, error) {
    const place = document.getElementById(button.getAttribute('aria-describedby'));
    if (!place || error.reason === 'aborted') return;
    place.textContent = error.said?.problem ?? button.dataset[error.reason] ?? button.dataset.failed;
    place.hidden = false;
  }

  async function pressed(button) {
    const place = document.getElementById(button.getAttribute('aria-describedby'));
    if (place) place.hidden = true;
    waiting.abort();
    button.disabled = true;
    try {
      await (button.dataset.passkey === 'first' ? makeFirst() : signInWith(button.dataset.passkey === 'beside', {}));
    } catch (error) {
      say(button, error);
      button.disabled = false;
      button.focus();
      if (button.dataset.passkey === 'alone') suggest();
    }
  }

  function show(within) {
    if (!possible()) return;
    within.querySelectorAll('[data-passkey-place]').forEach((place) => (place.hidden = false));
  }

  /** Lets the browser offer passkeys in the field for the address. A question holds five minutes, so it is asked anew. */
  async function suggest() {
    if (!possible() || !(await window.PublicKeyCredential.isConditionalMediationAvailable?.())) return;
    const field = document.querySelector('#vaadinLoginUsername input');
    if (!field) return;
    field.setAttribute('autocomplete', 'username webauthn');
    waiting.abort();
    waiting = new AbortController();
    const mine = waiting;
    const again = setTimeout(() => mine.signal.aborted || suggest(), 4 * 60 * 1000);
    mine.signal.addEventListener('abort', () => clearTimeout(again));
    try {
      await signInWith(false, { mediation: 'conditional', signal: mine.signal });
    } catch (error) {
      const button = document.querySelector('[data-passkey="alone"]');
      if (button && !mine.signal.aborted && error.said) say(button, error);
    }
  }

  document.addEventListener('click', (event) => {
    const button = event.target instanceof Element && event.target.closest('button[data-passkey]');
    if (button) pressed(button);
  });
  if (document.readyState === 'loading') {
    document.addEventListener('DOMContentLoaded', () => show(document));
  } else {
    show(document);
  }
})();
