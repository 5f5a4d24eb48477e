import { resolve } from "node:path";
import { install, pack } from "../package/install.js";

/** The tarball and the tools beside it, before any test file is read that imports them. */
export default () => install(pack().tarball, resolve("test/published/compilers"));
