// Help for those who have scripts; every page works without them.

// Search while typing: the same form's answer, of which only the results are put in place.
for (const form of document.querySelectorAll("form[data-search]")) {
  let waiting, asked;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(async () => {
      asked?.abort();
      asked = new AbortController();
      const address = `${form.action}?${new URLSearchParams(new FormData(form))}`;
      try {
        const answer = await fetch(address, { signal: asked.signal });
        if (!answer.ok || answer.redirected) return form.submit();
        const page = new DOMParser().parseFromString(await answer.text(), "text/html");
        document.querySelector(form.dataset.search).replaceWith(page.querySelector(form.dataset.search));
        history.replaceState(null, "", address);
      } catch (error) {
        if (error.name !== "AbortError") form.submit();
      }
    }, 250);
  });
}

// A sign-in link: take the token out of the address, and go on where the page says that nobody's session ends.
const entering = document.querySelector("form[data-submit-at-once], form[data-clear-address]");
if (entering) {
  history.replaceState(null, "", location.pathname);
  if ("submitAtOnce" in entering.dataset) entering.submit();
}
