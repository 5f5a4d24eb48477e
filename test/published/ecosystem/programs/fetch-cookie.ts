// Keeps the cookies that a gateway in front of the API sets.
import fetchCookie from "fetch-cookie";
import { createKonProClient } from "konpro-client";

const fetchWithCookies = fetchCookie(fetch);

export const konpro = createKonProClient({
  // The whole request is in init: fetch-cookie adds to that of a URL.
  fetch: (request, init) => fetchWithCookies(request.url, init),
});
