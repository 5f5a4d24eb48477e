import { listensTo } from "konpro-client";

console.log(listensTo({ events: null }, "avatar_video.success"));
