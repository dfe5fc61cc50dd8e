import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

export default defineConfig({
  plugins: [react()],
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
