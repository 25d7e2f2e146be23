// The SDK compiles a pack that begins with TypeScript itself, by rules of its own; what a module of
// JavaScript imports is left to Node.
import "./pack.ts";
