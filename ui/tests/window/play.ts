// One scene: a person, a made-up account, what they have done so far, and the window; all of it ended
// afterwards, whatever happened.
import { Account } from "./account";
import { Home, type Options, Stage } from "./stage";
import { type Names, names, world } from "./world";

/** What a scene begins with. */
export interface Scene extends Options {
  /** Options of the account's program. */
  account?: string[];
  /** What is there before the window opens: nothing, some days of work, or what this says. */
  before?: "nothing" | "work" | ((home: Home, account: Account) => Promise<void>);
  /** What things are called in it. */
  names?: Names;
}

/** What a scene has. */
export interface Play {
  stage: Stage;
  home: Home;
  account: Account;
  names: Names;
}

/** Plays a scene. Fails if the page said anything that it should not have to. */
export async function play(scene: Scene, acts: (play: Play) => Promise<void>): Promise<void> {
  const home = await Home.make();
  const called = scene.names ?? names(scene.language ?? "en");
  let account: Account | undefined;
  let stage: Stage | undefined;
  try {
    account = await Account.start(...(scene.account ?? []));
    if (typeof scene.before === "function") await scene.before(home, account);
    else if (scene.before === "work") await world(home, account, called);
    stage = await Stage.open(home, scene);
    await acts({ stage, home, account, names: called });
    await stage.close();
  } finally {
    await stage?.end();
    account?.stop();
    await home.remove();
  }
}
