// Links inside the explorer lead on in the session that is there, instead of starting a new one:
// the address changes as the back button would change it, and Streamlit follows it.
// Without this script they are ordinary links; with a modifier key they stay ordinary ones.
function follow(event) {
  if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  const link = event.composedPath().find((e) => e instanceof HTMLAnchorElement);
  if (!link || (link.target && link.target !== "_self") || link.origin !== location.origin || !link.closest(".sp")) return;
  event.preventDefault();
  history.pushState(null, "", link.href);
  dispatchEvent(new PopStateEvent("popstate"));
  document.querySelector("[data-testid=stMain]")?.scrollTo({ top: 0 });
}

export default function links() {
  const { dataset } = document.documentElement;
  if (dataset.links) return;
  document.addEventListener("click", follow);
  dataset.links = "ready";
}
