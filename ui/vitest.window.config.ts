// Tests in the real window: the programs as they were built (SEGUE_BUILT), one window at a time.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["tests/window/**/*.test.ts"],
    exclude: ["tests/window/pictures.test.ts"],
    globalSetup: "tests/window/trap.ts",
    fileParallelism: false,
    testTimeout: 240_000,
    hookTimeout: 60_000,
  },
});
