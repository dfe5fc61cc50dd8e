// Works out our own styles when the page is built, as Fluent's are: what Griffel makes of them costs the first page a
// twentieth of its time. They may stand on tokens and on words that are constants of their file.
import { runInNewContext } from "node:vm";
import { tokens } from "@fluentui/react-components";
import { resolveStyleRulesForSlots } from "@griffel/core";
import type { Plugin } from "vite";

/** The plugin. */
export function styles(): Plugin {
  return {
    name: "segue-styles",
    apply: "build",
    transform: {
      filter: { id: /[\\/]src[\\/].*\.tsx?$/u, code: "makeStyles(" },
      handler(code) {
        let constants = "";
        let made = 'import { __styles } from "@fluentui/react-components";\n';
        let at = 0;
        for (const statement of this.parse(code).body) {
          const declared = statement.type === "ExportNamedDeclaration" ? statement.declaration : statement;
          if (declared?.type !== "VariableDeclaration") continue;
          for (const { id, init } of declared.declarations) {
            if (id.type !== "Identifier" || init === null) continue;
            if (init.type === "Literal" || init.type === "TemplateLiteral") {
              constants += `const ${id.name} = ${code.slice(init.start, init.end)};\n`;
            } else if (init.type === "CallExpression" && init.callee.type === "Identifier" && init.callee.name === "makeStyles") {
              const slots: unknown = runInNewContext(`${constants}(${code.slice(init.callee.end, init.end)})`, { tokens });
              const [classes, rules] = resolveStyleRulesForSlots(slots as Parameters<typeof resolveStyleRulesForSlots>[0]);
              made += `${code.slice(at, init.start)}__styles(${JSON.stringify(classes)}, ${JSON.stringify(rules)})`;
              at = init.end;
            }
          }
        }
        return { code: made + code.slice(at), map: null };
      },
    },
  };
}
