import { resolve } from "node:path";
import { install, pack } from "../package/install.js";

/** The tarball beside the runtimes, before the test file asks for their versions. */
export default () => install(pack().tarball, resolve("test/published/runtimes"));
