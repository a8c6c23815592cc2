// Wires the frame: each part is a small module that listens on the document, so htmx may swap anything.
import { startBatch } from "./batch.js";
import { startCopy } from "./copy.js";
import { startFrame } from "./frame.js";
import { startLists } from "./lists.js";
import { startWhy } from "./why.js";

startFrame();
startWhy();
startLists();
startBatch();
startCopy();
