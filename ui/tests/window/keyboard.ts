// Working by keys alone: where the focus is, how it is seen, and how it is moved.
import { Key } from "selenium-webdriver";
import type { Stage } from "./stage";

/** The most steps from anything to anything else; a page that needs more is one that nobody walks. */
const FAR = 90;

/** A keyboard at a window. */
export class Keyboard {
  /** Things that had the focus without showing it. */
  readonly unseen = new Set<string>();

  constructor(private readonly stage: Stage) {}

  /** Presses keys, one after the other. */
  async press(...keys: string[]): Promise<void> {
    await this.stage.driver.actions().sendKeys(...keys).perform();
  }

  /** Presses a key while others are held. */
  async chord(held: string, key: string): Promise<void> {
    await this.stage.driver.actions().keyDown(held).sendKeys(key).keyUp(held).perform();
  }

  /** Moves the focus to the thing of this role and name, with Tab or with another key. */
  async reach(role: string, name: string | RegExp, key: string = Key.TAB): Promise<void> {
    await this.stage.get(role, name);
    for (let step = 0; step < FAR; step += 1) {
      if (await this.isOn(role, name)) return;
      await this.step(key);
    }
    throw new Error(`No ${role} “${String(name)}” within ${FAR} steps; the focus is on ${await this.where()}.`);
  }

  /** Moves the focus to a field by its label, and writes into it in place of what is there. */
  async fill(label: RegExp, text: string): Promise<void> {
    await this.stage.until(`a field “${String(label)}”`, () => this.hasField(label));
    for (let step = 0; step < FAR; step += 1) {
      if (await this.isInField(label)) {
        await this.chord(Key.CONTROL, "a");
        await this.press(text);
        return;
      }
      await this.step(Key.TAB);
    }
    throw new Error(`No field “${String(label)}” within ${FAR} steps; the focus is on ${await this.where()}.`);
  }

  private async step(key: string): Promise<void> {
    // What shows the focus looks otherwise once it is gone.
    await this.stage.run(`const look = ${LOOK}; window.segueFocused = [document.activeElement, look()];`);
    await this.press(key);
    const unseen = await this.stage.run<string>(
      `const look = ${LOOK};
       const [element, before] = window.segueFocused;
       const moved = element !== document.activeElement && element !== document.body && element.isConnected;
       return moved && before === look(element) ? element.outerHTML.slice(0, 160) : "";`,
    );
    if (unseen !== "") this.unseen.add(unseen);
  }

  private async isOn(role: string, name: string | RegExp): Promise<boolean> {
    const all = await this.stage.all(role, name);
    return this.stage.run<boolean>("return [...arguments].includes(document.activeElement)", ...all);
  }

  private hasField(label: RegExp): Promise<boolean> {
    return this.field(label, "length > 0");
  }

  private isInField(label: RegExp): Promise<boolean> {
    return this.field(label, "includes(document.activeElement)");
  }

  private async field(label: RegExp, is: string): Promise<boolean> {
    await this.stage.count("heading", /./u);
    return this.stage.run<boolean>(
      `const label = new RegExp(arguments[0], arguments[1]);
       return window.TestingLibraryDom.queryAllByLabelText(document.body, label, { selector: "input, textarea" }).${is};`,
      label.source,
      label.flags,
    );
  }

  private where(): Promise<string> {
    return this.stage.run<string>("return document.activeElement.outerHTML.slice(0, 200)");
  }
}

/** A function of the page: all that can show a focus, of an element, of what is drawn on it, and of what it stands in. */
const LOOK = `(element = document.activeElement) => {
  const parts = [];
  for (let node = element, up = 0; node instanceof Element && up < 4; node = node.parentElement, up += 1)
    for (const pseudo of [null, "::before", "::after"]) {
      const style = getComputedStyle(node, pseudo);
      parts.push(style.outline, style.boxShadow, style.border, style.backgroundColor, style.transform, style.color);
    }
  return parts.join("|");
}`;
