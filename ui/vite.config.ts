import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

import { styles } from "./scripts/styles.ts";
import { FIRST } from "./src/text/first.ts";

/** The files with the words of the first pages. */
const firstWords = (language: "en" | "sv") =>
  new RegExp(`[\\\\/]text[\\\\/]${language}[\\\\/](?:${FIRST.join("|")})\\.json$`, "u");

export default defineConfig({
  plugins: [react(), styles()],
  // The files are served from inside the program, from the root of its own protocol.
  base: "/",
  clearScreen: false,
  server: { port: 1420, strictPort: true, host: "127.0.0.1" },
  build: {
    target: ["es2022", "safari16"],
    outDir: "dist",
    emptyOutDir: true,
    // The content security policy allows no `data:` fonts or scripts.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    // scripts/size.ts is the measure that counts: compressed, and only what the first page needs.
    chunkSizeWarningLimit: 1500,
    manifest: "manifest.json",
    // Each file is asked of the program by itself and takes its turn, so that what the first page needs comes in
    // one, and what it says in one for each language.
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            { name: "first", tags: ["$initial"] },
            { name: "words-en", test: firstWords("en") },
            { name: "words-sv", test: firstWords("sv") },
          ],
        },
      },
    },
  },
  test: {
    environment: "jsdom",
    include: ["src/**/*.test.{ts,tsx}"],
    setupFiles: ["src/test/setup.ts"],
    // Two cores are shared with other builds; a test that hangs still ends.
    testTimeout: 90_000,
    maxWorkers: 2,
    css: false,
  },
});
