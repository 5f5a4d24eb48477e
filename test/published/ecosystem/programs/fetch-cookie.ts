// Keeps the cookies that a gateway in front of the API sets.
import fetchCookie from "fetch-cookie";
import { createKonProClient } from "konpro-client";

export const konpro = createKonProClient({ fetch: fetchCookie(fetch) });
