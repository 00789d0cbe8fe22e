// The version stands in this file, so that a change of any file makes a new worker.
import { start } from "./files/__VERSION__/worker.js";

start("__VERSION__", "__FILES__".split(" "));
