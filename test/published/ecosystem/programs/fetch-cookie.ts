// Keeps the cookies that a gateway in front of the API sets.
import fetchCookie from "fetch-cookie";
import { createKonProClient } from "konpro-client";

const fetchWithCookies = fetchCookie(fetch);

export const konpro = createKonProClient({
  // fetch-cookie adds its header to init: pass the URL and a complete init.
  fetch: (request, init) => fetchWithCookies(request.url, init),
});
