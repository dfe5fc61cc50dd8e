// Pictures of the real window: `SEGUE_BUILT=FOLDER npm run pictures`. No test: nothing is compared.
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    include: ["tests/window/pictures.test.ts"],
    fileParallelism: false,
    testTimeout: 600_000,
    hookTimeout: 60_000,
  },
});
