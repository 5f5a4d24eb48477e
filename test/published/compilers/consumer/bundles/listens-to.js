// A small app that needs no client.
import { listensTo } from "konpro-client";

console.log(listensTo(JSON.parse(document.title), "avatar_video.success"));
