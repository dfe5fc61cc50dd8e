// Measures the real window as it is released; `dev/bench` runs it, and no test does.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: { environment: "node", include: ["tests/bench/*.bench.ts"], fileParallelism: false },
});
